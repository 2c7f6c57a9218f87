import WhDomain
import WhJournal

/// What is known of a folder with a profile on a server: under its identity, and what was known of it before it had that.
///
/// Version 0.1.0 knew a folder by its path. Now the path has an entry with the identity of the folder, so that a
/// checkout that lost the file, or got another one by a merge, is still the same folder.
struct FolderLedger: Sendable {
  private let log: any RunLog
  private let profile: String
  private let host: String
  private let folder: MigrationFolder
  /// The scripts of the folder, with every hash that they may be known by.
  private let scripts: Set<MigrationScript>

  init(_ log: any RunLog, profile: String, host: String, _ folder: MigrationFolder, _ scripts: [BoundScript]) {
    self.log = log
    self.profile = profile
    self.host = host
    self.folder = folder
    self.scripts = Set(
      scripts.flatMap { [$0.script, MigrationScript(name: $0.name, sha256: $0.formerHash)] })
  }

  /// What the ledger holds of the folder's scripts.
  func entries() async throws(JournalError) -> [LedgerEntry] {
    guard let identity = try await identity() else { return try await inherited(by: nil) }
    let own = try await ledger(identity).entries()
    let names = Set(own.map(\.name))
    return own + (try await inherited(by: identity).filter { !names.contains($0.name) })
  }

  /// The folder's identity, or the one that it had here; nil where it has none yet.
  func identity() async throws(JournalError) -> FolderIdentity? {
    if let identity = folder.identity { return identity }
    return try await mark()
  }

  /// The ledger under an identity, with everything known about the folder before it had one. Durable on return.
  func establish(_ identity: FolderIdentity) async throws(JournalError) -> any ScriptLedger {
    let ledger = ledger(identity)
    let names = Set(try await ledger.entries().map(\.name))
    for entry in try await inherited(by: identity) where !names.contains(entry.name) {
      try await ledger.record(
        MigrationScript(name: entry.name, sha256: entry.sha256), entry.outcome, run: entry.run,
        apps: Dictionary(entry.apps.map { ($0.id, $0.outcome) }, uniquingKeysWith: { $1 }))
    }
    // Last, so that what a process did not take over because it was killed is taken over by the next.
    if try await mark() != identity {
      try await byPath.record(
        MigrationScript(name: FolderIdentity.fileName, sha256: identity.id), .baseline, run: nil, apps: [:])
    }
    return ledger
  }

  /// What is known of the folder by its path, or by the identity that it had at this path before. Where no script is one of
  /// the folder's, it is of another folder that was here.
  private func inherited(by identity: FolderIdentity?) async throws(JournalError) -> [LedgerEntry] {
    let entries: [LedgerEntry]
    if let mark = try await mark() {
      entries = mark == identity ? [] : try await ledger(mark).entries()
    } else {
      entries = try await byPath.entries()
    }
    let isOfFolder = entries.contains { scripts.contains(MigrationScript(name: $0.name, sha256: $0.sha256)) }
    return isOfFolder ? entries : []
  }

  private func mark() async throws(JournalError) -> FolderIdentity? {
    try await byPath.entries().first { $0.name == FolderIdentity.fileName }
      .map { FolderIdentity(unchecked: $0.sha256) }
  }

  private var byPath: any ScriptLedger { log.ledger(profile: profile, host: host, folder: folder.absolutePath) }

  private func ledger(_ identity: FolderIdentity) -> any ScriptLedger {
    log.ledger(profile: profile, host: host, folder: identity.id)
  }
}
