import Testing
import WhSyntax

@testable import WhShell

@Suite("What the prompt says at its start")
struct GreetingTests {
  private static let server = "profile prod, https://api.example.com, 13 apps"
  private static let unfinished = "run 3 is unfinished: 2 of 9 webhooks open; run `resume` to finish it"

  @Test(
    "Connected, it names the server, a shared journal and unfinished runs",
    arguments: [
      (false, nil, nil, [server]),
      (true, nil, nil, [server + ", protected: a commit asks for the profile's name"]),
      (
        false, "postgresql://ann@db.example.com/wh", nil,
        [server, "shared journal: postgresql://ann@db.example.com/wh"]
      ),
      (false, nil, unfinished, [server, "note: " + unfinished]),
      (
        true, "postgresql://db/\u{1B}[2J", unfinished,
        [
          server + ", protected: a commit asks for the profile's name", "shared journal: postgresql://db/\\u{1B}[2J",
          "note: " + unfinished,
        ]
      ),
    ] as [(Bool, String?, String?, [String])])
  func connected(isProtected: Bool, journal: String?, unfinished: String?, lines: [String]) {
    var greeting = Greeting(version: "1.0.0")
    greeting.connected(Self.server, isProtected: isProtected, journal: journal, unfinished: unfinished)
    #expect(greeting.results == lines && greeting.problems.isEmpty && lines.count < 4)
  }

  private static let noKey = [
    "not connected: it is so",
    "`wh --sandbox` needs no key: it is a local sandbox with demo apps to try everything on.",
    "`wh profile add NAME --key-command COMMAND` adds a profile; or set `WH_API_KEY`.",
  ]

  @Test(
    "Not connected, it says why, and without a key what to do",
    arguments: [
      (DiagnosticCode.noKey, nil, noKey),
      (.apiUnreachable, nil, ["not connected: it is so (do this)"]),
      (.apiUnreachable, unfinished, ["not connected: it is so (do this)", "note: " + unfinished]),
    ] as [(DiagnosticCode, String?, [String])])
  func failed(code: DiagnosticCode, unfinished: String?, lines: [String]) {
    var greeting = Greeting(version: "1.0.0")
    let span = Span(Source(name: "wh", bytes: []), 0..<0)
    greeting.failed(Diagnostic(code, "it is so", at: span, label: "do this"), unfinished: unfinished)
    #expect(greeting.problems == lines && greeting.results.isEmpty && lines.count < 4)
  }
}
