import Foundation
import Testing
import WhDomain

@testable import WhAPI

/// libcurl against real sockets on 127.0.0.1.
@Suite(.timeLimit(.minutes(1)))
struct CurlTransportTests {
  private func transport(_ server: LoopbackServer, _ change: (inout CurlOptions) -> Void = { _ in }) throws
    -> CurlTransport
  {
    var options = CurlOptions()
    options.userAgent = "wh/1.2.3"
    change(&options)
    return CurlTransport(base: try BaseURL("http://127.0.0.1:\(server.port)"), options: options)
  }

  private func failure(_ transport: CurlTransport, _ request: HTTPRequest) async -> TransportError? {
    do throws(TransportError) {
      _ = try await transport.send(request)
      return nil
    } catch {
      return error
    }
  }

  @Test func sendsMethodPathFieldsKeyAndBody() async throws {
    let server = LoopbackServer { request in
      let echo =
        "\(request.method) \(request.path) \(request.fields["authorization"] ?? "-") "
        + "\(request.fields["content-type"] ?? "-") \(request.fields["user-agent"] ?? "-") "
        + "\(request.fields["expect"] ?? "no-expect") \(request.fields["content-length"] ?? "no-length") "
        + String(decoding: request.body, as: UTF8.self)
      return [.answer(200, echo)]
    }
    let transport = try transport(server)
    let put = HTTPRequest(
      .put, "/v1/webhooks/x?y=1", fields: [HTTPField("Content-Type", "application/json")],
      authorization: Secret("sk_admin_1"), body: Array("{\"a\":1}".utf8))
    #expect(
      String(decoding: try await transport.send(put).body, as: UTF8.self)
        == #"PUT /v1/webhooks/x?y=1 Bearer sk_admin_1 application/json wh/1.2.3 no-expect 7 {"a":1}"#)
    // The handle that sent a body and a key sends neither when the next request has none.
    let get = try await transport.send(HTTPRequest(.get, "/"))
    #expect(String(decoding: get.body, as: UTF8.self) == "GET / - - wh/1.2.3 no-expect no-length ")
    let delete = try await transport.send(HTTPRequest(.delete, "/d"))
    #expect(String(decoding: delete.body, as: UTF8.self) == "DELETE /d - - wh/1.2.3 no-expect no-length ")
    let empty = try await transport.send(HTTPRequest(.put, "/e", body: []))
    #expect(String(decoding: empty.body, as: UTF8.self).contains("PUT /e") == true)
    #expect(String(decoding: empty.body, as: UTF8.self).contains(" 0 ") == true)
    #expect(server.connections == 1)
  }

  @Test func readsFieldsOfTheLastAnswerAlone() async throws {
    let server = LoopbackServer { _ in
      [
        .text("HTTP/1.1 103 Early\r\nX-Old: 1\r\n\r\nHTTP/1.1 404 No\r\nX-RateLimit-Limit:120\r\nx-two:  a b \t\r\n"),
        .text("X-Empty:\r\nX-Twice: 1\r\nX-Twice: 2\r\nContent-Length: 2\r\n\r\n{}"),
      ]
    }
    let response = try await transport(server).send(HTTPRequest(.get, "/"))
    #expect(response.status == 404)
    #expect(response["x-ratelimit-LIMIT"] == "120")
    #expect(response["X-Two"] == "a b")
    #expect(response["X-Empty"] == "")
    #expect(response["X-Twice"] == "1")
    #expect(response["X-Old"] == nil)
  }

  @Test func keepsConnectionsButTakesAFreshOneForACreation() async throws {
    let server = LoopbackServer { _ in [.answer(200)] }
    let transport = try transport(server)
    for _ in 0..<20 { _ = try await transport.send(HTTPRequest(.put, "/", body: [])) }
    #expect(server.connections == 1)
    _ = try await transport.send(HTTPRequest(.post, "/", body: []))
    #expect(server.connections == 2)
  }

