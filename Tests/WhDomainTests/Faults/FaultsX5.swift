import Testing
import WhDomain

@Suite("X5: one definition of secret")
struct FaultsX5 {
  @Test(
    "X5: names that say secret",
    arguments: [
      "X-Auth", "X-Credential", "X-Credentials", "X-Bearer", "X-JWT", "X-Passphrase", "X-Pwd", "X-Session", "X-Hmac",
      "X-Otp", "Cookie", "Set-Cookie", "X-Hub-Signature-256", "Authorization", "Proxy-Authorization", "X-Api-Key",
      "x_auth_2", "XAuth", "OAuth2", "x-oauth", "sessionId", "SID", "sig", "userPass", "X-CSRF", "access_token",
      "client_secret", "apiKey", "DB_PASSWORD", "passwd", "X-Auth-User", "totp", "X-PIN", "key\u{301}", "KEY",
      "K\u{45}Y",
    ])
  func secrets(_ name: String) {
    #expect(SecretName.isSecret(name))
    #expect(Header(name: name, value: "v").isSecret)
  }

  @Test(
    "X5: names that do not",
    arguments: [
      "X-Team", "Content-Type", "X-Author", "X-Footprint", "Authority", "X-Compass", "X-Passenger", "X-Design",
      "X-Spin",
      "host", "url", "app", "X-Request-Id", "X-Side", "X-Opinion", "environment", "",
    ])
  func others(_ name: String) {
    #expect(!SecretName.isSecret(name))
  }

  @Test(
    "X5: secrets in urls, and in texts around them",
    arguments: [
      ("https://user:pa55@x.example/in", ["://user:pa55"]), ("https://tok@x.example", ["://tok"]),
      ("https://u:p@ss:w@x.example:8443/a@b", ["://u:p@ss:w"]), ("https://x.example?token=abc", ["token=abc"]),
      ("https://x.example/in?a=1&api_key=k-1&b=2#access_token=t", ["api_key=k-1", "access_token=t"]),
      ("see https://a:b@x.example, https://c:d@y.example!", ["://a:b", "://c:d"]), ("?code=x", ["code=x"]),
      ("sig=a%2Bb%3D", ["sig=a%2Bb%3D"]), ("https://x.example?token=", []),
      ("https://x.example/?email=a@b.example", []),
      ("https://token.example.com/key=1", []), ("https://x.example/a@b", []), ("https://x.example?page=2", []),
      ("https://@x.example", []), ("a@b.example", []), ("", []),
    ])
  func urls(_ text: String, _ found: [String]) {
    #expect(WebhookURL.secrets(in: text).map { $0.lead + $0.value } == found)
  }
}
