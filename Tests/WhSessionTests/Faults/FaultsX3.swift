import Testing
import WhDomain
import WhSession
import WhTestSupport

@Suite("X3: printed requests need their secrets")
struct FaultsX3 {
  private static func commands(_ edits: String, _ setting: Headers? = nil) async throws -> [String] {
    let harness = try Harness()
    if let setting { await harness.client.change("w1", WebhookPatch(headers: setting)) }
    return await harness.run("use app app_1; webhook w1, w2; \(edits); show requests").commands
  }

  @Test(
    "X3: each secret is a variable that must be set",
    arguments: [
      ("set header Authorization \"Bearer abcdefghij\"", "\"Authorization\":\"'\"${WH_HEADER_AUTHORIZATION:?}\"'\""),
      ("set header X-Auth abc", "\"X-Auth\":\"'\"${WH_HEADER_X_AUTH:?}\"'\""),
      ("set header x-jwt.2 abc", "\"x-jwt.2\":\"'\"${WH_HEADER_X_JWT_2:?}\"'\""),
      ("set url https://x.example/?token=abc&a=1", "/?token='\"${WH_URL_SECRET:?}\"'&a=1"),
      (
        "let t = abcdefghij; let token = ${t}; set header X-Any \"a ${t}\"",
        "\"X-Any\":\"a '\"${WH_HEADER_X_ANY:?}\"'\""
      ),
    ])
  func variables(_ edits: String, _ piece: String) async throws {
    let commands = try await Self.commands(edits)
    #expect(commands.count == 2)
    for command in commands {
      #expect(command.contains(piece), "\(command)")
      #expect(!command.contains("abc") && !command.contains("•"), "\(command)")
      #expect(command.contains("\"Authorization: Bearer ${WH_API_KEY:?}\""))
    }
  }

  @Test("X3: two values are two variables, one value is one")
  func values() async throws {
    let edits =
      "webhook w1 set header X-Token aaa; webhook w2 set header X-Token bbb; webhook w3 set header X-Token aaa"
    let commands = try await Self.commands(edits)
    let names = commands.map {
      $0.contains("${WH_HEADER_X_TOKEN_2:?}") ? 2 : $0.contains("${WH_HEADER_X_TOKEN:?}") ? 1 : 0
    }
    #expect(names == [1, 2, 1])
  }

  @Test("X3: what a webhook has besides is sent as it is")
  func others() async throws {
    let setting = Headers([Header(name: "X-Token", value: "it's\"secret\""), Header(name: "X-A", value: "it's")])
    let commands = try await Self.commands("set header X-B b", setting)
    #expect(commands[0].contains("\"X-A\":\"it'\\''s\",\"X-B\":\"b\",\"X-Team\"") == false)
    #expect(commands[0].contains("\"X-A\":\"it'\\''s\",\"X-B\":\"b\",\"X-Token\":\"'\"${WH_HEADER_X_TOKEN:?}\"'\""))
  }
}

@Suite("X5: secrets stay hidden")
struct FaultsX5 {
  @Test(
    "X5: secrets of urls are hidden where they stand, long ones everywhere",
    arguments: [
      ("https://user:pa55@x.example/in", "https://••••@x.example/in"),
      ("https://x.example/?token=abc&page=2", "https://x.example/?token=••••&page=2"),
      ("https://x.example/?a=abc&sig=x", "https://x.example/?a=abc&sig=••••"),
    ])
  func urls(_ url: String, _ shown: String) {
    for template in ["set url URL", "replace url x with URL", "let u = URL", "webhook where url = URL", "sett url URL"]
    {
      let redactor = Bound(template.replacing("URL", with: url)).redactor
      #expect(redactor.redact("a \(url) b") == "a \(shown) b")
      #expect(redactor.redact(value: url) == shown)
      #expect(redactor.redact("abc pa55") == "abc pa55")
    }
  }

  @Test("X5: those of the service too, and with variables put in")
  func service() async throws {
    let harness = try Harness()
    await harness.client.change("w1", WebhookPatch(url: "https://x.example/?token=cAnArY-5ec7et"))
    await harness.run("use app app_1; webhook *; let t = another-5ec7et; set url \"https://x.example/?key=${t}\"")
    #expect(harness.redactor.redact("cAnArY-5ec7et another-5ec7et") == "•••• ••••")
  }

  @Test("X5: a key is hidden in base64, wherever in a text it was", arguments: 0..<6)
  func base64(_ offset: Int) {
    let key = "sk_admin_q7Vw2ZkX9mTf4RbLs8Nd"
    let redactor = Redactor()
    redactor.learn(key: key)
    for after in ["", ":", ":x", ":xy"] {
      let code = FaultsX5.encoded(String(repeating: "u", count: offset) + key + after)
      let shown = redactor.redact("Basic \(code) end")
      #expect(shown.contains("••••"))
      let middle = String(code.dropFirst(offset * 4 / 3 + 4).prefix(12))
      #expect(!shown.contains(middle), "\(shown)")
    }
  }

  private static func encoded(_ text: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bits = text.utf8.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
    return String(
      stride(from: 0, to: bits.count, by: 6).map { start in
        alphabet[(0..<6).reduce(0) { $0 << 1 | (start + $1 < bits.count ? Int(bits[start + $1]) : 0) }]
      })
  }
}
