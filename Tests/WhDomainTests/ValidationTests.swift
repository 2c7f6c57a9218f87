import Testing
import WhDomain

/// What may reach a request, and what may not.
@Suite struct ValidationTests {
  @Test(arguments: [
    ("b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22", true), ("app_2aBcDeFgHiJkLmNoPqRsTuVwXyZ", true), ("a", true),
    ("A-Z_0.9~", true), (String(repeating: "x", count: 128), true), ("", false),
    (String(repeating: "x", count: 129), false),
    (".", false), ("..", false), ("...", false), ("a..b", true), ("../x", false), ("a/b", false), ("a\\b", false),
    ("a b", false), ("a\r", false), ("a\n", false), ("a\r\n", false), ("a\u{0}", false), ("%2e%2e", false),
    ("é", false),
    ("a?b", false), ("a#b", false), ("*", false), ("a\u{200B}", false),
  ])
  func ids(_ text: String, _ isValid: Bool) {
    #expect(((try? AppID(text)) != nil) == isValid)
    #expect(((try? WebhookID(text)) != nil) == isValid)
  }

  @Test func anIdSaysWhatIsWrong() {
    #expect(throws: InvalidValue("contains `/`, which is not allowed in an id")) { try AppID("a/b") }
    #expect(throws: InvalidValue("contains U+000D, which is not allowed in an id")) { try AppID("a\r\n") }
    #expect(throws: InvalidValue("is empty")) { try AppID("") }
    #expect(throws: InvalidValue("consists only of dots")) { try AppID("..") }
  }

  @Test func idsAreOrderedAndShownByTheirText() throws {
    let (a, b) = (try AppID("a"), try AppID("b"))
    #expect(a < b)
    #expect("\(a)" == "a")
  }

  @Test(arguments: [
    ("https://example.com", true), ("https://example.com/webhook", true), ("HTTPS://EXAMPLE.com/", true),
    ("http://example.com", true), ("https://example.com:8443/x?y=z&a=%20#f", true), ("https://127.0.0.1/", true),
    ("https://[::1]:80/", true), ("https://[2001:db8::1]/x", true), ("https://bücher.example/ä", true),
    ("https://x-y.z_1.example", true), ("https://example.com?x", true), ("https://example.com#x", true),
    ("https://" + String(repeating: "a", count: 2040), true), ("https://" + String(repeating: "a", count: 2041), false),
    ("", false), ("example.com", false), ("/path", false), ("ftp://example.com", false), ("https:example.com", false),
    ("https:/example.com", false), ("https://", false), ("https:///x", false), ("https://?x", false),
    ("https://:80", false), ("https://example.com:", false), ("https://example.com:0", false),
    ("https://example.com:65536", false), ("https://example.com:abc", false), ("https://example.com:+80", false),
    ("https://example.com:8o", false), ("https://user@example.com", false), ("https://user@\u{301}.example.com", false),
    ("https://user:pw@example.com/", false),
    ("https://exa mple.com", false), ("https://example.com/a b", false), ("https://example.com/\t", false),
    ("https://example.com/\r\nX: y", false), ("https://example.com/\u{0}", false),
    ("https://example.com/\u{1B}", false),
    ("https://example.com/\u{A0}", false), ("https://example.com/\"", false), ("https://example.com/<x>", false),
    ("https://example.com/{x}", false), ("https://example.com/a|b", false), ("https://example.com\\@evil", false),
    ("https://a..b", false), ("https://.example.com", false), ("https://ex%61mple.com", false), ("https://a,b", false),
    ("https://[::1", false), ("https://[]", false), ("https://[::1]x", false), ("https://[not hex]", false),
    ("javascript:alert(1)", false), (" https://example.com", false), ("https://example.com ", false),
  ])
  func urls(_ text: String, _ isValid: Bool) {
    #expect(((try? WebhookURL.validate(text)) != nil) == isValid)
  }

  @Test(arguments: [("http://x", true), ("HTTP://x", true), ("https://x", false), ("httpx", false)])
  func plainURLs(_ text: String, _ isPlain: Bool) {
    #expect(WebhookURL.isPlain(text) == isPlain)
  }

  @Test(arguments: [
    ("MESSAGE_SENT", true), ("messages.sms.sent", true), ("x", true), (String(repeating: "e", count: 128), true),
    (String(repeating: "e", count: 129), false), ("", false), ("a b", false), ("a,b", false), ("a\n", false),
    ("a\r", false),
    ("a\u{0}", false), ("a\u{1B}", false), ("a\u{2028}", false),
  ])
  func events(_ name: String, _ isValid: Bool) {
    #expect(((try? EventCatalogue.validate(name)) != nil) == isValid)
  }

  @Test func theCatalogueHoldsBothGenerations() {
    #expect(EventCatalogue.contains("MESSAGE_SENT"))
    #expect(EventCatalogue.contains("messages.sms.sent"))
    #expect(EventCatalogue.contains("whatsapp.account.disconnected"))
    #expect(!EventCatalogue.contains("message_sent"))
    #expect(EventCatalogue.all.count == 27)
    #expect(EventCatalogue.all.uniqued() == EventCatalogue.all)
    #expect(EventCatalogue.all.allSatisfy { (try? EventCatalogue.validate($0)) != nil })
  }
}
