import Testing
import WhTestSupport

@Suite("X8: a proxy that refuses is asked once")
struct FaultsX8 {
  @Test(
    "X8: one try, and the proxy is named", arguments: [407, 403, 401], ["use app *; show apps", OneWebhook.example])
  func refused(_ status: Int, _ script: String) async throws {
    let proxy = try FakeService.scripted { _ in [.answer(status), .close] }
    let run = try await Home().wh(
      "-c", script,
      environment: [
        "https_proxy": "http://127.0.0.1:\(proxy.port)", "WH_BASE_URL": "https://api.example.invalid",
        "WH_API_KEY": OneWebhook.adminKey,
      ])
    #expect(
      run.exit == 69 && run.error.contains("the proxy refused the request: HTTP \(status)"), "\(run.testDescription)")
    #expect(!run.error.contains("connection lost"), "\(run.testDescription)")
    #expect(proxy.requests.count == 1 && proxy.requests[0].method == "CONNECT")
    #expect(proxy.requests[0]["authorization"] == nil, "the key is not the proxy's")
  }
}
