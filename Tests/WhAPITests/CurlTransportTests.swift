import Foundation
import Synchronization
import Testing
import WhDomain
import WhTestSupport

@testable import WhAPI

/// libcurl against real sockets on 127.0.0.1.
@Suite(.timeLimit(.minutes(1)))
struct CurlTransportTests {
  private func transport(_ server: FakeService, _ change: (inout CurlOptions) -> Void = { _ in }) throws
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
    let server = try FakeService.scripted { request in
      let echo =
        "\(request.method) \(request.target) \(request["authorization"] ?? "-") "
        + "\(request["content-type"] ?? "-") \(request["user-agent"] ?? "-") "
        + "\(request["expect"] ?? "no-expect") \(request["content-length"] ?? "no-length") "
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
    #expect(server.connectionCount == 1)
  }

  @Test func readsFieldsOfTheLastAnswerAlone() async throws {
    let server = try FakeService.scripted { _ in
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
    let server = try FakeService.scripted { _ in [.answer(200)] }
    let transport = try transport(server)
    for _ in 0..<20 { _ = try await transport.send(HTTPRequest(.put, "/", body: [])) }
    #expect(server.connectionCount == 1)
    _ = try await transport.send(HTTPRequest(.post, "/", body: []))
    #expect(server.connectionCount == 2)
  }

  @Test func has32InFlightAndNoMoreThanAllowed() async throws {
    let gate = Gate()
    let server = try FakeService.scripted { request in
      if request.number == 32 { gate.open() }
      return [.wait(gate), .answer(200, "\(request.target)")]
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
    #expect(server.connectionCount == 32)
  }

  @Test func cancellationEndsARequestAtOnce() async throws {
    let gate = Gate()
    defer { gate.open() }
    let server = try FakeService.scripted { _ in [.wait(gate), .answer(200)] }
    let transport = try transport(server) { $0.maximumInFlight = 1 }
    let first = Task { await failure(transport, HTTPRequest(.get, "/")) }
    let waiting = Task { await failure(transport, HTTPRequest(.get, "/")) }
    try await gate.reached()
    waiting.cancel()
    #expect(await waiting.value?.kind == .cancelled)
    first.cancel()
    #expect(await first.value?.kind == .cancelled)
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      return await failure(transport, HTTPRequest(.get, "/"))
    }
    late.cancel()
    #expect(await late.value?.kind == .cancelled)
  }

  @Test func aWriteThatHasBegunEndsWithItsAnswer() async throws {
    let gate = Gate()
    let server = try FakeService.scripted { _ in [.wait(gate), .answer(200)] }
    let transport = try transport(server)
    let write = Task { await failure(transport, HTTPRequest(.put, "/", body: [])) }
    try await gate.reached()
    write.cancel()
    gate.open()
    #expect(await write.value == nil)
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      return await failure(transport, HTTPRequest(.put, "/", body: []))
    }
    late.cancel()
    #expect(await late.value == .unsent(.cancelled))
  }

  @Test func writesThatAreGivenUpEndWithoutTheirAnswers() async throws {
    let (reading, writing) = (Gate(), Gate())
    defer { writing.open() }
    let server = try FakeService.scripted { request in
      [.wait(request.target == "/r" ? reading : writing), .answer(200)]
    }
    let writes = WritesInFlight()
    let transport = CurlTransport(base: try BaseURL("http://127.0.0.1:\(server.port)"), writes: writes)
    let read = Task { await failure(transport, HTTPRequest(.get, "/r")) }
    try await reading.reached()
    let write = Task { await failure(transport, HTTPRequest(.put, "/w", body: [])) }
    try await writing.reached()
    #expect(writes.count == 1)
    writes.giveUp()
    let error = await write.value
    #expect(error?.kind == .cancelled && error?.wasSent == true)
    #expect(writes.count == 0)
    reading.open()
    #expect(await read.value == nil)
  }

