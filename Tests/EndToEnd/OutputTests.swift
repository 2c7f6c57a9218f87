import Foundation
import Testing
import WhTestSupport

@Suite("Verbosity and colours")
struct OutputTests {
  private static let select = "use app \(OneWebhook.app); webhook \(OneWebhook.webhook)"

  @Test(
    "Colours are for terminals, or on request",
    arguments: [
      ([], [:], false), (["--color", "always"], [:], true), (["--color", "always"], ["NO_COLOR": "1"], true),
      (["--color", "never"], [:], false),
    ] as [([String], [String: String], Bool)])
  func colours(arguments: [String], variables: [String: String], isColoured: Bool) async throws {
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      arguments + ["-c", "\(Self.select); show; expect event MESSAGE_SENT"],
      environment: WhRun.environment(server).merging(variables) { $1 })
    #expect(run.exit == 1)
    #expect(run.output.contains("\u{1B}[") == isColoured, "\(run.testDescription)")
    #expect(run.error.contains("\u{1B}[") == isColoured, "\(run.testDescription)")
  }

  @Test("NO_COLOR and a dumb terminal have none", arguments: [["NO_COLOR": "1"], ["TERM": "dumb"], [:]])
  func noColour(variables: [String: String]) async throws {
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "wh"), ["--sandbox", "-c", "show apps; ad"],
      environment: try Home().environment.merging(variables) { $1 }, columns: 120)
    _ = try await terminal.waitForExit()
    #expect(terminal.output.contains(0x1B) == variables.isEmpty, "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains("error[unknown-keyword]"))
  }

  @Test("Confirmations and requests are printed only with --verbose")
  func verbose() async throws {
    let server = try OneWebhook().serve()
    let environment = WhRun.environment(server)
    let plain = try await Home().wh("-c", OneWebhook.example, environment: environment)
    let verbose = try await Home().wh("--verbose", "-c", OneWebhook.example, environment: environment)
    #expect(plain.error.isEmpty, "\(plain.testDescription)")
    for line in plain.output.split(separator: "\n") {
      #expect(verbose.output.contains(line), "\(verbose.testDescription)")
    }
    for text in ["GET \(OneWebhook.adminPath) → 200", "PUT \(OneWebhook.adminPath) → 200", "staged on 1 webhook"] {
      #expect(verbose.error.contains(text), "\(verbose.testDescription)")
    }
    // Of one webhook all is shown already.
    #expect(!verbose.output.contains("  updated        "), "\(verbose.testDescription)")
  }

  @Test("With --quiet only results and errors are printed")
  func quiet() async throws {
    let server = try OneWebhook().serve()
    let environment = WhRun.environment(server)
    let home = try Home()
    let run = try await home.wh("--quiet", "-c", OneWebhook.example, environment: environment)
    #expect(run.exit == 0 && run.output.isEmpty && run.error.isEmpty, "\(run.testDescription)")
    let shown = try await home.wh(
      "--quiet", "-c", "\(Self.select); show; webhook where url = a; add event NOBODYS", environment: environment)
    #expect(shown.output.contains("https://old.example.com/webhook"), "\(shown.testDescription)")
    #expect(shown.error.isEmpty, "\(shown.testDescription)")
    let failed = try await home.wh("--quiet", "-c", "\(Self.select); expect event A", environment: environment)
    #expect(failed.error.contains("error[expectation-failed]"), "\(failed.testDescription)")
  }

  @Test("Tables fit the terminal, and are complete in a pipe")
  func width() async throws {
    let home = try Home()
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "wh"), ["--sandbox", "-c", "use app *; show webhooks"], environment: home.environment,
      rows: 60, columns: 100)
    #expect(try await terminal.waitForExit() == .exited(0))
    let piped = try await home.wh("--sandbox", "-c", "use app *; show webhooks")
    // A row that did not fit would take two of the screen's.
    #expect(terminal.screen.transcript.count == piped.output.split(separator: "\n").count)
    #expect(terminal.screen.text.contains("…") && !piped.output.contains("…"))
  }

  @Test("No part of a secret remains where a table cuts it")
  func secretInTable() async throws {
    let server = try OneWebhook(
      url: "https://example.com/in/\(Canary.held.text)/of/a/long/path/that/does/not/fit/\(Canary.held.text)/at/all",
      headers: ["X-Token": Canary.held.text]
    ).serve()
    for columns in stride(from: 70, through: 170, by: 5) {
      let terminal = try PseudoTerminal(
        BuiltProducts.path(of: "wh"), ["-c", "use app \(OneWebhook.app); show webhooks"],
        environment: try Home().environment.merging(WhRun.environment(server)) { $1 }, columns: columns)
      #expect(try await terminal.waitForExit() == .exited(0))
      #expect(terminal.screen.text.contains(OneWebhook.app.prefix(4)), "\(terminal.screen.text)")
      #expect(Canary.held.piece(in: terminal.output) == nil, "\(columns): \(terminal.screen.text)")
    }
  }
}
