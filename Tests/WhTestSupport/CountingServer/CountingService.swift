import Foundation
import Synchronization
import WhDeterminism

/// The service of a `CountingServer`, apart from its sockets: what the webhooks are, the limit, the faults and the log.
final class CountingService: Sendable {
  /// What is to be done with a connection.
  enum Answer {
    case send(status: Int, body: String, fields: [String])
    /// Sends so much of the answer, and ends the connection.
    case cutOff(status: Int, body: String, fields: [String])
    case reset
  }

  struct Request {
    let method: String
    let path: String
    let key: String
    let body: [UInt8]
  }

  /// How long to wait before an answer, and the answer.
  struct Reply {
    let pause: Duration
    let answer: Answer
  }

  private struct State {
    var changed: [Int: WebhookFields] = [:]
    var log: [ServedRequest] = []
    var window = 0
    var used = 0
    var random: SeededGenerator
    var faults = 0
  }

  let shape: ServerShape
  private let state: Mutex<State>

  init(_ shape: ServerShape) {
    self.shape = shape
    state = Mutex(State(random: SeededGenerator(seed: shape.seed)))
  }

  var log: [ServedRequest] { state.withLock { $0.log } }

  func clearLog() { state.withLock { $0.log = [] } }

  /// What a webhook holds, by its number: all apps' webhooks are numbered in a row.
  func fields(of number: Int) -> WebhookFields {
    state.withLock { $0.changed[number] } ?? WebhookFields(original: number, in: shape)
  }

  func reply(to request: Request) -> Reply {
    let now = Self.now()
    return state.withLock { state in
      var fields: [String] = []
      var refusal: Answer?
      if let limit = shape.limit { (fields, refusal) = count(&state, limit, at: now) }
      let fault = refusal == nil ? drawFault(&state) : nil
      let answer = refusal ?? answer(to: request, fault, fields, &state)
      let status: Int? =
        switch answer {
        case .send(let status, _, _), .cutOff(let status, _, _): status
        case .reset: nil
        }
      state.log.append(
        ServedRequest(
          method: request.method, path: request.path, status: status, fault: fault, key: request.key, time: now))
      return Reply(pause: shape.latency + (fault == .stall ? shape.stall : .zero), answer: answer)
    }
  }

  // MARK: The limit

  private func count(
    _ state: inout State, _ limit: (requests: Int, seconds: Int), at now: Duration
  ) -> (fields: [String], refusal: Answer?) {
    let window = Int(now.components.seconds) / limit.seconds
    if window != state.window { (state.window, state.used) = (window, 0) }
    let reset = (window + 1) * limit.seconds
    let isOver = state.used >= limit.requests
    if !isOver { state.used += 1 }
    let fields = [
      "X-RateLimit-Limit: \(limit.requests)", "X-RateLimit-Remaining: \(limit.requests - state.used)",
      "X-RateLimit-Reset: \(reset)",
    ]
    guard isOver else { return (fields, nil) }
    let rest = max(1, reset - Int(now.components.seconds))
    let body = #"{"error": "Rate limit exceeded. Try again in \#(rest) seconds."}"#
    return (fields, .send(status: 429, body: body, fields: fields + ["Retry-After: \(rest)"]))
  }

  static func now() -> Duration { .seconds(Date().timeIntervalSince1970) }

  // MARK: Faults

  private func drawFault(_ state: inout State) -> ServerFault? {
    guard shape.faultShare > 0, !shape.faultKinds.isEmpty else { return nil }
    guard state.random.chance() < shape.faultShare else { return nil }
    defer { state.faults += 1 }
    return shape.faultKinds[state.faults % shape.faultKinds.count]
  }

  private func answer(
    to request: Request, _ fault: ServerFault?, _ fields: [String], _ state: inout State
  ) -> Answer {
    if let fault, !fault.isApplied {
      let error = #"{"error": {"type": "api_error", "message": "for a test"}}"#
      switch fault {
      case .status500: return .send(status: 500, body: error, fields: fields)
      case .status503: return .send(status: 503, body: error, fields: fields)
      case .status429: return .send(status: 429, body: error, fields: fields + ["Retry-After: 1"])
      case .errorPage: return .send(status: 502, body: "<html><h1>Bad Gateway</h1></html>", fields: fields)
      case .resetBefore, .resetAfter, .cutOff, .garbage, .stall: return .reset
      }
    }
    let (status, body) = perform(request, &state)
    switch fault {
    case .resetAfter: return .reset
    case .cutOff: return .cutOff(status: status, body: body, fields: fields)
    case .garbage: return .send(status: 200, body: "\u{7F}ELF, and no JSON", fields: fields)
    default: return .send(status: status, body: body, fields: fields)
    }
  }

  // MARK: The operations

  private func perform(_ request: Request, _ state: inout State) -> (status: Int, body: String) {
    let pieces = request.path.split(separator: "?", maxSplits: 1)
    let steps = (pieces.first ?? "").split(separator: "/").map(String.init)
    guard steps.starts(with: ["v1", "organization", "apps"]) else { return Self.missing }
    let query = pieces.count > 1 ? String(pieces[1]) : ""
    if steps.count == 3, request.method == "GET" {
      let range = Self.page(query, of: shape.apps)
      let apps = range.map { WebhookFields.appJSON($0) }.joined(separator: ",")
      return (200, #"{"apps":[\#(apps)],"totalCount":\#(shape.apps)}"#)
    }
    guard steps.count > 4, steps[4] == "webhooks", let app = WebhookFields.number(in: steps[3]), app < shape.apps else {
      return Self.missing
    }
    if steps.count == 5, request.method == "GET" {
      let first = app * shape.webhooksPerApp
      let range = Self.page(query, of: shape.webhooksPerApp)
      let webhooks = range.map { json(first + $0, state) }.joined(separator: ",")
      return (200, #"{"webhooks":[\#(webhooks)],"totalCount":\#(shape.webhooksPerApp)}"#)
    }
    guard steps.count == 6, let number = WebhookFields.number(in: steps[5]), number / shape.webhooksPerApp == app else {
      return Self.missing
    }
    if request.method == "PUT" {
      var fields = state.changed[number] ?? WebhookFields(original: number, in: shape)
      guard fields.take(Data(request.body)) else {
        return (400, #"{"error": {"type": "invalid_request_error", "message": "the body is no update"}}"#)
      }
      state.changed[number] = fields
    } else if request.method != "GET" {
      return (405, "")
    }
    return (200, json(number, state))
  }

  private func json(_ number: Int, _ state: State) -> String {
    (state.changed[number] ?? WebhookFields(original: number, in: shape)).json(number, in: shape)
  }

  private static let missing = (404, #"{"error": {"type": "invalid_request_error", "message": "no such thing"}}"#)

  private static func page(_ query: String, of total: Int) -> Range<Int> {
    func value(_ name: String) -> Int? {
      query.split(separator: "&").first { $0.hasPrefix(name + "=") }.flatMap { Int($0.dropFirst(name.count + 1)) }
    }
    let start = min(total, max(0, value("offset") ?? 0))
    return start..<min(total, start + min(100, max(1, value("limit") ?? 20)))
  }
}
