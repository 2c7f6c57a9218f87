import Synchronization
import Testing
import WhDomain

@testable import WhAPI

struct LoggingTransportTests {
  @Test func tellsOfEachRequestOnce() async throws {
    let entries = Mutex<[RequestLogEntry]>([])
    let clock = Mutex(Duration.zero)
    var environment = APIEnvironment.live
    environment.time.monotonic = {
      clock.withLock { time in
        time += .milliseconds(7)
        return time
      }
    }
    let lost = TransportError(.timedOut, wasSent: true)
    let stub = StubTransport { _, number in
      number == 1 ? .success(HTTPResponse(status: 503)) : .failure(lost)
    }
    let transport = LoggingTransport(stub, environment: environment) { entry in entries.withLock { $0.append(entry) } }
    var request = HTTPRequest(.put, "/x?y", authorization: Secret("hunter2"), body: Array("hunter2".utf8))
    _ = try await transport.send(request)
    request.attempt = 2
    await #expect(throws: lost) { try await transport.send(request) }
    let seen = entries.withLock { $0 }
    #expect(seen.map(\.attempt) == [1, 2])
    #expect(seen.map(\.outcome) == [.success(503), .failure(lost)])
    #expect(seen.allSatisfy { $0.duration == .milliseconds(7) && $0.path == "/x?y" && $0.method == .put })
    #expect(!"\(seen)".contains("hunter2"))
  }
}
