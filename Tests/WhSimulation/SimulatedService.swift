import WhDeterminism
import WhDomain
import WhJournal

/// The service, with a record of all that was ever done to each webhook.
///
/// What is on its way to it waits in a queue, and is done when its time has come.
final class SimulatedService: @unchecked Sendable {
  enum Cause: Hashable {
    case start
    /// Another client.
    case other
    /// A request of this tool, by its number.
    case request(Int)
  }

  /// What a webhook held from a moment on; nil where it was gone.
  struct Version {
    let time: Int
    let content: History.Content?
    let cause: Cause
  }

  struct Held {
    var content: History.Content
    let created: Moment
  }

  /// How the service answers a request that arrived.
  final class Answer: @unchecked Sendable {
    var status = 0
    var key: WebhookKey?
    /// What the webhook held just then; nil after a deletion, and where there was none.
    var held: Held?
  }

  private struct Event {
    let time: Int
    let order: Int
    let action: Action
  }

  private enum Action {
    case deed(History.Deed)
    case write(Change, request: Int, Answer)
  }

  /// When the webhooks of the start were created, in milliseconds.
  private static let longAgo = -86_400_000

  /// When the history begins, by the clock of the machines.
  private let start: Int64
  private let settings: History.Settings
  let apps: [AppID]
  private var lists: [AppID: [WebhookID]] = [:]
  private var held: [WebhookKey: Held] = [:]
  private(set) var versions: [WebhookKey: [Version]] = [:]
  private var events: [Event] = []
  private var made = 0
  private var windowEnd = 0
  private var spent = 0
  /// Called with each change.
  var tell: (String) -> Void = { _ in }

  init(_ history: History, _ time: VirtualTime) {
    start = World.moment(time.wall).milliseconds
    settings = history.settings
    apps = history.apps.indices.map { AppID(unchecked: "app_\($0 + 1)") }
    for (app, webhooks) in zip(apps, history.apps) {
      lists[app] = []
      for content in webhooks { add(content, to: app, .start, at: 0) }
    }
    for deed in history.deeds { schedule(.deed(deed), at: deed.time) }
  }

  // MARK: The limit

  /// What is left of a window of the limit.
  struct Allowance {
    let limit: Int
    let left: Int
    /// When the window ends.
    let end: Int
    let isRefused: Bool
  }

  /// Counts a request; nil where there is no limit.
  func spend(at time: Int) -> Allowance? {
    guard let limit = settings.limit else { return nil }
    if time >= windowEnd { (windowEnd, spent) = (time + limit.window, 0) }
    let isRefused = spent >= limit.requests
    if !isRefused { spent += 1 }
    return Allowance(limit: limit.requests, left: limit.requests - spent, end: windowEnd, isRefused: isRefused)
  }

  // MARK: What is on its way

  /// Lets a write arrive at a time, and gives what is to be answered once it has come.
  func schedule(_ change: Change, request: Int, at time: Int) -> Answer {
    let answer = Answer()
    schedule(.write(change, request: request, answer), at: time)
    return answer
  }

  private func schedule(_ action: Action, at time: Int) {
    events.append(Event(time: time, order: events.count, action: action))
    events.sort { ($0.time, $0.order) < ($1.time, $1.order) }
  }

  /// Does all that has arrived by now.
  func catchUp(to now: Int) {
    while let event = events.first, event.time <= now {
      events.removeFirst()
      switch event.action {
      case .deed(let deed): perform(deed, at: event.time)
      case .write(let change, let request, let answer): apply(change, .request(request), answer, at: event.time)
      }
    }
  }

  // MARK: Writes

  private func apply(_ change: Change, _ cause: Cause, _ answer: Answer, at time: Int) {
    switch change.action {
    case .create(let url, let events, let headers):
      answer.status = 201
      var content = History.Content(url: url, events: events)
      content.apply(WebhookPatch(headers: headers))
      answer.key = add(content, to: change.app.id, cause, at: time)
    case .update(_, let patch):
      guard var content = held[change.key]?.content else { return answer.status = 404 }
      content.apply(patch)
      held[change.key]?.content = content
      note(content, of: change.key, cause, at: time)
      (answer.status, answer.key) = (200, change.key)
    case .delete:
      guard held[change.key] != nil else { return answer.status = 404 }
      remove(change.key, cause, at: time)
      answer.status = 200
    }
    answer.held = answer.key.flatMap { held[$0] }
  }

  private func perform(_ deed: History.Deed, at time: Int) {
    let app = apps[deed.app % apps.count]
    if case .create(let url) = deed.kind {
      add(History.Content(url: url, events: ["MESSAGE_SENT"]), to: app, .other, at: time)
      return
    }
    guard let list = lists[app], !list.isEmpty else { return }
    let key = WebhookKey(app, list[deed.webhook % list.count])
    switch deed.kind {
    case .create: return
    case .delete: remove(key, .other, at: time)
    case .edit(let edit):
      guard var content = held[key]?.content else { return }
      content.apply(edit)
      guard content != held[key]?.content else { return }
      held[key]?.content = content
      note(content, of: key, .other, at: time)
    }
  }

  @discardableResult
  private func add(_ content: History.Content, to app: AppID, _ cause: Cause, at time: Int) -> WebhookKey {
    made += 1
    let key = WebhookKey(app, WebhookID(unchecked: "w\(made)"))
    lists[app, default: []].append(key.webhook)
    held[key] = Held(content: content, created: clock(at: cause == .start ? Self.longAgo : time))
    note(content, of: key, cause, at: time)
    return key
  }

  private func remove(_ key: WebhookKey, _ cause: Cause, at time: Int) {
    held[key] = nil
    lists[key.app]?.removeAll { $0 == key.webhook }
    note(nil, of: key, cause, at: time)
  }

  private func note(_ content: History.Content?, of key: WebhookKey, _ cause: Cause, at time: Int) {
    versions[key, default: []].append(Version(time: time, content: content, cause: cause))
    tell("\(key.webhook) of \(key.app) holds since \(time) ms by \(cause): \(content.map { "\($0)" } ?? "nothing")")
  }

  // MARK: Reads

  /// The service's clock at a time of the history.
  func clock(at time: Int) -> Moment { Moment(milliseconds: start + Int64(time + settings.clockOffset)) }

  func holds(_ key: WebhookKey) -> Held? { held[key] }

  func webhooks(of app: AppID) -> [WebhookID]? { lists[app] }
}
