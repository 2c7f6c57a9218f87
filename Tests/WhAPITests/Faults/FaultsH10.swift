import Testing
import WhDeterminism
import WhDomain

@testable import WhAPI

@Suite("H10: a hostile server finds an end to everything")
struct FaultsH10 {
  /// How a list goes on for ever.
  enum Endless: String, CaseIterable, Sendable {
    case growingTotal, noTotal, fixedTotal, unreadable, negativeTotal
  }

  @Test("H10: a list without an end is refused", arguments: Endless.allCases, [true, false])
  func list(endless: Endless, isOfApps: Bool) async throws {
    let transport = StubTransport { request, _ in
      let offset = request.path.split(separator: "=").last.flatMap { Int($0) } ?? 0
      let rows = (offset..<offset + 100).map {
        endless == .unreadable ? #"{"id":"w\#($0) x"}"# : #"{"id":"w\#($0)","url":"u","events":[]}"#
      }
      let total =
        switch endless {
        case .growingTotal, .unreadable: #","totalCount":\#(offset + 1000)"#
        case .noTotal: ""
        case .fixedTotal: #","totalCount":1000000000"#
        case .negativeTotal: #","totalCount":-9223372036854775808"#
        }
      return .success(
        HTTPResponse(status: 200, body: Array(#"{"data":[\#(rows.joined(separator: ","))]\#(total)}"#.utf8)))
    }
    let client = HTTPAPIClient(
      sender: RetryingSender(transport, policy: .once), base: .service, key: try APIKey("sk_admin_x"))
    // One that says at first that it is so long is believed until then: it is not read to the end here.
    let most = endless == .fixedTotal ? 50 : Int.max
    await #expect {
      if isOfApps {
        _ = try await Page.all(by: \.id) { (offset) async throws(APIError) in
          if transport.requests.count > most { throw APIError(.malformed, message: "the list does not end: enough") }
          return try await client.listApps(offset: offset, limit: 100)
        }
      } else {
        _ = try await Page.all(by: \.id) { (offset) async throws(APIError) in
          if transport.requests.count > most { throw APIError(.malformed, message: "the list does not end: enough") }
          return try await client.listWebhooks(app: AppID(unchecked: "a"), offset: offset, limit: 100)
        }
      }
    } throws: {
      "\($0)".contains("the list does not end")
    }
    let isTold = endless == .growingTotal || endless == .unreadable
    #expect(transport.requests.count <= (isTold ? 112 : 1012))
  }

  @Test(
    "H10: the same page again and again is read once or twice",
    arguments: ["", #","totalCount":1000"#, #","totalCount":1"#])
  func samePage(total: String) async throws {
    let transport = StubTransport(200, #"{"webhooks":[{"id":"w","url":"u","events":[]}]\#(total)}"#)
    let client = HTTPAPIClient(
      sender: RetryingSender(transport, policy: .once), base: .service, key: try APIKey("sk_admin_x"))
    let list = try await Page.all(by: \.id) { (offset) async throws(APIError) in
      try await client.listWebhooks(app: AppID(unchecked: "a"), offset: offset, limit: 100)
    }
    #expect(list.items.count == 1 && transport.requests.count <= 2)
  }

  private static func status(_ status: Int, _ fields: [HTTPField]) -> StubTransport.Outcome {
    .success(HTTPResponse(status: status, fields: fields, body: Array(#"{"error":"no"}"#.utf8)))
  }

  /// Refusals in between that succeed, so that each is a series of its own.
  @Test(
    "H10: whatever it says, tries are half a second apart and end after 15 minutes",
    arguments: ["-1", "nan", "1e-9", "0.01", "", "1700000000", "inf", "0x10"])
  func refusals(retryAfter: String) throws {
    let time = VirtualTime()
    let stub = StubTransport { _, _ in Self.status(429, [HTTPField("Retry-After", retryAfter)]) }
    let sender = RetryingSender(
      PacedTransport(stub, governor: Governor(environment: time.environment)), environment: time.environment)
    let start = time.now
    let effects = try time.run {
      await withTaskGroup(of: Effect.self) { group in
        for number in 0..<8 { group.addTask { await sender.send(HTTPRequest(.put, "/\(number)", body: [])) } }
        return await group.reduce(into: [Effect]()) { $0.append($1) }
      }
    }
    let taken = time.now - start
    #expect(effects.allSatisfy { $0.error?.category == .rateLimited })
    #expect(taken <= .seconds(15 * 60) && Double(stub.requests.count) <= taken.inSeconds / 0.5 + 9)
  }

  @Test(
    "H10: a reset that never comes ends the run at once, and says when it would be",
    arguments: [3600, 86_400, 95_000_000_000])
  func reset(ahead: Int64) throws {
    let time = VirtualTime()
    let stub = StubTransport { _, _ in
      let wall = time.wall.components.seconds
      return Self.status(
        200,
        [
          HTTPField("Date", "Tue, 14 Nov 2023 22:30:00 GMT"), HTTPField("X-RateLimit-Limit", "120"),
          HTTPField("X-RateLimit-Remaining", "0"), HTTPField("X-RateLimit-Reset", "\(wall + ahead)"),
        ])
    }
    let sender = RetryingSender(
      PacedTransport(stub, governor: Governor(environment: time.environment)), environment: time.environment)
    let start = time.now
    let (first, second) = try time.run {
      (await sender.send(HTTPRequest(.get, "/")), await sender.send(HTTPRequest(.get, "/")))
    }
    #expect(first.error == nil && second.error?.category == .rateLimited)
    #expect(second.error?.message.contains("try again after ") == true)
    #expect(time.now - start < .seconds(1) && stub.requests.count == 1)
  }
}
