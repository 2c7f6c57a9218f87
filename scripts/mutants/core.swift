
// Added to the manifest of the copy that mutants are made in: what they don't touch need not be built for each of them.
let core: Set = [
  "CCrypto", "CCurl", "CEditLine", "CLibrary", "CPostgres", "CTestSupport", "WhFiles", "SharedSQLite", "WhSyntax", "WhDomain", "WhAPI",
  "WhJournal", "WhSession", "WhMigrations",
  "WhShell", "WhDeterminism", "WhTestSupport", "WhSimulation", "simulate", "WhDomainTests", "WhAPITests",
  "WhJournalTests", "WhSessionTests", "WhMigrationsTests",
]
package.products = []
package.targets.removeAll { !core.contains($0.name) }
