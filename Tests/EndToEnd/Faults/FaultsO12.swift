import Foundation
import Testing
import WhTestSupport

@Suite("Mistakes of the command line are told helpfully")
struct FaultsO12 {
  @Test("O1: several -c run in order in one session")
  func statements() async throws {
    let run = try await Home().wh("-c", "let a = 1", "-c", "echo ${a}", "-c", "echo 2")
    #expect(run.exit == 0 && run.output == "1\n2\n", "\(run.testDescription)")
  }

  @Test("O1: -c beside a subcommand is refused", arguments: ["run", "plan", "check"])
  func statementsAndScript(command: String) async throws {
    let home = try Home()
    try home.write("a.wh", "echo ran\n")
    for arguments in [["-c", "echo 1", command, "a.wh"], [command, "a.wh", "-c", "echo 1"]] {
      let run = try await home.wh(arguments)
      #expect(run.exit == 64 && run.output.isEmpty, "\(run.testDescription)")
    }
  }

  @Test("O12: a script without `run` is told of it", arguments: [["a.wh"], ["a.wh", "--sandbox"], ["./x/a.wh"]])
  func script(arguments: [String]) async throws {
    let run = try await Home().wh(arguments)
    #expect(run.exit == 64 && run.error.contains("Did you mean `wh run \(arguments[0])`?"), "\(run.testDescription)")
  }

  @Test(
    "O12: a key on the command line is refused without being repeated",
    arguments: [
      ["--key", "sk_admin_q7Vw2ZkX9mTf4RbLs8Nd"], ["run", "--api-key=sk_admin_q7Vw2ZkX9mTf4RbLs8Nd", "a.wh"],
    ])
  func key(arguments: [String]) async throws {
    let run = try await Home().wh(arguments)
    #expect(run.exit == 64 && run.error.contains("keys cannot be passed as arguments"), "\(run.testDescription)")
    #expect(!run.error.contains("q7Vw2ZkX9mTf4RbLs8Nd"))
  }

  @Test("O13: a variable that is set and empty counts as unset")
  func emptyVariable() async throws {
    let child = [
      "-c", "WH_BASE_URL= WH_PROFILE= WH_API_KEY= exec '\(BuiltProducts.path(of: "wh"))' --sandbox -c 'show apps'",
    ]
    let home = try Home()
    let run = try await ChildLimit.shared.with { try await WhChild(home, child, executable: "/bin/sh").finished() }
    #expect(run.exit == 0 && run.output.contains("my-app"), "\(run.testDescription)")
  }

  @Test("O13: a base url with the version in it is told of it")
  func versionInURL() async throws {
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      "-c", "use app *", environment: ["WH_BASE_URL": server.url + "/v1", "WH_API_KEY": OneWebhook.adminKey])
    #expect(run.error.contains("warning: ") && run.error.contains("/v1"), "\(run.testDescription)")
  }
}
