import Testing
import WhDomain
import WhTestSupport

@testable import WhAPI

/// What a server sends in place of an answer, as `scripts/hostile` found it.
@Suite("R7: an answer that is not one", .timeLimit(.minutes(1)))
struct FaultsR7Answers {
  private static let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

  private func failure(_ steps: [FakeStep], _ method: HTTPMethod) async throws -> TransportError? {
    let server = try FakeService.scripted { _ in steps }
    let transport = CurlTransport(base: try BaseURL(server.url), options: CurlOptions())
    do throws(TransportError) {
      _ = try await transport.send(HTTPRequest(method, "/"))
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "R7: chunks that are not chunks are the server's way, and not a lost connection",
    arguments: ["zz\r\n{}\r\n", "FFFFFFFFFFFFFFFFF\r\n{}\r\n", "-5\r\n{}\r\n", "2\r\n{}xx2\r\n"],
    [HTTPMethod.get, .put])
  func chunks(_ chunks: String, _ method: HTTPMethod) async throws {
    let error = try #require(
      try await failure([.text(Self.head + chunks), .endless([], every: .milliseconds(50))], method))
    guard case .garbled = error.kind else {
      Issue.record("\(error)")
      return
    }
    #expect(error.wasSent && error.partial?.status == 200)
  }

  @Test(
    "R7: a status of 1xx announces an answer, and is none",
    arguments: [
      [FakeStep.text("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\u{1}"), .close],
      [.text("HTTP/1.1 103 Early Hints\r\n\r\n"), .close], [.text("HTTP/1.1 100 Continue\r\nX-A: b\r\n"), .reset],
      [.endless(Array("HTTP/1.1 102 Processing\r\nX-More: and more\r\n\r\n".utf8), every: .zero)],
    ], [HTTPMethod.get, .put])
  func interim(_ steps: [FakeStep], _ method: HTTPMethod) async throws {
    let error = try #require(try await failure(steps, method))
    #expect(error.wasSent && error.partial == nil, "\(error)")
    // What came of a write is not known.
    let request = HTTPRequest(method, "/")
    #expect(Effect(of: .failure(error), to: request, now: .zero).isUnknown)
  }

  @Test("R7: interim answers without end are not read again")
  func flood() async throws {
    let flood = FakeStep.endless(Array("HTTP/1.1 102 Processing\r\nX-More: and more\r\n\r\n".utf8), every: .zero)
    let error = try #require(try await failure([flood], .get))
    #expect(error.kind == .tooLarge("the response header", limit: 256 << 10) && !error.isTransient)
  }
}
