import Testing
import WhDomain

@testable import WhAPI

struct BaseURLTests {
  @Test(arguments: [
    ("https://api.buildwithchirp.com", "https://api.buildwithchirp.com", false),
    ("HTTPS://API.Example.COM/", "https://api.example.com", false),
    ("https://h.example:8443/a/b//", "https://h.example:8443/a/b", false),
    ("http://localhost:1", "http://localhost:1", true),
    ("http://LOCALHOST", "http://localhost", true),
    ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x", true),
    ("http://127.255.0.9", "http://127.255.0.9", true),
    ("http://[::1]:8080", "http://[::1]:8080", true),
    ("https://[2001:DB8::1]", "https://[2001:db8::1]", false),
  ])
  func accepted(text: String, normal: String, isLoopback: Bool) throws {
    let url = try BaseURL(text)
    #expect(url.description == normal)
    #expect(url.isLoopback == isLoopback)
    #expect(url.url(of: "/v1/x") == normal + "/v1/x")
  }

  @Test(arguments: [
    "", "api.example.com", "ftp://h", "file:///etc/passwd", "http://example.com", "http://10.0.0.1",
    "http://localhost.example.com", "http://127.0.0.1.example.com", "http://1270.0.0.1", "http://127.0.0.256",
    "http://127.1", "http://[::2]", "https://", "https:///x", "https://u:p@h", "https://h@evil",
    "http://127.0.0.1@evil",
    "https://h?x", "https://h#x", "https://h:0", "https://h:65536", "https://h:", "https://h:8a", "https://h:+8",
    "https://h\\evil", "https://h h", "https://h\n", "https://é.example", "https://h/../x", "https://h/a b",
    "https://[::1",
    "https://[]", "https://h/a;b", "https://[::1]x", "//h", "http://127.0.0.\u{0661}",
  ])
  func refused(text: String) {
    #expect(throws: InvalidValue.self) { try BaseURL(text) }
  }
}
