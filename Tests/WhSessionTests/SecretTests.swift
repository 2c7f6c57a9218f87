import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

/// A secret never reaches what is printed, wherever in a script or in an answer it stands.
@Suite struct SecretTests {
  private static let canary = "cAnArY-5ec7et-value"

  /// All that a sink would print of a script's diagnostics, redacted as a sink does it.
  private static func printed(_ text: String, variables: [String: String] = [:]) -> (text: String, redactor: Redactor) {
    let redactor = Redactor()
    let script = Binder(readFile: FakeWorld(files: ["inc.wh": text]).effects.readFile, redactor: redactor)
      .bind(Source(name: "t.wh", text: text), in: Scope(variables: variables))
    let renderer = DiagnosticRenderer(redactor: redactor)
    var printed = script.diagnostics.map { redactor.redact(renderer.render($0)) }
    // A later error is drawn with the whole line of the statement.
    for statement in script.statements {
      printed.append(redactor.redact(renderer.render(Diagnostic(.apiFailed, "later", at: statement.span))))
      printed.append(redactor.redact(statement.origin.statement))
    }
    return (printed.joined(), redactor)
  }

  @Test(arguments: [
    "set header Authorization CANARY", "set header Authorization \"CANARY\"", "set header Authorization 'CANARY'",
    "set header Authorization \"Bearer CANARY\"", "set header x-api-key CANARY", "webhook * set header X-Token CANARY",
    "SET HEADER Cookie CANARY; commit", "expect header Authorization = CANARY", "expect header X-Token!=CANARY",
    "webhook where header X-Secret ~ CANARY*", "webhook where not (header X-Secret = CANARY)",
    "webhook where header X-Secret = CANARY set url http://plain.example", "let token = CANARY", "let token=CANARY",
    "let api_key = \"CANARY\"; set header X-Any ${api_key}", "let t = CANARY; set header Authorization \"Bearer ${t}\"",
    // With errors around it.
    "webhook w1 st header Authorization CANARY", "webhook header Authorization CANARY",
    "set header Authorization CANARY extra", "set header Authorization Bearer CANARY", "set heder Authorization CANARY",
    "sett header Authorization CANARY", "st hdr X-Api-Key CANARY", "set header Authorization: CANARY",
    "set header Authorization:CANARY", "set header Authorization=CANARY", "set Authorization CANARY",
    "Authorization: Bearer CANARY", "let token CANARY", "lett token = CANARY", "let token=CANARY extra",
    "let my-token = CANARY", "token=CANARY", "expect header Authorization = CANARY extra",
    "expect heder Authorization = CANARY", "expect header Authorization CANARY",
    "expect header Authorization == CANARY",
    "expect header Authorization = CANARY and created < nonsense",
    "expect created < nonsense and header Cookie = CANARY",
    "webhook where header X-Secret = CANARY set ulr https://x.example", "set header Authorization \"CANARY",
    "set header Authorization 'CANARY", "set header Authorization \"CANARY\\q\"",
    "set header Authorization \"CANARY\"x",
    "set header Authorization CANARY,", "set header Authorization \"CANARY\\u{0}\"", "set header \"My Token\" CANARY",
    "set header Authorization \"${nope} CANARY\"", "set header Authorization CANARY; ad; commit now",
    "ad; set header Authorization CANARY", "set header Authorization \"a CANARY\" b",
    "rename header X-Token CANARY to x",
    "set header Authorization secret-CANARY extra", "set header Authorization CANARY # remember",
    "set header Authorization \\\n  CANARY extra", "use app *; set header password CANARY what; echo done",
    "set header \"Authorization CANARY", "set header \"Authorization CANARY\" x", "set header 'Cookie: a=CANARY; b",
  ])
  func aCanaryNeverSings(_ template: String) {
    let (text, redactor) = Self.printed(template.replacing("CANARY", with: Self.canary))
    #expect(!text.contains(Self.canary), "\(text)")
    let isWhole = !template.contains("CANARY*") && !template.contains("-CANARY") && !template.contains("=CANARY;")
    #expect(redactor.redact("the answer holds \(Self.canary)!").contains(Self.canary) != isWhole)
  }

  /// A text that is too short to be hidden everywhere is hidden where it stands.
  @Test(arguments: [
    "set header X-Token zq7", "set header X-Token  \"zq7\"", "SET HEADER X-Token 'zq7'; commit", "let token=zq7",
    "let token = \"zq7\"", "expect header X-Token != zq7", "webhook where header X-Token ~ zq7",
    "sett header X-Token zq7",
    "set header X-Token zq7 extra", "let token zq7", "set header X-Token \\\n  zq7; x",
    "webhook * set header X-Token zq7",
  ])
  func aShortOneNeither(_ script: String) {
    let (text, redactor) = Self.printed(script)
    let isJoined = script.contains("\n")
    #expect(isJoined || !text.contains("zq7"), "\(text)")
    #expect(isJoined || text.contains("X-Token") || text.contains("token"), "\(text)")
    #expect(redactor.redact("zq7 of 1zq7") == "zq7 of 1zq7")
  }

