import Foundation
import Synchronization
import Testing
import WhDomain
import WhTestSupport

@testable import WhAPI

/// All layers together, over a real socket.
@Suite(.timeLimit(.minutes(1)))
struct APIConnectionTests {
  @Test func tellsWhatItWaitsForAndHowFarTheClocksAreApart() async throws {
    let server = try FakeService.scripted { request in
      let soon = Date(timeIntervalSinceNow: 3600)
      return request.number == 1
        ? [.answer(503)]
        : [.answer(200, #"{"id":"w","appId":"a","url":"u","events":[]}"#, fields: [("Date", Self.httpDate(soon))])]
    }
    var retry = RetryPolicy()
    retry.shortest = .milliseconds(10)
    let waits = Mutex<[PacingWait.Reason?]>([])
    let requests = Mutex(0)
    let connection = APIConnection(
      base: try BaseURL("http://127.0.0.1:\(server.port)"), key: try APIKey("sk_live_app_1"), retry: retry,
      onRequest: { _ in requests.withLock { $0 += 1 } }, onWait: { wait in waits.withLock { $0.append(wait?.reason) } })
    #expect(connection.clockOffset == nil)
    _ = try await connection.client.webhook(app: nil, id: WebhookID(unchecked: "w"))
    await connection.close()
    #expect(waits.withLock(\.self) == [.retry("HTTP 503", nextTry: 2, of: 8), nil])
    #expect(requests.withLock(\.self) == 2)
    #expect(connection.clockOffset.map { abs($0.inSeconds - 3600) < 5 } == true)
  }

  private static func httpDate(_ date: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return formatter.string(from: date)
  }
}

@Suite struct WaitBoardTests {
  @Test func showsWhatHoldsMostBack() {
    let told = Mutex<[PacingWait?]>([])
    let board = WaitBoard { wait in told.withLock { $0.append(wait) } }
    let limit = PacingWait(reason: .limit, until: .seconds(9))
    let network = PacingWait(reason: .answer, until: .seconds(8))
    let (retry, later) = (
      PacingWait(reason: .retry("HTTP 500", nextTry: 2, of: 8), until: .seconds(2)),
      PacingWait(reason: .retry("HTTP 502", nextTry: 2, of: 8), until: .seconds(3))
    )
    let second = board.add(later)
    let first = board.add(retry)
    board.set(network: network)
    board.set(limit: limit)
    board.set(network: nil)
    board.set(limit: limit)
    board.set(limit: nil)
    board.remove(first)
    board.remove(second)
    board.set(limit: nil)
    #expect(told.withLock(\.self) == [later, retry, network, limit, retry, later, nil])
  }
}
