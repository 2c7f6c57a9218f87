import Foundation
import Testing
import WhTestSupport

@Suite("Which journal is used, and what it needs")
struct SharedJournalChoiceTests {
  private let one: Home

  init() throws {
    one = try Home()
  }

  private func make() throws -> SharedJournal {
    try one.write("scripts/1-a.wh", SharedJournal.script("a"))
    return try SharedJournal(apps: 3)
  }

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

  @Test("What finishes a run in the journal of the command line names it, without its password")
  func advice() async throws {
    let shared = try SharedJournal(apps: 1)
    let gate = Gate()
    var webhooks = ManyWebhooks(count: 3)
    webhooks.update = { _ in
      gate.pass()
      return nil
    }
    let server = try webhooks.serve()
    let environment = WhRun.environment(server).merging(["PGPASSWORD": "correct-horse"]) { $1 }
    let commit = ["-c", ManyWebhooks.script, "--journal", shared.url]
    let child = try WhChild(one, ["--jobs", "1"] + commit, environment: environment)
    try await gate.reached()
    child.signal(SIGKILL)
    gate.open()
    #expect(try await child.finished().exit == 128 + SIGKILL)
    let refused = try await one.wh(commit, environment: environment)
    let options = "--journal '\(shared.url)'"
    #expect(
      refused.exit == 1 && refused.error.contains("finish it with `wh resume \(options)`"), "\(refused.testDescription)"
    )
    let doctor = try await one.wh("doctor", "--journal", shared.url, environment: environment)
    #expect(doctor.output.contains("wh resume 1 \(options)"), "\(doctor.testDescription)")
    let resumed = try await one.wh("resume", "--journal", shared.url, environment: environment)
    #expect(resumed.exit == 0, "\(resumed.testDescription)")
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
