import Testing
import WhDomain
import WhSyntax

@testable import WhSession

@Suite("X4: the value of a secret variable is never shown")
struct FaultsX4 {
  private static let scope = Scope(
    fixed: ["host": "canary-host.example.com", "pin": "abc", "plain": "shown"], secrets: ["host", "pin"])

  @Test("X4: `show variables` hides it whatever the name says, and `let` does not change it")
  func variables() async throws {
    let harness = try Harness(scope: Self.scope)
    let trace = await harness.run("let host = other; show variables; echo ${plain}")
    let settings = trace.outputs.flatMap { output -> [Output.Setting] in
      if case .variables(let settings) = output { settings } else { [] }
    }
    #expect(settings.map { "\($0.name)=\($0.value)" } == ["host=••••", "pin=••••", "plain=shown"])
  }

  @Test("X4: a transcript does not restore one that is too short to be found in a text")
  func short() async throws {
    let harness = try Harness(scope: Self.scope)
    harness.redactor.learn(value: "canary-host.example.com")
    harness.redactor.learn(value: "abc")
    let lines = await harness.session.setting()
    #expect(lines.contains("let pin = ••••") && lines.contains("let plain = shown"))
    #expect(harness.redactor.redact(lines.joined()).contains("canary") == false)
  }

  @Test(
    "X4: it is hidden in sentences and values, and a short one where it is all of a value",
    arguments: [
      ("long-secret-value", "https://x.example/long-secret-value", "https://x.example/••••"),
      ("long-secret-value", "long-secret-value", "••••"), ("ab", "ab", "••••"), ("ab", "abc", "abc"),
      ("abcdef", "abcdef", "••••"), ("abcdef", "x-abcdef", "x-abcdef"), ("true", "true", "••••"),
    ])
  func values(secret: String, value: String, shown: String) {
    let redactor = Redactor()
    let before = redactor.generation
    redactor.learn(value: secret)
    #expect(redactor.redact(value: value) == shown)
    #expect(redactor.maskedRanges(ofValue: value).isEmpty == (value == shown))
    #expect(redactor.generation > before)
  }

  @Test("X4: also in base64, as in basic authorization")
  func base64() {
    let redactor = Redactor()
    redactor.learn(value: "sesame-open-sesame")
    // "user:sesame-open-sesame"
    #expect(redactor.redact("dXNlcjpzZXNhbWUtb3Blbi1zZXNhbWU=").contains("zZXNhbWUtb3Blbi1zZXNhb") == false)
  }

  @Test("X4: the advice about the environment is one that works")
  func advice() {
    #expect(
      Bound("echo ${env.TOKEN}").labels == [
        "scripts do not read the environment: use `${TOKEN}` and pass `--var-env TOKEN`"
      ])
  }
}
