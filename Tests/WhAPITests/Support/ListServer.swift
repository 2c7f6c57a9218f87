import Foundation
import Synchronization
import WhDomain

@testable import WhAPI

/// A service that lists one app's webhooks, or apps, in pages. Others may change them in the meantime.
final class ListServer: Sendable {
  /// How a page names its parts.
  enum Envelope: String, CaseIterable, Sendable {
    case named, data, bare
  }

  struct State {
    /// Whole rows, as JSON.
    var rows: [String]
    var offsets: [Int] = []
  }

  let state: Mutex<State>
  private let envelope: Envelope
  private let cap: Int
  private let tellsTotal: Bool
  /// What others do before a page is read, by its number from 0.
  private let changes: [Int: @Sendable (inout [String]) -> Void]

  /// - Parameter cap: the most rows of a page, whatever is requested.
  init(
    _ rows: [String], _ envelope: Envelope = .named, cap: Int = 100, tellsTotal: Bool = true,
    changes: [Int: @Sendable (inout [String]) -> Void] = [:]
  ) {
    state = Mutex(State(rows: rows))
    self.envelope = envelope
    self.cap = cap
    self.tellsTotal = tellsTotal
    self.changes = changes
  }

  static func row(_ number: Int) -> String { #"{"id":"w\#(number)","appId":"a","url":"u","events":[]}"# }

  static func rows(_ numbers: some Sequence<Int>) -> [String] { numbers.map(row) }

  /// How many pages were read.
  var pages: Int { state.withLock { $0.offsets.count } }

  var client: HTTPAPIClient {
    get throws {
      let transport = StubTransport { request, _ in .success(self.answer(request.path)) }
      return HTTPAPIClient(
        sender: RetryingSender(transport, policy: .once), base: .service, key: try APIKey("sk_admin_x"))
    }
  }

  /// All webhooks, read as a session does.
  func webhooks() async throws -> Page<Webhook> {
    let client = try client
    return try await Page.all(by: \.id) { (offset) async throws(APIError) in
      try await client.listWebhooks(app: AppID(unchecked: "a"), offset: offset, limit: 100)
    }
  }

  func apps() async throws -> Page<App> {
    let client = try client
    return try await Page.all(by: \.id) { (offset) async throws(APIError) in
      try await client.listApps(offset: offset, limit: 100)
    }
  }

  private func answer(_ path: String) -> HTTPResponse {
    let query = URLComponents(string: path)?.queryItems ?? []
    func number(_ name: String) -> Int { query.first { $0.name == name }?.value.flatMap { Int($0) } ?? 0 }
    let body = state.withLock { state in
      changes[state.offsets.count]?(&state.rows)
      state.offsets.append(number("offset"))
      let rows = state.rows.dropFirst(number("offset")).prefix(min(cap, number("limit")))
      let list = "[" + rows.joined(separator: ",") + "]"
      let total = tellsTotal ? #","totalCount":\#(state.rows.count)"# : ""
      let name = envelope == .data ? "data" : path.contains("/webhooks") ? "webhooks" : "apps"
      return envelope == .bare ? list : #"{"nextCursor":"c","\#(name)":\#(list)\#(total)}"#
    }
    return HTTPResponse(status: 200, body: Array(body.utf8))
  }
}
