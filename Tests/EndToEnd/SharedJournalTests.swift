import Foundation
import Testing
import WhTestSupport

/// Each home is another machine: they have nothing in common but the database and the service.
@Suite("A journal in PostgreSQL, shared by machines")
struct SharedJournalTests {
  /// What a folder of scripts is known by, in every checkout.
  private static let identity = "0123456789abcdef0123456789abcdef\n"

  private let one: Home
  private let two: Home

  init() throws {
    one = try Home()
    two = try Home()
  }

  private func make(apps: Int = 3, _ letters: [String] = ["a"]) throws -> SharedJournal {
    for letter in letters {
      for home in [one, two] { try home.write("scripts/1-\(letter).wh", SharedJournal.script(letter)) }
    }
    return try SharedJournal(apps: apps)
  }

  // MARK: Locks

  @Test("The second machine is told who commits and where, or waits for it")
  func locked() async throws {
    let shared = try make()
    let gate = shared.service.hold(1)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    let refused = try await two.whAtOnce(["run", "scripts/1-a.wh"], environment: shared.environment)
    #expect(refused.exit == 73, "\(refused.testDescription)")
    let machine = ProcessInfo.processInfo.hostName
    #expect(
      refused.error.contains("process \(child.processID) of ") && refused.error.contains(" on \(machine), since 20"),
      "\(refused.testDescription)")
    let waiting = try WhChild(
      two,
      ["-c", "use app *; webhook *; replace url example.com/a- with example.com/b-a-; commit", "--lock-timeout", "1m"],
      environment: shared.environment)
    try await waiting.waitForError("note: waiting: another wh process is committing with this profile: process ")
    gate.open()
    let (first, second) = (try await child.finished(), try await waiting.finished())
    #expect(first.exit == 0, "\(first.testDescription)")
    // It read the webhooks before the first machine changed all of them, or after.
    #expect([0, 1].contains(second.exit), "\(second.testDescription)")
    let third = try await two.wh(
      "-c", "use app *; webhook *; replace url example.com/a- with example.com/b-a-; commit",
      environment: shared.environment)
    #expect(third.exit == 0, "\(third.testDescription)")
    #expect(shared.wrong(after: "ab") == [:])
  }

  @Test("A wait for the lock ends with its time, and with Ctrl-C")
  func patience() async throws {
    let shared = try make()
    let gate = shared.service.hold(1)
    defer { gate.open() }
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    let late = try await two.whAtOnce(
      ["run", "scripts/1-a.wh", "--lock-timeout", "1s"], environment: shared.environment)
    #expect(late.exit == 73 && late.error.contains("error[locked]"), "\(late.testDescription)")
    let interrupted = try WhChild(
      two, ["run", "scripts/1-a.wh", "--lock-timeout", "1h"], environment: shared.environment)
    try await interrupted.waitForError("note: waiting: ")
    interrupted.signal(SIGINT)
    let run = try await interrupted.finished()
    #expect(run.exit == 75 && run.error.contains("nothing was sent"), "\(run.testDescription)")
    gate.open()
    #expect(try await child.finished().exit == 0)
  }

  @Test("Teams in other schemas, and other profiles, do not wait for each other")
  func teams() async throws {
    let shared = try make()
    let gate = shared.service.hold(1)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    var environment = shared.environment
    environment["WH_JOURNAL"] = shared.database.url(schema: SharedJournal.newSchema())
    let team = try await two.whAtOnce(
      ["-c", "use app app_1; webhook whk_1_0; set url https://example.com/t; commit"], environment: environment)
    #expect(team.exit == 0, "\(team.testDescription)")
    try two.configure("[profiles.other]\nbase_url = \"\(shared.server.url)\"\nkey_file = \"\(two.path("work/key"))\"\n")
    try two.write("key", OneWebhook.adminKey)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: two.path("work/key"))
    let profile = try await two.whAtOnce(
      ["--profile", "other", "-c", "use app app_1; webhook whk_1_0; set url https://example.com/u; commit"],
      environment: ["WH_JOURNAL": shared.url])
    #expect(profile.exit == 0, "\(profile.testDescription)")
    gate.open()
    _ = try await child.finished()
  }

  // MARK: Migrations

  @Test("Two runners that migrate at once apply each script once to each app")
  func runners() async throws {
    let letters = ["a", "b", "c"]
    let shared = try make(apps: 12, letters)
    for home in [one, two] { try home.write("scripts/.wh-migrations", Self.identity) }
    let runs = try await withThrowingTaskGroup(of: WhRun.self) { group in
      for home in [one, two, one, two] {
        group.addTask {
          try await home.whAtOnce(
            ["migrate", "up", "scripts", "--lock-timeout", "1m"], environment: shared.environment)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for run in runs { #expect(run.exit == 0, "\(run.testDescription)") }
    #expect(shared.wrong(after: letters.joined()) == [:])
    #expect(shared.service.writes == letters.count * 12 * ManyApps.webhooksPerApp)
    let status = try await two.wh("migrate", "status", "--exit-code", "scripts", environment: shared.environment)
    #expect(status.exit == 0, "\(status.testDescription)")
  }

  @Test("Four machines with a share each migrate at once, each app once, and all else waits")
  func shards() async throws {
    let shared = try make(apps: 24)
    let homes = try (1...4).map { _ in try Home() }
    for home in homes {
      try home.write("scripts/1-a.wh", SharedJournal.script("a"))
      try home.write("scripts/.wh-migrations", Self.identity)
    }
    let gate = shared.service.hold(20)
    let children = try homes.enumerated().map { index, home in
      try WhChild(
        home, ["migrate", "up", "scripts", "--shard", "\(index + 1)/4", "--lock-timeout", "1m"],
        environment: shared.environment)
    }
    try await gate.reached()
    let whole = try await two.whAtOnce(["run", "scripts/1-a.wh"], environment: shared.environment)
    #expect(whole.exit == 73, "\(whole.testDescription)")
    gate.open()
    for child in children {
      let run = try await child.finished()
      #expect(run.exit == 0, "\(run.testDescription)")
    }
    #expect(shared.wrong(after: "a") == [:])
    #expect(shared.service.writes == 24 * ManyApps.webhooksPerApp)
    let again = try await homes[0].wh("migrate", "up", "scripts", environment: shared.environment)
    #expect(again.exit == 0 && shared.service.writes == 24 * ManyApps.webhooksPerApp, "\(again.testDescription)")
  }

  @Test("A share that was killed is finished by its next process, and holds up no other share")
  func shardKilled() async throws {
    let shared = try make(apps: 24, ["a", "b"])
    let homes = [one, two, try Home()]
    for home in homes {
      for letter in ["a", "b"] { try home.write("scripts/1-\(letter).wh", SharedJournal.script(letter)) }
      try home.write("scripts/.wh-migrations", Self.identity)
    }
    let gate = shared.service.hold(4)
    let child = try WhChild(homes[0], ["migrate", "up", "scripts", "--shard", "1/2"], environment: shared.environment)
    try await gate.reached()
    child.signal(SIGKILL)
    gate.open()
    #expect(try await child.finished().exit == 128 + SIGKILL)
    try await shared.server.drained()
    for (home, shard) in [(homes[1], "2/2"), (homes[2], "1/2")] {
      let run = try await home.wh("migrate", "up", "scripts", "--shard", shard, environment: shared.environment)
      #expect(run.exit == 0, "\(run.testDescription)")
    }
    #expect(shared.wrong(after: "ab") == [:])
    let floor = 2 * 24 * ManyApps.webhooksPerApp
    #expect((floor...floor + 8).contains(shared.service.writes))
    let status = try await one.wh("migrate", "status", "--exit-code", "scripts", environment: shared.environment)
    #expect(status.exit == 0, "\(status.testDescription)")
  }

  // MARK: Resume and undo

  @Test("A run that was killed is finished, undone and listed from another machine")
  func resumed() async throws {
    let shared = try make(apps: 12)
    let gate = shared.service.hold(10)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    child.signal(SIGKILL)
    gate.open()
    #expect(try await child.finished().exit == 128 + SIGKILL)
    try await shared.server.drained()
    let listed = try await two.wh("runs", environment: shared.environment)
    #expect(listed.exit == 0 && listed.output.contains("interrupted"), "\(listed.testDescription)")
    let refused = try await two.wh("run", "scripts/1-a.wh", environment: shared.environment)
    #expect(refused.error.contains("error[unfinished-run]"), "\(refused.testDescription)")
    let resumed = try await two.wh("resume", environment: shared.environment)
    #expect(resumed.exit == 0, "\(resumed.testDescription)")
    #expect(shared.wrong(after: "a") == [:])
    #expect((36...36 + 8).contains(shared.service.writes))
    let undone = try await one.wh("-c", "undo; commit", environment: shared.environment)
    #expect(undone.exit == 0, "\(undone.testDescription)")
    #expect(shared.wrong(after: "") == [:])
    let check = try await two.wh("runs", "check", environment: shared.environment)
    #expect(check.exit == 0 && check.output.contains("the journal is ok"), "\(check.testDescription)")
    #expect(!one.files.contains { $0.contains("journal") } && !two.files.contains { $0.contains("journal") })
  }

  @Test("A run of a machine's own journal is moved to the shared one, with its secrets encrypted, and finished there")
  func moved() async throws {
    let shared = try make(apps: 12)
    let environment = WhRun.environment(shared.server).merging(["PHRASE": "passphrase-canary"]) { $1 }
    let gate = shared.service.hold(10)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: environment)
    try await gate.reached()
    child.signal(SIGKILL)
    gate.open()
    _ = try await child.finished()
    try await shared.server.drained()
    let exported = try await one.wh(
      "runs", "export", "1", "--out", "run.json", "--passphrase-env", "PHRASE", environment: environment)
    #expect(exported.exit == 0 && exported.error.contains("wh runs abandon 1"), "\(exported.testDescription)")
    #expect(try one.mode("work/run.json") == 0o600)
    let text = try one.text("work/run.json")
    #expect(!text.contains("canary") && !text.contains("example.com"))
    try two.write("run.json", text)
    try two.write("phrase", "passphrase-canary\n")
    let closed = try await two.wh("runs", "import", "run.json", environment: shared.environment)
    #expect(closed.exit == 65 && closed.error.contains("is encrypted"), "\(closed.testDescription)")
    let imported = try await two.wh(
      "runs", "import", "run.json", "--passphrase-file", "phrase", environment: shared.environment)
    #expect(
      imported.exit == 0 && imported.output.contains("imported run 1 as run 1: 36 webhooks"),
      "\(imported.testDescription)")
    let resumed = try await two.wh("resume", environment: shared.environment)
    #expect(resumed.exit == 0, "\(resumed.testDescription)")
    #expect(shared.wrong(after: "a") == [:])
    let plain = try await two.wh("runs", "export", "1", environment: shared.environment)
    #expect(plain.exit == 0 && plain.output.hasPrefix(#"{"format":"wh run""#), "\(plain.testDescription)")
    let missing = try await two.wh(
      "runs", "export", "1", "--passphrase-env", "NONE", environment: shared.environment)
    #expect(missing.exit == 64 && missing.output.isEmpty, "\(missing.testDescription)")
  }
}
