import Testing
import WhDomain
import WhJournal
import WhSession
import WhSyntax

@testable import WhMigrations

@Suite("A folder compared with its ledger")
struct PlanTests {
  private let one = AppID(unchecked: "app_1")
  private let two = AppID(unchecked: "app_2")

  private func script(_ name: String, _ text: String = "use app *\n", files: [String: String] = [:]) -> BoundScript {
    let binder = Binder(
      readFile: { path throws(FileProblem) in
        guard let text = files[path] else { throw FileProblem("no such file") }
        return Array(text.utf8)
      }, redactor: Redactor())
    return BoundScript(Source(name: "m/" + name, text: text, folder: "m"), binder, in: Scope())
  }

  private func entry(
    _ name: String, _ outcome: LedgerEntry.Outcome = .applied, hash: String? = nil, apps: [AppID] = []
  ) -> LedgerEntry {
    LedgerEntry(
      name: name, sha256: hash ?? script(name).script.sha256, outcome: outcome, run: 1, at: Moment(milliseconds: 0),
      apps: apps.map { LedgerEntry.App(id: $0, outcome: .applied, run: 1, at: Moment(milliseconds: 0)) })
  }

  @Test("The steps of each script")
  func work() {
    let names = ["1-applied.wh", "2-failed.wh", "3-baseline.wh", "4-edited.wh", "5-new.wh"]
    let plan = MigrationPlan(
      names.map { script($0) },
      [
        entry(names[0], apps: [one]), entry(names[1], .failed, apps: [one]), entry(names[2], .baseline),
        entry(names[3], hash: "other"), entry("0-gone.wh"), entry("0-gone-and-failed.wh", .failed),
      ])
    #expect(plan.steps.map(\.script.name) == names)
    #expect(plan.steps.map { $0.work(waiting: [two]) } == [.catchUp, .catchUp, .nothing, .nothing, .apply])
    #expect(plan.steps.map { $0.work(waiting: []) } == [.nothing, .look, .nothing, .nothing, .apply])
    #expect(plan.steps.map(\.appliedApps) == [[one], [one], [], [], []])
    #expect(plan.vanished.map(\.name) == ["0-gone.wh"])
    #expect(plan.contradictions.map(\.name) == ["4-edited.wh", "0-gone.wh"])
    #expect(plan.known.map(\.script.name) == Array(names.dropLast()))
    #expect(plan.place(of: "3-baseline.wh") == 2 && plan.place(of: "x.wh") == nil)
  }

  @Test(
    "A pending script that comes before an applied one is out of order",
    arguments: [
      ([], [nil, nil, nil]), (["2.wh"], ["2.wh", nil, nil]), (["1.wh", "3.wh"], [nil, "3.wh", nil]),
      (["1.wh"], [nil, nil, nil]), (["3.wh"], ["3.wh", "3.wh", nil]),
    ] as [([String], [String?])])
  func order(applied: [String], overtaken: [String?]) {
    let plan = MigrationPlan(["1.wh", "2.wh", "3.wh"].map { script($0) }, applied.map { entry($0) })
    #expect(plan.steps.map(\.overtakenBy) == overtaken)
  }

  @Test("A failed or removed script does not put others out of order")
  func orderOfFailures() {
    let plan = MigrationPlan(
      ["1.wh", "2.wh"].map { script($0) }, [entry("2.wh", .failed), entry("3-gone.wh")])
    #expect(plan.steps.map(\.overtakenBy) == [nil, nil])
  }

  // MARK: What a script is known by

  @Test(
    "Invisible differences do not count",
    arguments: ["use app *\n", "use app *", "\u{FEFF}use app *\n", "use app *\r\n", "\u{FEFF}use app *"])
  func sameHash(text: String) {
    #expect(script("a.wh", text).script == script("a.wh").script)
  }

  @Test(
    "All other differences do",
    arguments: ["use app *\n\n", "use app * \n", "use app *\n#", "\nuse app *\n", "use app *\r\r\n"])
  func otherHash(text: String) {
    #expect(script("a.wh", text).script != script("a.wh").script)
  }

  @Test("Included scripts count, at any depth, once each")
  func inclusions() {
    let text = "source \"b.wh\"\nsource \"b.wh\"\n"
    func hash(_ files: [String: String]) -> String { script("a.wh", text, files: files).script.sha256 }
    let before = hash(["m/b.wh": "source \"c.wh\"\n", "m/c.wh": "use app one\n"])
    #expect(before == hash(["m/b.wh": "source \"c.wh\"\r\n", "m/c.wh": "use app one"]))
    #expect(before != hash(["m/b.wh": "source \"c.wh\"\n", "m/c.wh": "use app two\n"]))
    #expect(before != hash(["m/b.wh": "source \"c.wh\"\n#\n", "m/c.wh": "use app one\n"]))
    #expect(before != script("a.wh", text.replacing("\n\n", with: "\n"), files: [:]).script.sha256)
  }

  @Test("Hashes of version 0.1.0, without inclusions and byte order marks, are accepted")
  func formerHashes() {
    for text in ["\u{FEFF}use app *", "source \"b.wh\"", "use app *\r\n"] {
      let now = script("1.wh", text, files: ["m/b.wh": "use app *\n"])
      let plan = MigrationPlan([now], [entry("1.wh", hash: ScriptHash.formerHash(of: Array(text.utf8)))])
      #expect(plan.contradictions.isEmpty, "\(text)")
      #expect(plan.steps.first?.work(waiting: []) == .nothing)
    }
  }

  // MARK: What a script may say

  @Test("`use profile` is an error, also in included scripts")
  func otherProfile() {
    for (text, files) in [
      ("use app *\nuse profile q\n", [:]), ("source \"b.wh\"\n", ["m/b.wh": "use profile q\n"]),
    ] {
      let script = script("1.wh", text, files: files)
      #expect(script.hasErrors && script.diagnostics.map(\.code) == [.notAvailable])
    }
    #expect(!script("1.wh").hasErrors)
  }

  @Test("Verification writes no webhooks and no files, and runs no commands")
  func harmless() {
    let script = script(
      "1.wh",
      """
      use app *
      webhook * add event MESSAGE_SENT
      set url https://example.com/
      record "kept.wh"
      dump "before.wh"
      show webhooks > list.txt
      show webhooks | cat
      show webhooks
      create webhook https://example.com/ events MESSAGE_SENT
      delete webhook
      commit
      undo 1
      rollback
      expect event MESSAGE_SENT
      echo done
      """)
    #expect(script.diagnostics.allSatisfy { $0.severity == .warning })
    let kept = script.harmless.map(\.origin.statement)
    #expect(
      kept == [
        "use app *", "webhook * add event MESSAGE_SENT", "show webhooks", "expect event MESSAGE_SENT", "echo done",
      ])
    #expect(script.harmless.allSatisfy { $0.command.work.kind != .edits && $0.command.work.kind != .commits })
    #expect(script.expectationCount == 1 && script.commitCount == 1 && script.appChoices.count == 1)
  }
}
