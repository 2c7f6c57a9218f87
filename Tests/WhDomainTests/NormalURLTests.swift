import Testing

@testable import WhDomain

@Suite("The normalised form of a url")
struct NormalURLTests {
  @Test(arguments: [
    ("https://a.example.com/x", "https://a.example.com/x"),
    ("HTTPS://A.Example.COM/X?Q=A#F", "https://a.example.com/X?Q=A#F"),
    ("https://a.example.com", "https://a.example.com/"),
    ("https://a.example.com?q=1", "https://a.example.com/?q=1"),
    ("https://a.example.com#f", "https://a.example.com/#f"),
    ("https://a.example.com/x/", "https://a.example.com/x/"),
    ("https://a.example.com:443/x", "https://a.example.com/x"),
    ("https://a.example.com:80/x", "https://a.example.com:80/x"),
    ("https://a.example.com:/x", "https://a.example.com/x"),
    ("https://a.example.com:8443", "https://a.example.com:8443/"),
    ("http://a.example.com:80/x", "http://a.example.com/x"),
    ("http://a.example.com:443", "http://a.example.com:443/"),
    ("https://Bob:Pass@A.example.com:443/", "https://Bob:Pass@a.example.com/"),
    ("https://[2001:DB8::1]:443/x", "https://[2001:db8::1]/x"), ("https://[2001:DB8::443]", "https://[2001:db8::443]/"),
    ("https://", "https:///"), ("", ""), ("ftp://A.example.com", "ftp://A.example.com"), ("/X", "/X"),
    // Not hosts with a port, so nothing is taken off.
    ("https://a::/x", "https://a::/x"), ("https://a:443:", "https://a:443:/"), ("https://::443", "https://::443/"),
    ("https://[::1]:", "https://[::1]/"), ("https://[::1]:443:443/", "https://[::1]:443:443/"),
    ("https://\u{130}.example.com/\u{130}", "https://\u{130}.example.com/\u{130}"),
  ])
  func isTheSameForAllSpellings(url: String, normal: String) {
    #expect(WebhookURL.normalized(url) == normal)
    #expect(WebhookURL.normalized(normal) == normal)
  }
}