  @Test func has32InFlightAndNoMoreThanAllowed() async throws {
    let gate = LoopbackServer.Gate()
    let server = LoopbackServer { request in
      if request.number == 32 { gate.open() }
      return [.wait(gate), .answer(200, "\(request.path)")]
    }
    let transport = try transport(server) { $0.maximumInFlight = 32 }
    let answers = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<500 {
        group.addTask {
          String(decoding: try await transport.send(HTTPRequest(.get, "/\(number)")).body, as: UTF8.self)
        }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(answers == Set((0..<500).map { "/\($0)" }))
    #expect(server.connections == 32)
  }

  @Test func cancellationEndsARequestAtOnce() async throws {
    let arrived = LoopbackServer.Gate()
    let gate = LoopbackServer.Gate()
    defer { gate.open() }
    let server = LoopbackServer { _ in
      arrived.open()
      return [.wait(gate), .answer(200)]
    }
    let transport = try transport(server) { $0.maximumInFlight = 1 }
    let first = Task { await failure(transport, HTTPRequest(.get, "/")) }
    let waiting = Task { await failure(transport, HTTPRequest(.get, "/")) }
    await Task.detached { _ = arrived.wait() }.value
    waiting.cancel()
    #expect(await waiting.value == .cancelled)
    first.cancel()
    #expect(await first.value == .cancelled)
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      return await failure(transport, HTTPRequest(.get, "/"))
    }
    late.cancel()
    #expect(await late.value == .cancelled)
  }