  /// Texts that are written otherwise than they are sent.
  @Test(arguments: [
    (#"ab\"cd\\efgh"#, #"ab"cd\efgh"#), (#"ab\$cdefgh"#, "ab$cdefgh"), (#"ab\u{63}defgh"#, "abcdefgh"),
    (#"ab\tcdefgh"#, "ab\tcdefgh"), ("abcd\\\nefghijk", "abcdefghijk"),
  ])
  func neitherSpellingIsShown(_ written: String, _ sent: String) throws {
    for template in ["set header Authorization \"WRITTEN\"", "set header Authorization \"WRITTEN\" extra"] {
      let (text, redactor) = Self.printed(template.replacing("WRITTEN", with: written))
      for line in written.split(separator: "\n") { #expect(!text.contains(line), "\(text)") }
      #expect(!text.contains(sent))
      #expect(!redactor.redact("x \(sent) y").contains(sent))
    }
  }

  @Test(arguments: [60, 61, 80, 81, 200, 4000])
  func aLongSecretIsNotShownInPart(_ length: Int) {
    let secret = String((0..<length).map { Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8($0 % 26))) })
    for template in [
      "set header Authorization Bearer \(secret)", "set header Authorization \(secret) extra",
      "expect header Authorization = a \(secret)",
    ] {
      let (text, _) = Self.printed(template)
      #expect(!text.contains(secret.prefix(20)), "\(text)")
    }
  }

  @Test(arguments: [
    ("expect header Authorization and event MESSAGE_SENT", ["event", "MESSAGE_SENT"]),
    ("remove header Authorization, X-Trace", ["X-Trace"]),
    ("remove header Authorization", ["Authorization", "header"]),
    ("webhook where header Authorization set url https://x.example/hook", ["https://x.example/hook"]),
    ("set header Authorization \"Bearer ${token}\"", ["Bearer"]),
    ("set header Authorization \"Bearer ${nobody}\"", ["Bearer "]),
    ("set header X-Team messaging", ["messaging"]), ("replace url key with token", ["token"]),
    ("let token = abcdefgh", ["token"]),
    ("ad header Authorization; add event MESSAGE_SENT", ["MESSAGE_SENT", "Authorization"]),
  ])
  func whatIsNoSecretIsShown(_ script: String, _ words: [String]) {
    let (_, redactor) = Self.printed(script, variables: ["token": "abcdefghijkl"])
    for word in words { #expect(redactor.redact("a \(word) b") == "a \(word) b") }
  }

  @Test func theServicesSecretsAreLearnedFromItsAnswers() async throws {
    let canary = Self.canary
    let secret = Headers([
      Header(name: "Authorization", value: "Bearer \(canary)"), Header(name: "X-Team", value: "sms-team"),
    ])
    let harness = try Harness()
    await harness.client.change("w1", WebhookPatch(headers: secret))
    var error = APIError(.invalid, status: 400, message: "the header Bearer \(canary) is bad, ask sms-team")
    error.type = "invalid_request_error"
    await harness.client.fail("put", with: error)
    let trace = await harness.run("use app app_1; webhook w1 add event A; commit")
    let message = try #require(trace.report?.outcomes.first?.message)
    // The journal keeps it as it is.
    #expect(message == "HTTP 400: the header •••• is bad, ask sms-team")
    let expect = await harness.run("expect header Authorization = x")
    let shown = DiagnosticRenderer().render(try #require(expect.failures.first?.diagnostic))
    #expect(!shown.contains(canary))
    #expect(shown.contains("••••"))
  }

  @Test(arguments: [
    (["hunter22"], "a hunter22 b", "a •••• b"), (["hunter22"], "hunter22hunter22", "••••••••"),
    (["hunter22", "hunter22-long"], "x hunter22-long y hunter22", "x •••• y ••••"), (["abc"], "abc", "abc"),
    (["Bearer hunter22"], "hunter22 and Bearer hunter22", "•••• and ••••"),
    (["a\"b\\cd"], #"{"x":"a\"b\\cd"}"#, #"{"x":"••••"}"#),
    (["日本語です"], "は日本語ですか", "は••••か"), ([], "nothing", "nothing"), (["hunter22"], "", ""),
    (["hunter22"], "hunter2", "hunter2"),
    (["a\u{1B}bcd"], #"a\u{1B}bcd"#, "••••"),
  ])
  func redaction(_ secrets: [String], _ text: String, _ expected: String) {
    let redactor = Redactor()
    for secret in secrets { redactor.learn(secret) }
    #expect(redactor.redact(text) == expected)
  }

  @Test func manySecretsAreFoundInOnePass() {
    let redactor = Redactor()
    let secrets = (0..<500).map { "secret-number-\($0)-x" }
    for secret in secrets { redactor.learn(secret) }
    let text = redactor.redact(secrets.joined(separator: " "))
    #expect(text == Array(repeating: Redactor.mask, count: 500).joined(separator: " "))
  }
}
