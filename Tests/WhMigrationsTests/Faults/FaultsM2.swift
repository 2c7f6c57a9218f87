import Testing
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

@testable import WhMigrations

@Suite("M2: each script starts fresh, on the connection of the migration")
struct FaultsM2 {
  private let bench = Bench(["1-a.wh": Bench.edit("a"), "2-b.wh": Bench.edit("b")])

  @Test("M2: each script starts as if it were the first")
  func fresh() async {
    bench["1-a.wh"] = "config conflicts overwrite\non error continue\nlet x = y\nuse app one\nwebhook *\n"
    bench["2-b.wh"] = "show webhooks\n"
    #expect(await bench.up() == .failed, "no app is chosen")
    bench["2-b.wh"] = "echo ${x}\n"
    #expect(await bench.up() == .script, "the variable is not known")
  }

  @Test(
    "M2: nothing that a script sets or selects reaches the next one",
    arguments: [
      ("use app one\n", "webhook *\n", Failure.Kind.failed),
      ("use app one; webhook *\n", "use app two; add event MESSAGE_READ\n", .failed),
      ("let x = y\n", "echo ${x}\n", .script), ("on error continue\n", "webhook *\nuse app one\n", .failed),
      ("config strict on\n", "use app one\nwebhook where event TYPO\n", nil),
    ] as [(String, String, Failure.Kind?)])
  func nothingLeft(first: String, second: String, failure: Failure.Kind?) async {
    (bench["1-a.wh"], bench["2-b.wh"]) = (first, second)
    #expect(await bench.up() == failure)
  }

  @Test(
    "M2: `use profile` in any of them is an error before anything runs",
    arguments: [
      "use profile q", "use profile p", "USE PROFILE q", "use app *; use profile q", "on error continue; use profile q",
      "source \"other.inc\"",
    ])
  func otherProfile(_ text: String) async {
    bench["other.inc"] = "use profile q\n"
    bench["2-b.wh"] = text + "\n" + Bench.edit("b")
    for work in [{ await bench.up() }, { await bench.plan().failure }, { await bench.status().failure }] {
      #expect(await work() == .script)
      #expect(bench.take() == ["error not-available"])
    }
    #expect(await bench.writes.isEmpty && bench.identity == nil)
  }

  @Test("M2: what is applied with one profile is not applied with another")
  func ledgers() async {
    #expect(await bench.up() == nil)
    _ = bench.take()
    #expect(await bench.status(Bench.Setting(profile: "q")).isPending)
    #expect(bench.take() == ["1-a.wh pending 0+2, 2-b.wh pending 0+2"])
  }
}
