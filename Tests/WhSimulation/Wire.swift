import WhAPI
import WhDomain
import WhJournal

/// What the service says, as it goes over the wire.
struct Wire {
  let service: SimulatedService
  let settings: History.Settings
  /// The time of the history.
  let now: Int
  /// What is left of the limit.
  let allowance: SimulatedService.Allowance?
  /// By how much the lists of events are turned.
  let turn: Int

  /// A request that only reads, as its path names it.
  enum Read {
    case apps(offset: Int, limit: Int)
    case webhooks(AppID, offset: Int, limit: Int)
    case webhook(WebhookKey, isGet: Bool)

    init?(_ request: HTTPRequest) {
      let parts = request.pathAlone.split(separator: "/").map(String.init)
      let query = request.path.split(whereSeparator: { "?&".contains($0) }).dropFirst()
        .compactMap { $0.split(separator: "=").last.flatMap { Int($0) } }
      let (limit, offset) = query.count == 2 ? (query[0], query[1]) : (100, 0)
      switch (request.method, parts.count) {
      case (.get, 3): self = .apps(offset: offset, limit: limit)
      case (.get, 5): self = .webhooks(AppID(unchecked: parts[3]), offset: offset, limit: limit)
      // A `PUT` of nothing reads too.
      case (.get, 6), (.put, 6):
        let isGet = request.method == .get
        guard isGet || request.body == Array("{}".utf8) else { return nil }
        self = .webhook(WebhookKey(AppID(unchecked: parts[3]), WebhookID(unchecked: parts[5])), isGet: isGet)
      default: return nil
      }
    }
  }

  func answer(to read: Read) -> HTTPResponse {
    switch read {
    case .apps(let offset, let limit):
      let page = service.apps.dropFirst(offset).prefix(min(limit, settings.pageCap))
      return list("apps", page.map { "{\"id\":\"\($0)\",\"slug\":\"slug-\($0)\"}" }, of: service.apps.count)
    case .webhooks(let app, let offset, let limit):
      guard let ids = service.webhooks(of: app) else { return refusal(404, "No such app") }
      let keys = ids.dropFirst(offset).prefix(min(limit, settings.pageCap)).map { WebhookKey(app, $0) }
      return list("webhooks", keys.compactMap { key in service.holds(key).map { json(key, $0) } }, of: ids.count)
    case .webhook(let key, let isGet):
      if isGet, !settings.hasGet { return refusal(405, "Method not allowed") }
      guard let held = service.holds(key) else { return refusal(404, "No such webhook") }
      return response(200, json(key, held))
    }
  }

  /// The answer to a write that has arrived.
  func answer(_ answer: SimulatedService.Answer) -> HTTPResponse {
    guard answer.status < 300 else { return refusal(answer.status, "No such webhook") }
    guard let key = answer.key, let held = answer.held else {
      return response(answer.status, "{\"message\":\"Webhook deleted\"}")
    }
    return response(answer.status, json(key, held))
  }

  func refusal(_ status: Int, _ message: String = "No") -> HTTPResponse {
    var response = response(status, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"\(message)\"}}")
    if status == 429 {
      response.fields.append(HTTPField("Retry-After", allowance.map { "\(secondsUntil($0.end))" } ?? "1"))
    }
    return response
  }

  /// - Parameter location: the path of what was created, if the answer contains it.
  func response(_ status: Int, _ body: String, location: String? = nil) -> HTTPResponse {
    var fields = [HTTPField("Date", date)]
    if let allowance {
      fields += [
        HTTPField("X-RateLimit-Limit", "\(allowance.limit)"), HTTPField("X-RateLimit-Remaining", "\(allowance.left)"),
        HTTPField("X-RateLimit-Reset", "\(service.clock(at: allowance.end).milliseconds / 1000 + 1)"),
      ]
    }
    if let location { fields.append(HTTPField("Location", location)) }
    return HTTPResponse(status: status, fields: fields, body: Array(body.utf8))
  }

  private func secondsUntil(_ time: Int) -> Int { max(1, (time - now + 999) / 1000) }

  private func list(_ name: String, _ items: [String], of total: Int) -> HTTPResponse {
    let list = "[" + items.joined(separator: ",") + "]"
    return response(200, settings.tellsTotals ? "{\"\(name)\":\(list),\"totalCount\":\(total)}" : list)
  }

  /// `02 Nov 2026 12:00:00 GMT`.
  private var date: String {
    let text = service.clock(at: now).description
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = Int(text.dropFirst(5).prefix(2)).map { months[$0 - 1] } ?? ""
    return "\(text.dropFirst(8).prefix(2)) \(month) \(text.prefix(4)) \(text.dropFirst(11).dropLast()) GMT"
  }

  private func json(_ key: WebhookKey, _ held: SimulatedService.Held) -> String {
    var events = held.content.events
    if !events.isEmpty { events = Array(events[(turn % events.count)...] + events[..<(turn % events.count)]) }
    let headers = held.content.headers.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
    let list = events.map { "\"\($0)\"" }.joined(separator: ",")
    return "{\"id\":\"\(key.webhook)\",\"appId\":\"\(key.app)\",\"url\":\"\(held.content.url)\",\"events\":[\(list)],"
      + "\"headers\":{\(headers)},\"createdAt\":\"\(held.created)\"}"
  }
}