  @Test func shutdownCancelsAllAndRefusesMore() async throws {
    let arrived = LoopbackServer.Gate()
    let gate = LoopbackServer.Gate()
    defer { gate.open() }
    let server = LoopbackServer { _ in
      arrived.open()
      return [.wait(gate)]
    }
    let transport = try transport(server) { $0.maximumInFlight = 2 }
    let tasks = (0..<5).map { _ in Task { await failure(transport, HTTPRequest(.get, "/")) } }
    await Task.detached { _ = arrived.wait() }.value
    await transport.shutdown()
    for task in tasks { #expect(await task.value == .cancelled) }
    #expect(await failure(transport, HTTPRequest(.get, "/")) == .cancelled)
    await transport.shutdown()
  }

  @Test func shutdownBeforeAnyRequest() async throws {
    let server = LoopbackServer { _ in [.answer(200)] }
    let transport = try transport(server)
    await transport.shutdown()
    #expect(await failure(transport, HTTPRequest(.get, "/")) == .cancelled)
    #expect(server.connections == 0)
  }

  @Test func timesOutAndTellsThatTheRequestWasSent() async throws {
    let gate = LoopbackServer.Gate()
    defer { gate.open() }
    let server = LoopbackServer { _ in [.wait(gate)] }
    let transport = try transport(server)
    let error = await failure(transport, HTTPRequest(.put, "/", body: [], timeout: .milliseconds(50)))
    #expect(error == .timedOut(sent: true))
    #expect(error?.isTransient == true && error?.mayHaveBeenApplied == true)
  }

  @Test func refusedConnection() async throws {
    let server = LoopbackServer { _ in [] }
    let transport = try transport(server)
    server.stop()
    let error = await failure(transport, HTTPRequest(.get, "/"))
    guard case .couldNotConnect = error else {
      Issue.record(Comment(rawValue: String(describing: error)))
      return
    }
    #expect(error?.isTransient == true && error?.mayHaveBeenApplied == false)
  }

  @Test(arguments: [HTTPMethod.get, .put, .post])
  func resetAndClose(method: HTTPMethod) async throws {
    for step in [LoopbackServer.Step.reset, .close] {
      let server = LoopbackServer { _ in [step] }
      let error = await failure(try transport(server), HTTPRequest(method, "/", body: method == .get ? nil : [1]))
      guard case .connectionLost(_, sent: true) = error else {
        Issue.record(Comment(rawValue: String(describing: (step, error))))
        return
      }
      #expect(server.requests == 1)
    }
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hal",
  ])
  func truncatedBody(answer: String) async throws {
    let server = LoopbackServer { _ in [.text(answer), .close] }
    #expect(await failure(try transport(server), HTTPRequest(.get, "/")) == .truncatedBody)
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH\r\n",
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhaha",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  ])
  func garbledAnswer(answer: String) async throws {
    let server = LoopbackServer { _ in [.text(answer), .close] }
    let error = await failure(try transport(server), HTTPRequest(.get, "/"))
    switch error {
    case .garbled, .connectionLost: #expect(error?.isTransient == true)
    default: Issue.record(Comment(rawValue: String(describing: error)))
    }
  }

  @Test func largeBodiesBothWays() async throws {
    let server = LoopbackServer { request in [.answer(200, String(decoding: request.body, as: UTF8.self))] }
    let body = Array(repeating: UInt8(ascii: "x"), count: 5_000_000)
    let response = try await transport(server).send(HTTPRequest(.put, "/", body: body))
    #expect(response.body == body)
  }

  @Test func refusesABodyOrFieldsBeyondTheLimit() async throws {
    let server = LoopbackServer { request in
      request.path == "/body"
        ? [.answer(200, String(repeating: "x", count: 2000))]
        : [.answer(200, fields: (0..<30).map { "X-\($0): " + String(repeating: "y", count: 10_000) })]
    }
    let transport = try transport(server) { $0.maximumBodyBytes = 1999 }
    #expect(await failure(transport, HTTPRequest(.get, "/body")) == .tooLarge(limit: 1999))
    #expect(await failure(transport, HTTPRequest(.get, "/fields")) == .tooLarge(limit: 1999))
  }

  @Test func followsNoRedirect() async throws {
    let other = LoopbackServer { _ in [.answer(200)] }
    let server = LoopbackServer { [port = other.port] _ in
      [.answer(302, fields: ["Location: http://127.0.0.1:\(port)/"])]
    }
    let response = try await transport(server).send(HTTPRequest(.get, "/", authorization: Secret("k")))
    #expect(response.status == 302)
    #expect(other.connections == 0)
  }

  @Test func loopbackGoesRoundTheProxy() async throws {
    let proxy = LoopbackServer { _ in [.answer(502)] }
    let server = LoopbackServer { _ in [.answer(200)] }
    let transport = try transport(server) { $0.proxy = "http://127.0.0.1:\(proxy.port)" }
    #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200)
    #expect(proxy.connections == 0)
  }

  @Test func otherHostsGoThroughTheProxy() async throws {
    let proxy = LoopbackServer { request in
      request.method == "CONNECT" && request.path == "api.example.invalid:443"
        ? [.answer(407), .close] : [.answer(200)]
    }
    var options = CurlOptions()
    options.proxy = "http://127.0.0.1:\(proxy.port)"
    let transport = CurlTransport(base: try BaseURL("https://api.example.invalid"), options: options)
    let error = await failure(transport, HTTPRequest(.get, "/"))
    #expect(error != nil && error?.mayHaveBeenApplied == false)
    #expect(proxy.requests == 1)
  }

  @Test func aSilentTLSServerWasSentNothing() async throws {
    let server = LoopbackServer { _ in [.answer(200)] }
    let transport = CurlTransport(base: try BaseURL("https://127.0.0.1:\(server.port)"))
    let error = await failure(transport, HTTPRequest(.get, "/", timeout: .milliseconds(200)))
    #expect(error == .timedOut(sent: false))
    #expect(error?.mayHaveBeenApplied == false)
  }

  @Test func repeatsAPutWhoseKeptConnectionWasDeadButNeverAPost() async throws {
    // The server ends each connection right after its first answer, without saying so before.
    let server = LoopbackServer { _ in [.answer(200), .close] }
    let transport = try transport(server)
    for method in [HTTPMethod.put, .post, .put, .post] {
      #expect(try await transport.send(HTTPRequest(method, "/", body: [])).status == 200)
    }
  }
}
