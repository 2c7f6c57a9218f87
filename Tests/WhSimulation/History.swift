import WhDomain

/// What happens in one history, as a value: made from a seed, made smaller where it fails, and printed.
package struct History: Hashable, Sendable {
  /// The seed, from which all that is left to chance comes too.
  package let seed: UInt64
  var settings = Settings()
  /// The webhooks that each app has at the start.
  var apps: [[Content]] = []
  var programs: [Program] = []
  var faults: [Fault] = []
  var outages: [Outage] = []
  var ends: [ProcessEnd] = []
  var deeds: [Deed] = []
  var fullDisks: [Span] = []
  var losses: [Loss] = []
  /// The times in which the server of the journal is down; it stops at once, and all connections to it end.
  var serverStops: [Span] = []
  /// Whether the newest run is undone at the end.
  var isUndone = false

  /// What a webhook holds.
  struct Content: Hashable, Sendable {
    var url: String
    var events: [String]
    var headers: [String: String] = [:]
  }

  struct Settings: Hashable, Sendable {
    var recheck = 30
    var jobs = 2
    var conflicts = "skip"
    /// How far the service's clock is ahead, in milliseconds.
    var clockOffset = 0
    /// Whether the service returns the events of a webhook in another order each time.
    var shufflesEvents = false
    var tellsTotals = true
    /// How many webhooks a page holds at most.
    var pageCap = 100
    var hasGet = true
    /// The service's limit: requests in a window, and its length in milliseconds; nil for none.
    var limit: Limit?
    /// The longest way of a request, and of an answer, in milliseconds.
    var latency = 20
  }

  struct Limit: Hashable, Sendable {
    var requests: Int
    var window: Int
  }

  /// A time from the start of the history, in milliseconds.
  struct Span: Hashable, Sendable {
    var start: Int
    var end: Int

    func contains(_ time: Int) -> Bool { start <= time && time < end }
  }

  /// What one machine does: scripts, one after another, each in a process of its own.
  struct Program: Hashable, Sendable {
    var machine: Int
    /// How long the machine waits before it.
    var pause: Int
    /// Whether it is typed at the prompt, where each commit is a run and an error ends nothing.
    var isPrompt: Bool
    var ignoresUnfinished: Bool
    /// Whether the user resumes what it leaves unfinished.
    var isResumed: Bool
    var steps: [Step]
  }

  enum Step: Hashable, Sendable {
    case use(app: Int?)
    case choose(Choice)
    case edit(Edit)
    case delete, commit, rollback, refresh, undo, goOn
    case create(url: String, event: String)
    case wait(Int)
  }

  enum Choice: Hashable, Sendable {
    case all
    case withEvent(String)
    case id(String)
  }

  enum Edit: Hashable, Sendable {
    case setURL(String)
    case addEvent(String)
    case removeEvent(String)
    case setHeader(String)
  }

  /// What becomes of some requests, counted from the start of the history.
  struct Fault: Hashable, Sendable {
    var first: Int
    var count: Int
    var fate: Fate
  }

  /// A time in which the service is in a bad way.
  struct Outage: Hashable, Sendable {
    var span: Span
    var fate: Fate
  }

  /// The end of a process, before it is done: after this number of its effects.
  struct ProcessEnd: Hashable, Sendable {
    /// Counted in the order in which processes start.
    var process: Int
    var effects: Int
    var isCrash: Bool
  }

  /// The loss of a process's connection to the journal, in an operation that is counted from the start of the history.
  struct Loss: Hashable, Sendable {
    var operation: Int
    /// Whether the operation was committed before, and only its answer is lost.
    var isDone: Bool
    /// How long the process can't connect again, in milliseconds.
    var outage: Int
  }

  /// What another client does.
  struct Deed: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      case edit(Edit)
      case delete
      case create(url: String)
    }

    var time: Int
    /// The app and the webhook, counted among those that there are then.
    var app: Int
    var webhook: Int
    var kind: Kind
  }
}

/// What becomes of one request.
enum Fate: Hashable, Sendable {
  case answered
  /// The service turns it down, and does nothing.
  case refused(Int)
  /// The service does it, and then answers with an error.
  case appliedThenFailed(Int)
  /// The service does it, and answers with this status and no body.
  case appliedWithoutBody(Int)
  /// It never arrives, and the client can't know that.
  case lost(Loss)
  /// The service does it, and the answer is lost.
  case answerLost(Loss)
  /// The service does it, and the answer ends after its status.
  case brokenOff
  /// The client thinks it is lost, and it arrives this number of milliseconds later.
  case late(Int)
  case noConnection
  /// It takes this number of milliseconds more.
  case slow(Int)

  enum Loss: Hashable, Sendable {
    case reset, timeout
  }
}

extension History.Content {
  /// Events are a set.
  static func == (left: Self, right: Self) -> Bool {
    left.url == right.url && left.headers == right.headers && Set(left.events) == Set(right.events)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(url) }

  init(_ webhook: Webhook) {
    self.init(
      url: webhook.url, events: webhook.events,
      headers: Dictionary(webhook.headers.all.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
  }

  /// Only the fields that a patch sets.
  func limited(to patch: WebhookPatch) -> Self {
    Self(
      url: patch.url == nil ? "" : url, events: patch.events == nil ? [] : events,
      headers: patch.headers == nil ? [:] : headers)
  }

  mutating func apply(_ patch: WebhookPatch) {
    if let url = patch.url { self.url = url }
    if let events = patch.events { self.events = events }
    if let headers = patch.headers {
      self.headers = Dictionary(headers.all.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
  }

  mutating func apply(_ edit: History.Edit) {
    switch edit {
    case .setURL(let url): self.url = url
    case .addEvent(let event): if !events.contains(event) { events.append(event) }
    case .removeEvent(let event): events.removeAll { $0 == event }
    case .setHeader(let value): headers["X-Team"] = value
    }
  }
}

extension History.Step {
  /// The statement; nil for a pause.
  ///
  /// - Parameter apps: how many apps there are.
  func text(apps: Int) -> String? {
    switch self {
    case .use(nil): "use app *"
    case .use(let app?): "use app app_\(app % apps + 1)"
    case .choose(.all): "webhook *"
    case .choose(.withEvent(let event)): "webhook where event \(event)"
    case .choose(.id(let id)): "webhook \(id)"
    case .edit(.setURL(let url)): "set url \(url)"
    case .edit(.addEvent(let event)): "add event \(event)"
    case .edit(.removeEvent(let event)): "remove event \(event)"
    case .edit(.setHeader(let value)): "set header X-Team \(value)"
    case .delete: "delete webhook"
    case .create(let url, let event): "create webhook \(url) events \(event)"
    case .commit: "commit"
    case .rollback: "rollback"
    case .refresh: "refresh"
    case .undo: "undo"
    case .goOn: "on error continue"
    case .wait: nil
    }
  }
}
