import WhTestSupport

/// One way in which a server is hostile or broken, and what `wh` is to make of it.
struct Behaviour: Sendable {
  /// What `wh` does when it meets it.
  enum Work: String, Sendable {
    /// Reads the apps, which is its first request.
    case connecting
    /// Reads the webhooks of an app.
    case reading
    case updating, creating, deleting

    var script: String {
      switch self {
      case .connecting, .reading: "use app *\nwebhook *\nshow\nshow webhooks\nshow apps\nshow events\n"
      case .updating: "use app \(app)\nwebhook \(webhook) set url https://new.example.com/hook\ndiff\ncommit\nshow\n"
      case .creating: "use app \(app)\ncreate webhook https://new.example.com/hook events MESSAGE_SENT\ncommit\n"
      case .deleting: "use app \(app)\nwebhook \(webhook)\ndelete webhook\ncommit\n"
      }
    }

    private var app: String { OneWebhook.app }
    private var webhook: String { OneWebhook.webhook }

    /// True for a request that this work is about.
    func isMet(by request: RecordedRequest) -> Bool {
      switch self {
      case .connecting: request.path == "/v1/organization/apps"
      case .reading: request.path.hasSuffix("/webhooks") && request.method == "GET"
      case .updating: request.method == "PUT"
      case .creating: request.method == "POST"
      case .deleting: request.method == "DELETE"
      }
    }
  }

  let name: String
  let work: Work
  /// The exit codes that the contract allows.
  let exits: Set<Int32>
  /// How long a run may take, in seconds.
  var bound = 10
  /// After how long Ctrl-C is pressed, in seconds, where the server has all the time in the world.
  var patience: Int?
  /// Where another server stands that must get nothing of ours.
  var hasOther = false
  /// True where the server is called by `https`.
  var isTLS = false
  var greeting: [FakeStep] = []
  /// What is done to the connection of each request that the work is about.
  let steps: @Sendable (Meeting) -> [FakeStep]
}

/// A request that meets a behaviour.
struct Meeting: Sendable {
  let request: RecordedRequest
  /// Counts from 1 those that did.
  let number: Int
  /// The url of the server that must get nothing.
  let other: String
  /// What an ordinary service answers.
  let ordinary: CannedAnswer
}

extension Behaviour {
  /// One that ignores what it is asked.
  static func answering(
    _ name: String, when work: Work = .reading, exits: Set<Int32>, bound: Int = 10, patience: Int? = nil,
    _ steps: [FakeStep]
  ) -> Behaviour {
    Behaviour(name: name, work: work, exits: exits, bound: bound, patience: patience) { _ in steps }
  }

  static func status(
    _ status: Int, _ name: String, when work: Work = .reading, exits: Set<Int32>, bound: Int = 10, patience: Int? = nil,
    fields: [(name: String, value: String)] = [], body: String = ""
  ) -> Behaviour {
    .answering(
      name, when: work, exits: exits, bound: bound, patience: patience, [.answer(status, body, fields: fields)])
  }

  /// A success with this body.
  static func body(_ name: String, when work: Work = .reading, exits: Set<Int32> = [1], bound: Int = 10, _ body: String)
    -> Behaviour
  {
    .answering(name, when: work, exits: exits, bound: bound, [.answer(200, body)])
  }

  static func bytes(_ name: String, when work: Work = .reading, exits: Set<Int32> = [1], _ body: [UInt8]) -> Behaviour {
    .answering(name, when: work, exits: exits, [.answer(CannedAnswer(200, body: body))])
  }

  /// Raw text, and then the end of the connection.
  static func raw(
    _ name: String, when work: Work = .reading, exits: Set<Int32>, bound: Int = 10, patience: Int? = nil,
    _ texts: String...
  ) -> Behaviour {
    .answering(name, when: work, exits: exits, bound: bound, patience: patience, texts.map { .text($0) } + [.close])
  }

  static let all =
    connections + framing + redirects + statuses + bodies + lists + values + secrets + limits + writes
}
