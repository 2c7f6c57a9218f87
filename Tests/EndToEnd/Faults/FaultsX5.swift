import Foundation
import Testing
import WhTestSupport

@Suite("X5: no sink shows a secret")
struct FaultsX5 {
  private static let select = "use app \(OneWebhook.app); webhook \(OneWebhook.webhook)"

  /// A service whose webhook holds secrets, and that says in each refusal what it got.
  private static func server() throws -> FakeService {
    let held = Canary.held.text
    var service = OneWebhook(headers: ["X-Auth": held, "X-Session": "s=\(held)", "X-Team": "sms"])
    service.url = "https://user:\(held)@old.example.com/in?sig=\(held)&a=1"
    let plain = service
    return try FakeService { request in
      guard request.method == "PUT", request.bodyText.contains("refuse") else { return plain.answer(request) }
      let key = request["Authorization"] ?? ""
      let echoed =
        "got \(key), \(Data(key.utf8).base64EncodedString()), \(Data("x:\(Canary.apiKey)".utf8).base64EncodedString())"
      return .json(400, #"{"error":{"type":"invalid_request_error","message":"\#(echoed)"}}"#)
    }
  }

  private static let scripts: [String] = [
    "\(select); show; show webhooks; show webhooks by url; dump; dump strict",
    "\(select); set header X-Jwt \(Canary.written.text); diff; show requests; commit; show",
    "\(select); set url https://x.example/?token=\(Canary.written.text); status; diff; show requests; commit; undo; diff",
    "\(select); set url https://a:\(Canary.written.text)@x.example/",
    "\(select); expect url = https://a:\(Canary.written.text)@x.example/; expect header X-Auth = x",
    "\(select); replace url old.example.com with refuse.example.com; commit",
    "let session = \(Canary.written.text); echo ${session}; show variables",
    "sett url https://x.example/?token=\(Canary.written.text)",
  ]

  @Test("X5: screen, JSON, transcript, recording, reports, the log and what the journal says", arguments: scripts)
  func sinks(_ script: String) async throws {
    let server = try Self.server()
    let environment = WhRun.environment(server, key: Canary.apiKey)
    for form in [["--output", "text"], ["--output", "json"]] {
      for record in ["kept.wh", "kept.cast"] {
        let home = try Home()
        let reports = ["junit=r.xml", "json=r.json", "html=r.html"].flatMap { ["--report", $0] }
        let run = try await home.wh(
          ["--verbose", "--transcript", record] + reports + form + ["-c", "on error continue; " + script],
          environment: environment)
        #expect([0, 1, 65].contains(run.exit), "\(run.testDescription)")
        var outputs = [("run", run.outputBytes), ("run", run.errorBytes)]
        // Another process, which is not told the key.
        for arguments in [["runs", "1", "--verbose"], ["runs", "1", "--output", "json"], ["runs"]] {
          let later = try await home.wh(arguments)
          outputs += [("\(arguments)", later.outputBytes), ("\(arguments)", later.errorBytes)]
        }
        for name in home.workFiles { outputs.append((name, try home.bytes("work/" + name))) }
        for file in home.files where !file.hasPrefix("state/wh/journal.sqlite") {
          outputs.append((file, try home.bytes(file)))
        }
        for (name, bytes) in outputs { expectNoLeak(bytes, name, script) }
      }
    }
  }

  private func expectNoLeak(_ bytes: [UInt8], _ name: String, _ script: String) {
    for canary in Canary.all + [Canary(text: Data(Canary.apiKey.utf8).base64EncodedString())] {
      #expect(canary.piece(in: bytes) == nil, "\(name) of \(script):\n\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test(
    "X5: passwords of servers and proxies are in no error",
    arguments: [
      (["WH_BASE_URL": "https://user:\(Canary.written.text)@x.example"], [String]()),
      (["WH_BASE_URL": "https://\(Canary.written.text)@x.example"], []),
      (["https_proxy": "http://user:\(Canary.written.text)@127.0.0.1:1", "WH_BASE_URL": "https://127.0.0.1:2"], []),
      ([:], ["--base-url", "https://user:\(Canary.written.text)@x.example"]),
      ([:], ["--base-url", "ftp://user:\(Canary.written.text)@x.example"]),
    ])
  func servers(_ environment: [String: String], _ options: [String]) async throws {
    let home = try Home()
    for form in [["--output", "text"], ["--output", "json"]] {
      var environment = environment
      environment["WH_API_KEY"] = Canary.apiKey
      let run = try await home.wh(["--verbose"] + options + form + ["-c", "show apps"], environment: environment)
      #expect(run.exit != 0, "\(run.testDescription)")
      for bytes in [run.outputBytes, run.errorBytes] { expectNoLeak(bytes, "the error", "show apps") }
    }
  }
}

@Suite("X3: printed requests need their secrets")
struct FaultsX3 {
  private static let statements = """
    use app my-app; webhook a0*; set header Authorization "Bearer it's \\"x\\" y"; \
    set url https://x.example/?token=abc; show requests
    """

  /// Runs a printed request in a shell in which `curl` prints its last word, which is the body.
  private static func shell(_ command: String, _ variables: [String: String]) throws -> (exit: Int32, body: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "curl() { for word; do :; done; printf %s \"$word\"; }\n" + command]
    process.environment = ["PATH": "/usr/bin:/bin"].merging(variables) { $1 }
    let (output, error) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, error)
    try process.run()
    let body = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, body)
  }

  @Test("X3: run as printed they fail, and with the variables they send what `commit` would")
  func run() async throws {
    let home = try Home()
    let run = try await home.wh("--sandbox", "-c", "on error continue; " + Self.statements + "; rollback")
    let command = try #require(run.output.split(separator: "\n").last.map(String.init))
    #expect(command.hasPrefix("curl ") && !command.contains("•"), "\(run.testDescription)")
    let all = ["WH_API_KEY": "k", "WH_HEADER_AUTHORIZATION": "Bearer 1", "WH_URL_SECRET": "t"]
    for name in all.keys {
      let result = try Self.shell(command, all.filter { $0.key != name })
      #expect(result.exit != 0 && result.body.isEmpty, "\(name)")
    }
    let result = try Self.shell(command, all)
    #expect(result.exit == 0)
    #expect(
      result.body.contains(#""Authorization":"Bearer 1""#) && result.body.contains("?token=t\""), "\(result.body)")
  }
}
