import Testing
import WhDomain

@Suite struct HeadersTests {
  @Test func namesCompareWithoutCase() {
    let headers = Headers([Header(name: "X-Team", value: "a"), Header(name: "B", value: "b")])
    #expect(headers["x-team"] == "a")
    #expect(headers["X-TEAM"] == "a")
    #expect(headers["other"] == nil)
    #expect(headers.all.map(\.name) == ["B", "X-Team"])
    #expect(headers.setting("x-TEAM", to: "a") == headers)
    #expect(headers.setting("x-TEAM", to: "a").all.map(\.name) == ["B", "X-Team"])
    #expect(headers.setting("x-team", to: "c")["X-Team"] == "c")
    #expect(headers.removing("b") == Headers([Header(name: "X-Team", value: "a")]))
    #expect(headers.removing("nope") == headers)
  }

  @Test func equalityIsOfNamesWithoutCaseAndOfValues() {
    let one = Headers([Header(name: "A", value: "1"), Header(name: "b", value: "2")])
    let two = Headers([Header(name: "B", value: "2"), Header(name: "a", value: "1")])
    #expect(one == two)
    #expect(one.hashValue == two.hashValue)
    #expect(one != Headers([Header(name: "A", value: "1")]))
    #expect(one != Headers([Header(name: "A", value: "1"), Header(name: "b", value: "3")]))
    #expect(Headers() == Headers([]))
    #expect(Headers().isEmpty)
  }

  @Test(arguments: [
    ("Authorization", true), ("X-API-Key", true), ("x-auth-TOKEN", true), ("My-Secret", true), ("Password", true),
    ("Set-Cookie", true), ("X-Signature", true), ("X-Team", false), ("Content-Type", false),
  ])
  func secretsAreKnownByName(_ name: String, _ isSecret: Bool) {
    #expect(Header.isSecret(name: name) == isSecret)
    #expect(Header(name: name, value: "v").isSecret == isSecret)
  }

  @Test(arguments: [
    "********", "***", "••••", "●●●●●●", "·····", "████", " **** ", "****abcd", "sk_live_****", "sk_live_****abcd",
    "ab•••••yz", "Bearer ********", "bearer ****abcd", "Basic ••••", "[REDACTED]", "[redacted]", "<hidden>", "(hidden)",
    "{masked}", "[FILTERED]", "***REDACTED***", "__redacted__", "REDACTED", "Bearer [REDACTED]", "<secret>",
    "(sensitive value)", "[value hidden]",
  ])
  func masks(_ value: String) {
    #expect(Header.isMasked(value: value))
    #expect(Header(name: "X-Team", value: value).isMasked)
  }

  @Test(arguments: [
    "*/*", "a*b", "text/*", "**bold**", "private", "secret",
    "no-store, private",
    "sk_live_abcdefgh", "Bearer abc", "Bearer", "0000000000", "a.b.c", "x-y", "**bold** text", "[1,2]", "<b>", "{}",
    "[]",
    "*** important ***", "rate: ***/min", "https://example.com/***/x", "abcdefghijklmnopqrstuvwxyz***",
    "***abcdefghijklmnopqrstuvwxyz", "redacted by the editor", "[x]", "<token>", "• one", "a***b***c",
  ])
  func values(_ value: String) {
    #expect(!Header.isMasked(value: value))
    #expect(!Header(name: "X-Api-Secret", value: value).isMasked)
  }

  @Test(arguments: [
    ("X-Api-Secret", "xxxxxxxx", true), ("Authorization", "XXXXXX", true), ("X-Api-Secret", "xxxx", true),
    ("X-Api-Secret", "xx", false), ("X-Team", "xxxxxxxx", false), ("X-Api-Secret", "xxxxxxxy", false),
    ("X-Api-Secret", "", true), ("X-Team", "", false), ("X-Api-Secret", "*", true), ("X-Team", "*", false),
    ("X-Api-Secret", "hidden", true), ("X-Team", "hidden", false), ("X-Api-Secret", "abc...wxyz", true),
    ("X-Api-Secret", "sk_l…abcd", true), ("X-Team", "a...b", false), ("X-Api-Secret", "…", true),
    ("X-Api-Secret", "......", true), ("X-Api-Secret", "∗∗∗∗", true), ("X-Api-Secret", "--------", true),
    ("X-Api-Secret", "\"****\"", true), ("X-Api-Secret", "####", true), ("X-Team", "---", false),
    ("X-Api-Secret", "abcdefghijklm...nopqrstuvwxyz", false),
  ])
  func someMasksAreThoseOfASecretAlone(_ name: String, _ value: String, _ isMasked: Bool) {
    #expect(Header(name: name, value: value).isMasked == isMasked)
  }

  @Test(arguments: [
    ("X-Team", true), ("a", true), ("!#$%&'*+-.^_`|~09", true), (String(repeating: "a", count: 256), true), ("", false),
    (String(repeating: "a", count: 257), false), ("a b", false), ("a:b", false), ("a\r", false), ("a\n", false),
    ("a\u{0}", false), ("é", false), ("a/b", false), ("(a)", false), ("a=b", false), ("\"a\"", false), ("a,b", false),
  ])
  func names(_ name: String, _ isValid: Bool) {
    #expect(((try? Header.validate(name: name)) != nil) == isValid)
  }

  @Test(arguments: [
    ("", true), ("plain", true), ("with\ttab", true), ("é 日 😀", true), (String(repeating: "a", count: 8192), true),
    (String(repeating: "a", count: 8193), false), ("a\rb", false), ("a\nb", false), ("a\r\nb", false),
    ("a\u{0}", false),
    ("\u{1B}[31m", false), ("a\u{7F}", false), ("a\u{85}b", false),
  ])
  func values(_ value: String, _ isValid: Bool) {
    #expect(((try? Header.validate(value: value)) != nil) == isValid)
  }
}
