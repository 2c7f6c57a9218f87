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

  private func make(apps: Int = 3, _ letters: [String] = ["a"], on database: PostgresServer? = nil) throws
    -> SharedJournal
  {
    for letter in letters {
      for home in [one, two] { try home.write("scripts/1-\(letter).wh", SharedJournal.script(letter)) }
    }
    return try SharedJournal(apps: apps, on: database)
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

  // MARK: The database goes away

  @Test("A run goes on after its connection to the journal was ended", arguments: [1, 20])
  func backendEnded(write: Int) async throws {
    let shared = try make(apps: 12)
    let gate = shared.service.hold(write)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    let backends = try shared.backends()
    #expect(backends.count == 1)
    for backend in backends { try shared.database.sql("SELECT pg_terminate_backend(\(backend), 10000)") }
    gate.open()
    let run = try await child.finished()
    #expect(run.exit == 0, "\(run.testDescription)")
    try await expectDone(shared)
  }

  @Test("A run goes on after the database has crashed and come back")
  func crashed() async throws {
    let shared = try make(apps: 12, on: PostgresServer())
    let gate = shared.service.hold(10)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    try shared.database.stopAtOnce()
    gate.open()
    try shared.database.start()
    let run = try await child.finished()
    #expect(run.exit == 0, "\(run.testDescription)")
    try await expectDone(shared)
  }

  @Test("A run whose database crashes while it is killed is finished from another machine")
  func crashedAndKilled() async throws {
    let shared = try make(apps: 12, on: PostgresServer())
    let gate = shared.service.hold(10)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    try shared.database.stopAtOnce()
    child.signal(SIGKILL)
    gate.open()
    _ = try await child.finished()
    try await shared.server.drained()
    let away = try await two.wh("resume", environment: shared.environment)
    #expect(away.exit == 73 && away.error.contains("can't be reached"), "\(away.testDescription)")
    try shared.database.start()
    let resumed = try await two.wh("resume", environment: shared.environment)
    #expect(resumed.exit == 0, "\(resumed.testDescription)")
    #expect(shared.wrong(after: "a") == [:])
    let check = try await two.wh("runs", "check", environment: shared.environment)
    #expect(check.exit == 0, "\(check.testDescription)")
  }

  private func expectDone(_ shared: SharedJournal) async throws {
    #expect(shared.wrong(after: "a") == [:])
    #expect(shared.service.writes == 12 * ManyApps.webhooksPerApp)
    let listed = try await two.wh("runs", "--output", "json", environment: shared.environment)
    #expect(listed.output.contains(#""state":"finished""#), "\(listed.testDescription)")
    let check = try await two.wh("runs", "check", environment: shared.environment)
    #expect(check.exit == 0, "\(check.testDescription)")
  }

  // MARK: Which journal

  @Test("The command line wins over the environment, that over the profile, and the file is the default")
  func choice() async throws {
    let shared = try make()
    let schemas = (0..<3).map { _ in SharedJournal.newSchema() }
    let urls = schemas.map { shared.database.url(schema: $0) }
    try one.configure(
      """
      default = "main"
      [profiles.main]
      base_url = "\(shared.server.url)"
      key_command = "echo \(OneWebhook.adminKey)"
      journal = "\(urls[0])"
      [profiles.plain]
      base_url = "\(shared.server.url)"
      key_command = "echo \(OneWebhook.adminKey)"

      """)
    func runs(_ schema: String) throws -> String {
      try shared.database.sql(
        "SELECT CASE WHEN to_regclass('\(schema).runs') IS NULL THEN 'none' ELSE 'made' END")
    }
    let edit = ["-c", "use app app_0; webhook whk_0_0; set url https://example.com/x; commit"]
    let cases: [([String], [String: String], Int?)] = [
      ([], [:], 0), ([], ["WH_JOURNAL": urls[1]], 1), (["--journal", urls[2]], ["WH_JOURNAL": urls[1]], 2),
      (["--profile", "plain"], [:], nil),
    ]
    for (options, environment, schema) in cases {
      let edit = [edit[0], edit[1].replacing("/x", with: "/x\(shared.service.writes)")]
      let run = try await one.wh(options + edit, environment: environment)
      #expect(run.exit == 0, "\(run.testDescription)")
      if let schema { #expect(try runs(schemas[schema]) == "made") }
      #expect(one.files.contains("state/wh/journal.sqlite") == (schema == nil))
      let listed = try await one.wh(["runs"] + options, environment: environment)
      #expect(listed.output.split(separator: "\n").count == 2, "\(listed.testDescription)")
    }
    let switched = try await one.wh(
      "-c", "use profile plain; use app app_0; webhook whk_0_0; set url https://example.com/y; commit")
    #expect(switched.exit == 0, "\(switched.testDescription)")
    let plain = try await one.wh("runs", "--profile", "plain")
    #expect(plain.output.split(separator: "\n").count == 3, "\(plain.testDescription)")
  }

  @Test("What can't be a journal is refused before anything is sent, and no password is shown")
  func refused() async throws {
    let shared = try make()
    let nowhere = "postgresql://alice:pass-canary@localhost:1/db?host=\(one.work)"
    for (options, environment, exit, words) in [
      (["--journal", "mysql://alice:pass-canary@x"], [:], 64, "does not begin with `postgresql://`"),
      ([], ["WH_JOURNAL": "mysql://alice:pass-canary@x"], 73, "the address of the journal in WH_JOURNAL is not valid"),
      (["--journal", nowhere], [:], 73, "postgresql://alice@localhost:1/db"),
      ([], ["WH_JOURNAL": nowhere], 73, "can't be reached: connection to server"),
      ([], ["WH_JOURNAL": "postgresql://alice:pass-canary@h:x/"], 73, "can't be reached: "),
    ] as [([String], [String: String], Int32, String)] {
      let environment = WhRun.environment(shared.server).merging(environment) { $1 }
      for command in [["run", "scripts/1-a.wh"], ["resume"], ["runs"], ["runs", "check"]] {
        let run = try await one.wh(command + options, environment: environment)
        #expect(run.exit == exit || exit == 73 && run.exit == 1 && command[0] == "runs", "\(run.testDescription)")
        #expect(run.error.contains(words), "\(run.testDescription)")
        #expect(!(run.output + run.error).contains("canary"), "\(run.testDescription)")
      }
    }
    #expect(shared.service.writes == 0)
  }

  @Test("libpq's own ways to name a server and a password work")
  func ownWays() async throws {
    let shared = try make()
    try shared.database.sql(
      "DO $$ BEGIN CREATE ROLE locked LOGIN SUPERUSER PASSWORD 'correct-horse'; EXCEPTION WHEN duplicate_object THEN END $$"
    )
    let folder = shared.database.folder
    try one.write("pass", "*:*:*:locked:correct-horse\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: one.path("work/pass"))
    try one.write("services", "[team]\nhost=\(folder)\nport=5432\ndbname=postgres\nuser=locked\n")
    let schema = "schema=\(shared.schema)"
    for (url, environment) in [
      (
        "postgresql:///?service=team&\(schema)",
        ["PGPASSFILE": one.path("work/pass"), "PGSERVICEFILE": one.path("work/services")]
      ),
      (
        "postgresql:///?\(schema)",
        [
          "PGHOST": folder, "PGPORT": "5432", "PGUSER": "locked", "PGDATABASE": "postgres",
          "PGPASSWORD": "correct-horse",
        ]
      ),
      ("postgresql://locked:correct-horse@/postgres?host=\(folder)&port=5432&\(schema)", [:]),
    ] {
      let environment = WhRun.environment(shared.server).merging(environment) { $1 }
      let edit = "use app app_0; webhook whk_0_0; set url https://example.com/own-\(shared.service.writes); commit"
      let run = try await one.wh("--verbose", "-c", edit, "--journal", url, environment: environment)
      #expect(run.exit == 0, "\(run.testDescription)")
      #expect(!(run.output + run.error).contains("horse"), "\(run.testDescription)")
    }
    #expect(try shared.database.sql("SELECT count(*) FROM \(shared.schema).runs") == "3")
  }

  // MARK: The library

  @Test("Without a shared journal libpq is not loaded; where it can't be loaded its package is named")
  func library() async throws {
    let shared = try make()
    let plain = WhRun.environment(shared.server).merging(["LD_DEBUG": "files"]) { $1 }
    let edit = ["-c", "use app app_0; webhook whk_0_0; set url https://example.com/l; commit"]
    let file = try await one.wh(edit, environment: plain)
    #expect(file.exit == 0 && file.error.contains("libcurl") && !file.error.contains("libpq"))
    let postgres = try await one.wh(
      [edit[0], edit[1].replacing("/l", with: "/m")],
      environment: plain.merging(["WH_JOURNAL": shared.url]) { $1 })
    #expect(postgres.exit == 0 && postgres.error.contains("libpq.so.5"))
    // What is found first is not a library.
    try one.write("lib/libpq.so.5", "")
    let missing = try await one.wh(
      [edit[0], edit[1].replacing("/l", with: "/n")],
      environment: shared.environment.merging(["LD_LIBRARY_PATH": one.path("work/lib")]) { $1 })
    #expect(missing.exit == 73 && missing.error.contains("package libpq5"), "\(missing.testDescription)")
  }
}