  @Test func shutdownCancelsAllAndRefusesMore() async throws {
    let gate = Gate()
    defer { gate.open() }
    let server = try FakeService.scripted { _ in [.wait(gate)] }
    let transport = try transport(server) { $0.maximumInFlight = 2 }
    let tasks = (0..<5).map { _ in Task { await failure(transport, HTTPRequest(.get, "/")) } }
    try await gate.reached()
    await transport.shutdown()
    for task in tasks { #expect(await task.value?.kind == .cancelled) }
    #expect(await failure(transport, HTTPRequest(.get, "/"))?.kind == .cancelled)
    await transport.shutdown()
  }

  @Test func shutdownBeforeAnyRequest() async throws {
    let server = try FakeService.scripted { _ in [.answer(200)] }
    let transport = try transport(server)
    await transport.shutdown()
    #expect(await failure(transport, HTTPRequest(.get, "/"))?.kind == .cancelled)
    #expect(server.connectionCount == 0)
  }

  @Test func timesOutAndTellsThatTheRequestWasSent() async throws {
    let gate = Gate()
    defer { gate.open() }
    let server = try FakeService.scripted { _ in [.wait(gate)] }
    let transport = try transport(server)
    let error = await failure(transport, HTTPRequest(.put, "/", body: [], timeout: .milliseconds(50)))
    #expect(error == TransportError(.timedOut, wasSent: true))
    #expect(error?.isTransient == true)
  }

  @Test func refusedConnection() async throws {
    let server = try FakeService.scripted { _ in [] }
    let transport = try transport(server)
    server.stop()
    let error = await failure(transport, HTTPRequest(.get, "/"))
    guard case .couldNotConnect = error?.kind else {
      Issue.record(Comment(rawValue: String(describing: error)))
      return
    }
    #expect(error?.isTransient == true && error?.wasSent == false)
  }

  @Test(arguments: [HTTPMethod.get, .put, .post])
  func resetAndClose(method: HTTPMethod) async throws {
    for step in [FakeStep.reset, .close] {
      let server = try FakeService.scripted { _ in [step] }
      let error = await failure(try transport(server), HTTPRequest(method, "/", body: method == .get ? nil : [1]))
      guard case .connectionLost = error?.kind, error?.wasSent == true else {
        Issue.record(Comment(rawValue: String(describing: (step, error))))
        return
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hal",
  ])
  func truncatedBody(answer: String) async throws {
    let server = try FakeService.scripted { _ in [.text(answer), .close] }
    let error = await failure(try transport(server), HTTPRequest(.get, "/"))
    #expect(error?.kind == .truncated && error?.wasSent == true)
    #expect(error?.partial?.status == 200 && error?.partial?.body.isEmpty == false)
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH\r\n",
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhaha",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  ])
  func garbledAnswer(answer: String) async throws {
    let server = try FakeService.scripted { _ in [.text(answer), .close] }
    let error = await failure(try transport(server), HTTPRequest(.get, "/"))
    switch error?.kind {
    case .garbled, .connectionLost: #expect(error?.isTransient == true)
    default: Issue.record(Comment(rawValue: String(describing: error)))
    }
  }

  @Test func largeBodiesBothWays() async throws {
    let server = try FakeService.scripted { request in [.answer(200, String(decoding: request.body, as: UTF8.self))] }
    let body = Array(repeating: UInt8(ascii: "x"), count: 5_000_000)
    let response = try await transport(server).send(HTTPRequest(.put, "/", body: body))
    #expect(response.body == body)
  }

  @Test func refusesABodyOrFieldsBeyondTheLimit() async throws {
    let server = try FakeService.scripted { request in
      request.target == "/body"
        ? [.answer(200, String(repeating: "x", count: 2000))]
        : [.answer(200, fields: (0..<30).map { ("X-\($0)", String(repeating: "y", count: 10_000)) })]
    }
    let transport = try transport(server) { $0.maximumBodyBytes = 1999 }
    let body = await failure(transport, HTTPRequest(.get, "/body"))
    #expect(body?.kind == .tooLarge("the response", limit: 1999))
    #expect(body?.partial?.status == 200)
    let fields = await failure(transport, HTTPRequest(.get, "/fields"))
    #expect(fields?.kind == .tooLarge("the response header", limit: 256 << 10))
    #expect(fields?.partial?.status == 200)
  }

  @Test func aHeaderFieldThatLibcurlDoesNotTakeIsNoLackOfMemory() async throws {
    let server = try FakeService.scripted { _ in
      [.answer(200, fields: [("X-A", String(repeating: "y", count: 150_000))])]
    }
    let error = await failure(try transport(server), HTTPRequest(.put, "/", body: []))
    #expect(error?.kind == .tooLarge("a header field of the response", limit: 100 << 10))
    #expect(error?.wasSent == true && error?.partial?.status == 200)
  }

  @Test func oneAnswerIsAtMostEightMebibytes() async throws {
    let server = try FakeService.scripted { request in
      [.answer(200, String(repeating: "x", count: request.target == "/more" ? (8 << 20) + 1 : 8 << 20))]
    }
    let transport = try transport(server)
    #expect(try await transport.send(HTTPRequest(.get, "/")).body.count == 8 << 20)
    #expect(await failure(transport, HTTPRequest(.get, "/more"))?.kind == .tooLarge("the response", limit: 8 << 20))
  }

  @Test func followsNoRedirect() async throws {
    let other = try FakeService.scripted { _ in [.answer(200)] }
    let server = try FakeService.scripted { [port = other.port] _ in
      [.answer(302, fields: [("Location", "http://127.0.0.1:\(port)/")])]
    }
    let response = try await transport(server).send(HTTPRequest(.get, "/", authorization: Secret("k")))
    #expect(response.status == 302)
    #expect(other.connectionCount == 0)
  }

  @Test func loopbackGoesRoundTheProxy() async throws {
    let proxy = try FakeService.scripted { _ in [.answer(502)] }
    let server = try FakeService.scripted { _ in [.answer(200)] }
    let transport = try transport(server) { $0.proxy = "http://127.0.0.1:\(proxy.port)" }
    #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200)
    #expect(proxy.connectionCount == 0)
  }

  @Test func otherHostsGoThroughTheProxy() async throws {
    let proxy = try FakeService.scripted { request in
      request.method == "CONNECT" && request.target == "api.example.invalid:443"
        ? [.answer(407), .close] : [.answer(200)]
    }
    var options = CurlOptions()
    options.proxy = "http://127.0.0.1:\(proxy.port)"
    let transport = CurlTransport(base: try BaseURL("https://api.example.invalid"), options: options)
    let error = await failure(transport, HTTPRequest(.get, "/"))
    #expect(error == .unsent(.proxyRefused(status: 407)))
    #expect(error?.isTransient == false)
    #expect(proxy.requests.count == 1)
  }

  @Test func aSilentTLSServerWasSentNothing() async throws {
    let server = try FakeService.scripted { _ in [.answer(200)] }
    let transport = CurlTransport(base: try BaseURL("https://127.0.0.1:\(server.port)"))
    let error = await failure(transport, HTTPRequest(.get, "/", timeout: .milliseconds(200)))
    #expect(error == .unsent(.timedOut))
  }

  // MARK: Kept connections that have died

  /// The server reads the second request of a connection and closes it without a word, as when it had timed out.
  private func forgetfulServer() throws -> FakeService {
    try FakeService.scripted { [seen = Mutex<Set<Int>>([])] request in
      let isFirst = seen.withLock { $0.insert(request.connection).inserted }
      return isFirst ? [.answer(200)] : [.close]
    }
  }

  @Test(arguments: [HTTPMethod.put, .delete])
  func repeatsNoWriteOfItsOwnAccord(method: HTTPMethod) async throws {
    let server = try forgetfulServer()
    let transport = try transport(server)
    _ = try await transport.send(HTTPRequest(method, "/", body: []))
    let error = await failure(transport, HTTPRequest(method, "/", body: []))
    #expect(error?.kind == .connectionLost("the server closed the idle connection"))
    #expect(error?.wasSent == true && error?.partial == nil)
    #expect(server.requests.count == 2)
    // The next try is a request like any other.
    #expect(try await transport.send(HTTPRequest(method, "/", body: [])).status == 200)
    #expect(server.requests.count == 3)
  }

  @Test func repeatsAReadAndGivesACreationAConnectionOfItsOwn() async throws {
    let server = try forgetfulServer()
    let transport = try transport(server)
    for _ in 0..<2 { #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200) }
    #expect(server.requests.count == 3)
    for _ in 0..<2 { #expect(try await transport.send(HTTPRequest(.post, "/", body: [])).status == 200) }
    #expect(server.requests.count == 5)
  }

  // MARK: Silence

  @Test(arguments: [HTTPMethod.get, .put])
  func anAnswerThatDoesNotBeginIsNotAwaitedForLong(method: HTTPMethod) async throws {
    let gate = Gate()
    defer { gate.open() }
    let server = try FakeService.scripted { _ in [.wait(gate)] }
    let error = await failure(
      try transport(server) { $0.firstByteTimeout = .milliseconds(100) }, HTTPRequest(method, "/"))
    #expect(error == TransportError(.timedOut, wasSent: true))
  }

  @Test func anAnswerThatHasBegunHasItsTime() async throws {
    let gate = Gate()
    let server = try FakeService.scripted { _ in
      [.text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"), .wait(gate), .text("{}")]
    }
    var options = CurlOptions()
    options.firstByteTimeout = .milliseconds(100)
    options.patience = .milliseconds(300)
    let transport = CurlTransport(
      base: try BaseURL("http://127.0.0.1:\(server.port)"), options: options,
      // By now the first byte would be too late.
      onWait: { wait in if wait?.reason == .answer { gate.open() } })
    #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200)
  }

  @Test func tellsOfASilentServer() async throws {
    let gate = Gate()
    let told = Mutex<[PacingWait.Reason?]>([])
    let server = try FakeService.scripted { _ in [.wait(gate), .answer(200)] }
    var options = CurlOptions()
    options.patience = .milliseconds(20)
    let transport = CurlTransport(
      base: try BaseURL("http://127.0.0.1:\(server.port)"), options: options,
      onWait: { wait in
        // On a busy machine the connection is waited for as well.
        if wait?.reason != .connection { told.withLock { $0.append(wait?.reason) } }
        if wait?.reason == .answer { gate.open() }
      })
    #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200)
    await transport.shutdown()
    #expect(told.withLock(\.self) == [.answer, nil])
  }

  @Test func tellsOfAConnectionThatIsNotMade() async throws {
    let told = Mutex<[PacingWait.Reason?]>([])
    // A server that accepts and never speaks TLS.
    let server = try FakeService.scripted { _ in [] }
    var options = CurlOptions()
    options.patience = .milliseconds(20)
    options.connectTimeout = .milliseconds(1500)
    let transport = CurlTransport(
      base: try BaseURL("https://127.0.0.1:\(server.port)"), options: options,
      onWait: { wait in told.withLock { $0.append(wait?.reason) } })
    #expect(await failure(transport, HTTPRequest(.put, "/", body: [])) == .unsent(.timedOut))
    await transport.shutdown()
    #expect(told.withLock(\.self) == [.connection, nil])
  }
}
