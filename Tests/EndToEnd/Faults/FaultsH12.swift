import Testing
import WhTestSupport

@Suite("H12: a server that never speaks is given up as configured")
struct FaultsH12 {
  @Test(
    "H12: while connecting, and while waiting for a response",
    arguments: [
      ("https", "connect_timeout", "timed out connecting"),
      ("http", "response_timeout", "timed out waiting for the response"),
    ])
  func silent(scheme: String, setting: String, message: String) async throws {
    let gate = Gate()
    defer { gate.open() }
    let server = try FakeService.scripted { _ in [.wait(gate)] }
    let home = try Home()
    try home.configure(
      "[profiles.default]\nbase_url = \"\(scheme)://127.0.0.1:\(server.port)\"\nkey_command = \"echo \(OneWebhook.adminKey)\"\n\(setting) = 1\n"
    )
    let run = try await home.wh("-c", "show apps")
    #expect(run.exit == 69, "\(run.testDescription)")
    #expect(
      run.error.contains("the API can't be reached: \(message) (gave up after 3 tries)"), "\(run.testDescription)")
  }
}
