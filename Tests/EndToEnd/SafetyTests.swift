import Foundation
import Testing
import WhTestSupport

@Suite("Where the key is sent")
struct SafetyTests {
  @Test(
    "Plain http to another machine is refused before anything is sent",
    arguments: [
      "http://api.example.com", "http://localhost.example.com", "http://127.0.0.1.example.com", "http://10.0.0.1:8080",
      "http://127.0.0.1@api.example.com", "http://0.0.0.0", "http://[::2]", "http://api.example.com:80/127.0.0.1",
      "HTTP://API.EXAMPLE.COM", "ftp://127.0.0.1", "http:api.example.com", "//api.example.com",
      "http://127.0.0.1\\@api.example.com", "http://api.example.com#127.0.0.1", "http://2130706433.example.com",
    ])
  func plainHTTP(url: String) async throws {
    let proxy = try FakeService { _ in .silence }
    let run = try await Home().wh(
      "--base-url", url, "-c", OneWebhook.example, environment: Self.environment(proxy))
    expectRefused(run, proxy)
  }

  @Test("It is also refused in the environment or a profile")
  func plainHTTPElsewhere() async throws {
    let proxy = try FakeService { _ in .silence }
    let environment = Self.environment(proxy)
    let home = try Home()
    try home.configure("[profiles.prod]\nbase_url = 'http://api.example.com'\n")
    expectRefused(try await home.wh("--profile", "prod", "-c", OneWebhook.example, environment: environment), proxy)
    let named = environment.merging(["WH_BASE_URL": "http://api.example.com"]) { $1 }
    expectRefused(try await home.wh("-c", OneWebhook.example, environment: named), proxy)
  }

  /// Anything that would leave this machine anyway would go to the proxy.
  private static func environment(_ proxy: FakeService) -> [String: String] {
    var environment = ["WH_API_KEY": OneWebhook.adminKey]
    for name in ["http_proxy", "https_proxy", "all_proxy"] { environment[name] = proxy.url }
    return environment
  }

  private func expectRefused(_ run: WhRun, _ proxy: FakeService) {
    #expect(run.exit == 1 || run.exit == 64, "\(run.testDescription)")
    #expect(run.error.contains("is not a valid server url"), "\(run.testDescription)")
    #expect(run.output.isEmpty, "\(run.testDescription)")
    #expect(proxy.connectionCount == 0)
  }

  @Test(
    "Loopback is accepted in all spellings", arguments: ["127.0.0.1", "localhost", "LOCALHOST"])
  func loopback(host: String) async throws {
    let proxy = try FakeService { _ in .silence }
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      "--base-url", "http://\(host):\(server.port)", "-c", "show apps",
      environment: ["WH_API_KEY": OneWebhook.adminKey, "http_proxy": proxy.url])
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(server.requests.count == 1 && proxy.connectionCount == 0)
  }

  @Test("Over a proxy, the key is inside TLS or not sent at all")
  func proxy() async throws {
    let proxy = try FakeService { _ in .text(502, "no") }
    let run = try await Home().wh(
      "--base-url", "https://api.example.com", "-c", "show apps",
      environment: ["WH_API_KEY": OneWebhook.adminKey, "https_proxy": proxy.url])
    #expect(run.exit == 69, "\(run.testDescription)")
    #expect(!proxy.requests.isEmpty)
    #expect(proxy.requests.allSatisfy { $0.method == "CONNECT" && $0["Authorization"] == nil })
  }

  @Test(
    "A redirect is not followed, to another host or to the same", arguments: [301, 302, 303, 307, 308], [true, false])
  func redirect(status: Int, goesElsewhere: Bool) async throws {
    let elsewhere = try OneWebhook().serve()
    let target = goesElsewhere ? elsewhere.url + OneWebhook.adminPath : OneWebhook.adminPath + "/moved"
    let redirection = CannedAnswer(status, fields: [("Location", target)])
    let home = try Home()

    let reading = try FakeService { _ in redirection }
    let read = try await home.wh("-c", "show apps", environment: WhRun.environment(reading))
    #expect(read.exit == 1, "\(read.testDescription)")
    #expect(read.error.contains("not followed"), "\(read.testDescription)")
    #expect(reading.requests.count == 1)

    var service = OneWebhook()
    service.refusal = redirection
    let writing = try service.serve()
    let write = try await home.wh("-c", OneWebhook.example, environment: WhRun.environment(writing))
    #expect(write.exit == 75, "\(write.testDescription)")
    #expect(write.output.contains("not followed"), "\(write.testDescription)")
    #expect(writing.requests.count { $0.method == "PUT" } == 1)
    #expect(elsewhere.connectionCount == 0)
  }

  @Test(
    "Line ends and NUL are refused in urls, headers and ids before a request is made",
    arguments: [
      #"set url "https://example.com/\r\nX: y""#, #"set header X-A "b\r\nX-B: c""#, #"set header X-A "b\u{0}""#,
      #"set header "X-A\r\n" b"#, #"set header "X-A: b\r\nX-B" c"#, #"webhook "whk_1\r\nX: y""#,
      #"use app "app_1/../../x""#, #"use app "app_1;x=y""#, #"use app "app_1\u{0}""#, #"add event "A\nB""#,
      #"replace url old with "new\r\n""#,
    ])
  func injection(statement: String) async throws {
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      "-c", "use app \(OneWebhook.app); webhook \(OneWebhook.webhook); \(statement); commit",
      environment: WhRun.environment(server))
    #expect(run.exit == 65, "\(run.testDescription)")
    #expect(server.connectionCount == 0)
  }

  @Test(
    "Nor can they come from a variable",
    arguments: [
      "set url https://example.com/${a}", "set header X-A b${a}", "use app app_${a}",
    ])
  func injectionByVariable(statement: String) async throws {
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      "--var", "a=\r\nX: y", "-c", "use app \(OneWebhook.app); webhook \(OneWebhook.webhook); \(statement); commit",
      environment: WhRun.environment(server))
    #expect(run.exit == 65, "\(run.testDescription)")
    #expect(server.connectionCount == 0)
  }
}
