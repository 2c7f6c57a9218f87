// swift-tools-version: 6.2
import PackageDescription

/// The library of libFuzzer, in a build of scripts/fuzz: it watches which parts of the product an input reaches. No other build
/// has it, nor the target that needs it.
let libFuzzer = Context.environment["WH_FUZZ"]
let fuzzing: [SwiftSetting] = libFuzzer == nil ? [] : [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])]

/// Every target is built in Swift 6 mode, with explicit `any`. Warnings are errors in scripts/check, and not here: a newer
/// compiler, which may warn of more, is still to build it.
let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + fuzzing

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
/// SQLite itself, as the package of GRDB declares it.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "wh",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "wh", targets: ["wh"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: [
    .target(name: "CCrypto", dependencies: ["CLibrary"]),
    .target(name: "CCurl", dependencies: ["CLibrary"]),
    .target(name: "CEditLine", linkerSettings: [.linkedLibrary("edit")]),
    // Loads the libraries of the other C targets when they are first used.
    .target(name: "CLibrary"),
    .target(name: "CPostgres", dependencies: ["CLibrary"]),
    .target(name: "CMemory"),
    .target(name: "CSpawn"),
    .target(name: "WhSyntax", swiftSettings: strict),
    .target(name: "WhDomain", swiftSettings: strict),
    .target(name: "WhAPI", dependencies: ["WhDomain", "CCurl"], swiftSettings: strict),
    .target(name: "WhFiles", dependencies: ["WhDomain"], swiftSettings: strict),
    .target(name: "SharedSQLite", dependencies: [grdb, sqlite], swiftSettings: strict),
    .target(
      name: "WhJournal", dependencies: ["WhDomain", "WhFiles", "SharedSQLite", "CCrypto", "CPostgres", grdb],
      swiftSettings: strict),
    .target(
      name: "WhSession", dependencies: ["WhSyntax", "WhDomain", "WhAPI", "WhJournal"], swiftSettings: strict),
    .target(
      name: "WhSystem",
      dependencies: ["WhSyntax", "WhDomain", "WhAPI", "WhJournal", "WhFiles", "CMemory", "CSpawn", tomlKit],
      swiftSettings: strict),
    .target(
      name: "WhMigrations", dependencies: ["WhSession", "WhSyntax", "WhDomain", "WhJournal"], swiftSettings: strict),
    .target(
      name: "WhShell",
      dependencies: [
        "WhMigrations", "WhSession", "WhSyntax", "WhDomain", "WhAPI", "WhJournal", "WhFiles", "CEditLine",
      ],
      swiftSettings: strict),
    .target(name: "WhSandbox", dependencies: ["SharedSQLite", grdb], swiftSettings: strict),
    .executableTarget(
      name: "wh",
      dependencies: [
        "WhShell", "WhMigrations", "WhSession", "WhSystem", "WhSandbox", "WhSyntax", "WhDomain", "WhAPI", "WhJournal",
        argumentParser,
      ],
      swiftSettings: strict),
    .target(name: "CTestSupport", path: "Tests/CTestSupport"),
    .executableTarget(
      name: "line-reader-probe", dependencies: ["WhShell"], path: "Tests/LineReaderProbe", swiftSettings: strict),
    .executableTarget(
      name: "bench-server", dependencies: ["WhTestSupport", argumentParser], path: "Tests/BenchServer",
      swiftSettings: strict),
    .executableTarget(
      name: "bench-database", dependencies: ["WhTestSupport", argumentParser], path: "Tests/BenchDatabase",
      swiftSettings: strict),
    .executableTarget(
      name: "hostile", dependencies: ["WhTestSupport", "CTestSupport", argumentParser], path: "Tests/Hostile",
      swiftSettings: strict),
    .executableTarget(
      name: "bench-journal",
      dependencies: ["WhTestSupport", "WhSession", "WhSyntax", "WhDomain", "WhAPI", "WhJournal", argumentParser],
      path: "Tests/BenchJournal", swiftSettings: strict),
    .executableTarget(
      name: "bench-tab", dependencies: ["WhShell", "WhSession", "WhDomain", "WhTestSupport", "CTestSupport"],
      path: "Tests/BenchTab",
      swiftSettings: strict),
    .target(
      name: "WhTestSupport",
      dependencies: ["WhShell", "WhSession", "WhSyntax", "WhDomain", "WhAPI", "WhDeterminism", "CTestSupport"],
      path: "Tests/WhTestSupport",
      swiftSettings: strict),
    // Time and chance, as tests and the simulator take them.
    .target(
      name: "WhDeterminism", dependencies: ["WhAPI", "WhDomain"], path: "Tests/WhDeterminism", swiftSettings: strict),
    .target(
      name: "WhSimulation",
      dependencies: ["WhDeterminism", "WhSession", "WhSyntax", "WhDomain", "WhAPI", "WhJournal"],
      path: "Tests/WhSimulation", swiftSettings: strict),
    .executableTarget(name: "simulate", dependencies: ["WhSimulation"], path: "Tests/Simulate", swiftSettings: strict),
    // What a script means, as text.
    .target(
      name: "WhSyntaxShape", dependencies: ["WhSyntax"], path: "Tests/WhSyntaxShape", swiftSettings: strict),
    .testTarget(
      name: "WhSyntaxTests", dependencies: ["WhSyntax", "WhSyntaxShape", "WhDeterminism"], swiftSettings: strict),
    .testTarget(name: "WhDomainTests", dependencies: ["WhDomain", "WhDeterminism"], swiftSettings: strict),
    .testTarget(
      name: "WhJournalTests",
      dependencies: ["WhJournal", "WhDomain", "SharedSQLite", "WhTestSupport", "CTestSupport", grdb],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "WhAPITests", dependencies: ["WhAPI", "WhDomain", "WhTestSupport", "WhDeterminism"], swiftSettings: strict),
    .testTarget(
      name: "WhMigrationsTests",
      dependencies: ["WhMigrations", "WhSession", "WhSyntax", "WhDomain", "WhAPI", "WhJournal", "WhTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "WhSystemTests",
      dependencies: ["WhSystem", "WhSyntax", "WhDomain", "WhAPI", "WhJournal", "WhFiles", "WhTestSupport"],
      swiftSettings: strict),
    .testTarget(name: "WhSandboxTests", dependencies: ["WhSandbox", "WhTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WhSessionTests",
      dependencies: ["WhSession", "WhSyntax", "WhDomain", "WhAPI", "WhJournal", "WhTestSupport", "WhDeterminism"],
      swiftSettings: strict),
    .testTarget(
      name: "WhShellTests",
      dependencies: ["WhShell", "WhSession", "WhSyntax", "WhDomain", "WhAPI", "WhTestSupport"],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["WhShell", "WhTestSupport", "WhDeterminism", "CEditLine"],
      path: "Tests/Terminal",
      swiftSettings: strict),
    // What scripts/fuzz feeds. It belongs to every build, so that it stays in step with the product.
    .target(
      name: "WhFuzzTargets",
      dependencies: ["WhShell", "WhSession", "WhSyntax", "WhSyntaxShape", "WhDomain", "WhAPI", "WhJournal"],
      path: "Fuzz/Targets", swiftSettings: strict),
    .testTarget(
      name: "WhFuzzTests", dependencies: ["WhFuzzTargets"], path: "Fuzz/Tests", swiftSettings: strict),
    // Depends on the executable so that it is built before the tests run it.
    .testTarget(
      name: "EndToEndTests", dependencies: ["WhTestSupport", "WhDeterminism", "CTestSupport", "wh"],
      path: "Tests/EndToEnd", swiftSettings: strict),
  ]
)

if let libFuzzer {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["WhFuzzTargets"], path: "Fuzz/Sources", swiftSettings: strict,
      linkerSettings: [.unsafeFlags([libFuzzer, "-lstdc++"])]))
}
