import Foundation
import Testing
import WhTestSupport

@testable import WhAPI

@Suite("R5: one response is at most as long as configured", .timeLimit(.minutes(1)))
struct FaultsR5 {
  /// 100,000 bytes of `x`, packed by gzip.
  private static let packed =
    "H4sIAAAAAAACA+3BMQEAAADCoNqLbw0PoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIBXA3ERB/6ghgEA"

  private func failure(_ limit: Int, _ steps: [FakeStep]) async throws -> TransportError? {
    let server = try FakeService.scripted { _ in steps }
    var options = CurlOptions()
    options.maximumBodyBytes = limit
    let transport = CurlTransport(base: try BaseURL(server.url), options: options)
    do throws(TransportError) {
      _ = try await transport.send(HTTPRequest(.get, "/"))
      return nil
    } catch {
      return error
    }
  }

  @Test("R5: by default that is 8 MiB")
  func standard() {
    #expect(CurlOptions().maximumBodyBytes == 8 << 20)
  }

  @Test("R5: a byte more than configured is refused, in one piece or in chunks", arguments: [1, 1000, 100_000])
  func limits(limit: Int) async throws {
    for (count, isTooLarge) in [(limit, false), (limit + 1, true)] {
      let text = String(repeating: "x", count: count)
      let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(count, radix: 16))\r\n\(text)\r\n0\r\n\r\n"
      let untold = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\(text)"
      for steps in [[FakeStep.answer(200, text)], [.text(chunked)], [.text(untold), .close]] {
        let error = try await failure(limit, steps)
        #expect(error?.kind == (isTooLarge ? .tooLarge("the response", limit: limit) : nil), "\(steps)")
      }
    }
  }

  @Test("R5: a packed response counts as what it is unpacked", arguments: [(99_999, true), (100_000, false)])
  func packed(limit: Int, isTooLarge: Bool) async throws {
    let bytes = Array(try #require(Data(base64Encoded: Self.packed)))
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bytes.count)\r\n\r\n"
    let error = try await failure(limit, [.text(head), .send(bytes)])
    #expect(error?.kind == (isTooLarge ? .tooLarge("the response", limit: limit) : nil))
  }
}
