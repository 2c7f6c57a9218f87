import Testing
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

@testable import WhMigrations

@Suite("Applying a folder of scripts")
struct MigratorTests {
  private static func edit(_ letter: String, apps: String = "*") -> String {
    "use app \(apps)\nwebhook *\nreplace url example.com/ with example.com/\(letter)-\ncommit\n"
  }

  private let bench = Bench(["1-a.wh": MigratorTests.edit("a"), "2-b.wh": MigratorTests.edit("b")])

  private func url(_ id: String) async -> String? { await bench.client.webhook(id)?.url }

  @Test("Each script is applied once per app, in order")
  func up() async {
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["identified", "applying 1-a.wh", "applying 2-b.wh"])
    for id in ["w1", "w2", "v1"] { #expect(await url(id) == "https://old.example.com/b-a-\(id)") }
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["nothing pending"])
    #expect(await bench.writes.count == 6)
  }

  @Test("Only up to a script; with an unknown script nothing is run")
  func upTo() async {
    #expect(await bench.up(to: "1-a.wh") == nil)
    #expect(bench.take() == ["identified", "applying 1-a.wh"])
    #expect(await bench.up(to: "1-a") == nil)
    #expect(bench.take() == ["nothing pending"])
    #expect(await bench.up(to: "1-") == .failed)
    #expect(bench.take() == ["error unknown-script"])
    let status = await bench.status()
    #expect(status.isPending && bench.take() == ["1-a.wh applied 2+0, 2-b.wh pending 0+2"])
  }

  @Test("A failure stops it, and the next time it continues with the apps that are left")
  func failure() async {
    await bench.client.fail(
      "put app_2/v1", with: APIError(.invalid, status: 400, message: "no"), times: 1)
    #expect(await bench.up() == .failed)
    #expect(bench.take() == ["identified", "applying 1-a.wh"])
    _ = await bench.status()
    #expect(bench.take() == ["1-a.wh failed 1+1, 2-b.wh pending 0+2"])
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["catching up 1-a.wh", "applying 2-b.wh"])
    for id in ["w1", "w2", "v1"] { #expect(await url(id) == "https://old.example.com/b-a-\(id)") }
  }

  @Test("A pending script before applied ones is applied, with a note")
  func outOfOrder() async {
    #expect(await bench.up() == nil)
    bench["1-b.wh"] = Self.edit("x", apps: "two")
    _ = bench.take()
    #expect(await bench.plan().isPending)
    #expect(bench.take() == ["1-b.wh after 2-b.wh", "applying 1-b.wh"])
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["1-b.wh after 2-b.wh", "applying 1-b.wh"])
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["nothing pending"])
  }

  @Test("If an applied script or a script that it includes was edited or removed, nothing is run")
  func contradictions() async {
    bench["0-c.wh"] = "source \"common.inc\"\nuse app one\n"
    bench["common.inc"] = "let a = b\n"
    #expect(await bench.up() == nil)
    _ = bench.take()
    let writes = await bench.writes.count
    bench["3-new.wh"] = Self.edit("n")
    for (file, text, code) in [
      ("common.inc", "let a = c\n", "edited-script"), ("1-a.wh", Self.edit("a") + "#\n", "edited-script"),
      ("1-a.wh", nil, "missing-script"),
    ] as [(String, String?, String)] {
      let before = bench[file]
      bench[file] = text
      for failure in [await bench.up(), await bench.plan().failure] { #expect(failure == .failed) }
      #expect(bench.take() == ["error " + code, "error " + code])
      bench[file] = before
    }
    #expect(await bench.writes.count == writes)
    for form in [
      Self.edit("a").replacing("\n", with: "\r\n"), "\u{FEFF}" + Self.edit("a"), String(Self.edit("a").dropLast()),
    ] {
      bench["1-a.wh"] = form
      #expect(await bench.plan().failure == nil, "\(form)")
    }
  }

  @Test("Each script starts as if it were the first")
  func fresh() async {
    bench["1-a.wh"] = "config conflicts overwrite\non error continue\nlet x = y\nuse app one\nwebhook *\n"
    bench["2-b.wh"] = "show webhooks\n"
    #expect(await bench.up() == .failed, "no app is chosen")
    bench["2-b.wh"] = "echo ${x}\n"
    #expect(await bench.up() == .script, "the variable is not known")
  }

  @Test("`use profile` in any of them is an error before anything runs")
  func otherProfile() async {
    bench["2-b.wh"] = "use profile q\n" + Self.edit("b")
    #expect(await bench.up() == .script)
    #expect(bench.take() == ["error not-available"])
    #expect(await bench.writes.isEmpty && bench.identity == nil)
  }

  // MARK: Identity

  @Test("The folder is identified only by its id, wherever it is")
  func moved() async {
    #expect(await bench.up() == nil)
    let writes = await bench.writes.count
    #expect(await bench.up(Bench.Setting(path: "/elsewhere")) == nil)
    #expect(await bench.writes.count == writes)
    bench.identity = FolderIdentity(random: [UInt8](repeating: 9, count: 16))
    #expect(await bench.up(Bench.Setting(path: "/a/third")) == nil)
    #expect(await bench.writes.count == 2 * writes, "another folder is another one")
  }

  @Test("A checkout without the file, or with another id after a merge, is the same folder at its path")
  func lostFile() async throws {
    #expect(await bench.up() == nil)
    let (identity, writes) = (try #require(bench.identity), await bench.writes.count)
    bench.identity = nil
    #expect(await bench.status().isPending == false)
    #expect(await bench.up() == nil)
    #expect(bench.identity == identity)
    bench.identity = FolderIdentity(random: [UInt8](repeating: 7, count: 16))
    #expect(await bench.up() == nil)
    #expect(await bench.up(Bench.Setting(path: "/elsewhere")) == nil, "what was known is taken over")
    #expect(await bench.writes.count == writes)
  }

  @Test("The ledger of version 0.1.0 for the path is taken over, per profile")
  func former() async throws {
    let host = "https://api.example.com"
    let ledger = bench.log.ledger(profile: "p", host: host, folder: "/repo/m")
    let hash = ScriptHash.formerHash(of: Array(Self.edit("a").utf8))
    try await ledger.record(
      MigrationScript(name: "1-a.wh", sha256: hash), .applied, run: nil,
      apps: [AppID(unchecked: "app_1"): .applied, AppID(unchecked: "app_2"): .failed])
    _ = await bench.status()
    #expect(bench.take() == ["1-a.wh behind 1+1, 2-b.wh pending 0+2"])
    #expect(await bench.up(to: "1-a.wh") == nil)
    #expect(await bench.writes.map { $0.prefix(15) } == ["put app_2/v1 ur"])
    #expect(await bench.up(Bench.Setting(path: "/elsewhere"), to: "1-a.wh") == nil)
    #expect(await bench.writes.count == 1)
  }

  @Test("The ledger of another folder at the same path is not taken over")
  func otherFolder() async throws {
    let ledger = bench.log.ledger(profile: "p", host: "https://api.example.com", folder: "/repo/m")
    try await ledger.record(MigrationScript(name: "1-a.wh", sha256: "other"), .applied, run: nil, apps: [:])
    #expect(await bench.up() == nil)
    #expect(await bench.writes.count == 6)
  }

  @Test("A read-only folder without an id is not applied")
  func readOnly() async {
    bench.setReadOnly()
    #expect(await bench.up() == .unreadableFile)
    #expect(bench.take() == ["error unwritable-file"])
    #expect(await bench.writes.isEmpty)
    #expect(await bench.plan().isPending)
  }

  // MARK: Looking

  @Test("A plan sends and records nothing, and each script sees the changes of those before it")
  func plan() async throws {
    bench["2-b.wh"] =
      "use app *\nwebhook where url ~ *example.com/a-*\nreplace url a- with b-\ncommit\nexpect url ~ *b-*\n"
    let planned = await bench.plan()
    #expect(planned.failure == nil && planned.isPending)
    #expect(bench.take() == ["applying 1-a.wh", "applying 2-b.wh"])
    #expect(await bench.writes.isEmpty && bench.identity == nil)
    #expect(try await bench.log.runs().isEmpty)
    #expect(await bench.plan(to: "1-a.wh").isPending)
    #expect(bench.take() == ["applying 1-a.wh"])
    #expect(await bench.up() == nil)
    _ = bench.take()
    #expect(await bench.plan().isPending == false)
    #expect(bench.take() == ["nothing pending"])
  }

  @Test("A plan that ends at an expectation fails as `up` would")
  func planThatFails() async {
    bench["1-a.wh"] = Self.edit("a") + "expect url ~ *nothing*\n"
    let planned = await bench.plan()
    #expect(planned.failure == .failed)
    #expect(bench.take() == ["applying 1-a.wh"])
  }

  @Test("Verifying nothing is not success")
  func verifyingNothing() async {
    #expect(await bench.verify() == .failed)
    #expect(bench.take() == ["error nothing-verified"])
    #expect(await bench.up() == nil)
    _ = bench.take()
    #expect(await bench.verify() == .failed, "no script expects anything")
    #expect(bench.take() == ["error nothing-verified"])
  }

  @Test("Applied scripts are verified without writes; others are skipped")
  func verifying() async {
    bench["2-b.wh"] = Self.edit("b") + "expect url ~ *b-*\n"
    bench["3-c.wh"] = "use app *\nwebhook *\nexpect url ~ *none*\n"
    #expect(await bench.up(to: "2-b.wh") == nil)
    _ = bench.take()
    await bench.client.forgetCalls()
    #expect(await bench.verify() == nil)
    #expect(bench.take() == ["1-a.wh expects nothing", "2-b.wh as expected"])
    await bench.client.change("v1", WebhookPatch(url: "https://old.example.com/changed"))
    #expect(await bench.verify() == .failed)
    #expect(bench.take() == ["1-a.wh expects nothing", "2-b.wh not as expected"])
    #expect(await bench.writes.isEmpty)
  }

  @Test("A baseline counts as applied and is not run")
  func baseline() async {
    #expect(await bench.baseline("1-a.wh") == nil)
    #expect(bench.take() == ["identified", "baselined 1"])
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["applying 2-b.wh"])
    #expect(await url("w1") == "https://old.example.com/b-w1")
    #expect(await bench.baseline("none.wh") == .failed)
  }
}
