import Foundation
import Synchronization
import WhDeterminism

/// The service of a `CountingService`, apart from its sockets: what the webhooks are, the limit, the faults and the log.
final class CountedWebhooks: Sendable {
  private typealias Fields = [(name: String, value: String)]

  private struct State {
    var changed: [Int: WebhookFields] = [:]
    var log: [ServedRequest] = []
    var window = 0
    var used = 0
    var random: SeededGenerator
    var faults = 0
  }

  let shape: ServiceShape
  private let state: Mutex<State>

  init(_ shape: ServiceShape) {
    self.shape = shape
    state = Mutex(State(random: SeededGenerator(seed: shape.seed)))
  }

  var log: [ServedRequest] { state.withLock { $0.log } }

  func clearLog() { state.withLock { $0.log = [] } }

  /// What a webhook holds, by its number: all apps' webhooks are numbered in a row.
  func fields(of number: Int) -> WebhookFields {
    state.withLock { $0.changed[number] } ?? WebhookFields(original: number, in: shape)
  }

  func steps(for request: RecordedRequest) -> [FakeStep] {
    let now = Self.now()
    return state.withLock { state in
      var fields: Fields = []
      var refusal: CannedAnswer?
      if let limit = shape.limit { (fields, refusal) = count(&state, limit, at: now) }
      let fault = refusal == nil ? drawFault(&state) : nil
      let answer = refusal ?? answer(to: request, fault, fields, &state)
      let key = request["Authorization"].map { String($0.dropFirst("Bearer ".count)) } ?? ""
      state.log.append(
        ServedRequest(
          method: request.method, path: request.target, status: answer?.status, fault: fault, key: key, time: now))
      let pause = shape.latency + (fault == .stall ? shape.stall : .zero)
      return (pause > .zero ? [.pause(pause)] : []) + Self.steps(answer, fault)
    }
  }

  /// Without an answer, or after a part of one, the connection ends.
  private static func steps(_ answer: CannedAnswer?, _ fault: ServiceFault?) -> [FakeStep] {
    guard let answer else { return [.reset] }
    guard fault == .cutOff else { return [.answer(answer)] }
    return [.send(answer.bytes.dropLast(answer.body.count / 2 + 1)), .close]
  }

  // MARK: The limit

  private func count(
    _ state: inout State, _ limit: (requests: Int, seconds: Int), at now: Duration
  ) -> (fields: Fields, refusal: CannedAnswer?) {
    let window = Int(now.components.seconds) / limit.seconds
    if window != state.window { (state.window, state.used) = (window, 0) }
    let reset = (window + 1) * limit.seconds
    let isOver = state.used >= limit.requests
    if !isOver { state.used += 1 }
    let fields = [
      (name: "X-RateLimit-Limit", value: "\(limit.requests)"),
      (name: "X-RateLimit-Remaining", value: "\(limit.requests - state.used)"),
      (name: "X-RateLimit-Reset", value: "\(reset)"),
    ]
    guard isOver else { return (fields, nil) }
    let rest = max(1, reset - Int(now.components.seconds))
    let body = #"{"error": "Rate limit exceeded. Try again in \#(rest) seconds."}"#
    return (fields, Self.json(429, body, fields + [("Retry-After", "\(rest)")]))
  }

  static func now() -> Duration { .seconds(Date().timeIntervalSince1970) }

  // MARK: Faults

  private func drawFault(_ state: inout State) -> ServiceFault? {
    guard shape.faultShare > 0, !shape.faultKinds.isEmpty else { return nil }
    guard state.random.chance() < shape.faultShare else { return nil }
    defer { state.faults += 1 }
    return shape.faultKinds[state.faults % shape.faultKinds.count]
  }

  /// Nil where the connection is reset instead.
  private func answer(
    to request: RecordedRequest, _ fault: ServiceFault?, _ fields: Fields, _ state: inout State
  ) -> CannedAnswer? {
    if let fault, !fault.isApplied {
      let error = #"{"error": {"type": "api_error", "message": "for a test"}}"#
      switch fault {
      case .status500: return Self.json(500, error, fields)
      case .status503: return Self.json(503, error, fields)
      case .status429: return Self.json(429, error, fields + [("Retry-After", "1")])
      case .errorPage: return Self.json(502, "<html><h1>Bad Gateway</h1></html>", fields)
      case .resetBefore, .resetAfter, .cutOff, .garbage, .stall: return nil
      }
    }
    let (status, body) = perform(request, &state)
    switch fault {
    case .resetAfter: return nil
    case .garbage: return Self.json(200, "\u{7F}ELF, and no JSON", fields)
    default: return Self.json(status, body, fields)
    }
  }

  private static func json(_ status: Int, _ body: String, _ fields: Fields) -> CannedAnswer {
    CannedAnswer(status, fields: [("Content-Type", "application/json")] + fields, body: Array(body.utf8))
  }

  // MARK: The operations

  private func perform(_ request: RecordedRequest, _ state: inout State) -> (status: Int, body: String) {
    let pieces = request.target.split(separator: "?", maxSplits: 1)
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
