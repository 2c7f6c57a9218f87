import Testing
import WhDomain

@testable import WhJournal

@Suite("The ledger of scripts")
struct LedgerTests {
  private let first = MigrationScript(name: "001-a.wh", sha256: "a")
  private let second = MigrationScript(name: "002-b.wh", sha256: "b")
  private let shop = AppID(unchecked: "app_1")
  private let bank = AppID(unchecked: "app_2")

  private func ledger(
    _ journal: any RunLog, profile: String = "p", host: String = "h", folder: String = "f"
  ) -> any ScriptLedger {
    journal.ledger(profile: profile, host: host, folder: folder)
  }

  @Test("keeps the outcome of each script for each app", arguments: Form.allCases)
  func record(form: Form) async throws {
    try await withJournal(form) { opened in
      let (journal, time) = (opened.log, opened.time)
      let ledger = ledger(journal)
      try await ledger.record(second, .applied, run: nil, apps: [:])
      try await ledger.record(first, .failed, run: 3, apps: [shop: .applied, bank: .failed])
      time.advance(seconds: 60)
      let corrected = MigrationScript(name: first.name, sha256: "a2")
      try await ledger.record(corrected, .applied, run: 4, apps: [bank: .applied])
      let later = Moment.sample.adding(seconds: 60)
      #expect(
        try await ledger.entries() == [
          LedgerEntry(
            name: "001-a.wh", sha256: "a2", outcome: .applied, run: 4, at: later,
            apps: [
              LedgerEntry.App(id: shop, outcome: .applied, run: 3, at: .sample),
              LedgerEntry.App(id: bank, outcome: .applied, run: 4, at: later),
            ]),
          LedgerEntry(name: "002-b.wh", sha256: "b", outcome: .applied, run: nil, at: .sample),
        ])
      #expect(try await journal.check() == [])
    }
  }

  @Test("is one for each profile, server and folder", arguments: Form.allCases)
  func scopes(form: Form) async throws {
    try await withJournal(form) { opened in
      let journal = opened.log
      try await ledger(journal).record(first, .applied, run: 1, apps: [shop: .applied])
      for other in [
        ledger(journal, profile: "q"), ledger(journal, host: "i"), ledger(journal, folder: "g"),
      ] {
        #expect(try await other.entries() == [])
        try await other.record(first, .failed, run: 2, apps: [:])
      }
      #expect(try await ledger(journal).entries().map(\.outcome) == [.applied])
    }
  }

  @Test("marks scripts as applied, except those that were applied", arguments: Form.allCases)
  func baseline(form: Form) async throws {
    try await withJournal(form) { opened in
      let journal = opened.log
      let third = MigrationScript(name: "003-c.wh", sha256: "c")
      try await ledger(journal).record(first, .applied, run: 1, apps: [:])
      try await ledger(journal).record(third, .failed, run: 2, apps: [:])
      let edited = MigrationScript(name: first.name, sha256: "other")
      try await ledger(journal).baseline([edited, second, third])
      let entries = try await ledger(journal).entries()
      #expect(entries.map(\.outcome) == [.applied, .baseline, .baseline])
      #expect(entries.map(\.sha256) == ["a", "b", "c"])
    }
  }

  @Test("outlives the runs that it names", arguments: Form.allCases)
  func pruned(form: Form) async throws {
    try await withJournal(form) { opened in
      let journal = opened.log
      let run = try await journal.begin(Samples.metadata(), [])
      try await ledger(journal).record(first, .applied, run: run.number, apps: [shop: .applied])
      try await run.finish()
      #expect(try await journal.prune(olderThan: Moment.sample.adding(seconds: 1), profile: nil, host: nil) == 1)
      #expect(try await ledger(journal).entries().map(\.run) == [1])
      #expect(try await journal.check() == [])
    }
  }

  @Test("is compared with the folder")
  func statuses() {
    func entry(_ name: String, _ hash: String, _ outcome: LedgerEntry.Outcome) -> LedgerEntry {
      LedgerEntry(name: name, sha256: hash, outcome: outcome, run: 1, at: .sample)
    }
    let entries = [
      entry("1", "a", .applied), entry("2", "b", .baseline), entry("3", "c", .failed), entry("4", "d", .applied),
      entry("5", "e", .baseline), entry("6", "f", .applied), entry("7", "g", .failed),
    ]
    let folder = [("9", "z"), ("1", "a"), ("2", "b"), ("3", "corrected"), ("4", "x"), ("5", "y")]
      .map { MigrationScript(name: $0.0, sha256: $0.1) }
    let statuses = MigrationStatus.compare(folder, with: entries)
    #expect(
      statuses.map(\.state) == [
        .applied(entries[0]), .baseline(entries[1]), .failed(entries[2]), .edited(entries[3], found: "x"),
        .edited(entries[4], found: "y"), .vanished(entries[5]), .pending,
      ])
    #expect(statuses.map(\.name) == ["1", "2", "3", "4", "5", "6", "9"])
    #expect(statuses.filter(\.isPending).map(\.name) == ["3", "9"])
    #expect(statuses.filter(\.isRefused).map(\.name) == ["4", "5", "6"])
  }
}
