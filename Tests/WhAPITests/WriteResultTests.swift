import Testing
import WhDeterminism
import WhDomain

@testable import WhAPI

/// The outcome of a write, from the method, the answers, and nothing else.
@Suite("The outcome of a write")
struct WriteResultTests {
  typealias Answer = StubTransport.Outcome

  enum Write: String, CaseIterable, Sendable {
    case put = "PUT"
    case post = "POST"
    case delete = "DELETE"

    var change: Change {
      let action: Change.Action =
        switch self {
        case .put: .update(before: nil, WebhookPatch(url: "https://new.example"))
        case .post: .create(url: "https://new.example", events: ["A"], headers: Headers())
        case .delete: .delete(before: webhook)
        }
      return Change(app: App(id: webhook.appID), webhookID: self == .post ? nil : webhook.id, action: action)
    }
  }

  static let webhook = Webhook(
    id: WebhookID(unchecked: "w"), appID: AppID(unchecked: "a"), url: "https://new.example", events: ["A"])
  static let old = #"{"id":"w","appId":"a","url":"https://old.example","events":["A"]}"#
  static let json = #"{"id":"w","appId":"a","url":"https://new.example","events":["A"]}"#

  static func status(_ status: Int, _ body: String = "", _ fields: [HTTPField] = []) -> Answer {
    .success(HTTPResponse(status: status, fields: fields, body: Array(body.utf8)))
  }

  static func failure(_ kind: TransportError.Kind, wasSent: Bool, partial: Int? = nil) -> Answer {
    .failure(TransportError(kind, wasSent: wasSent, partial: partial.map { HTTPResponse(status: $0) }))
  }

  /// Sends one change; the last answer to a write repeats. A read finds the webhook.
  static func send(
    _ write: Write, _ answers: [Answer], read: Answer = status(200, json)
  ) throws -> (result: WriteResult, sent: [String]) {
    let time = VirtualTime()
    let stub = StubTransport { request, number in
      request.method == .get ? read : answers[min(number, answers.count) - 1]
    }
    let sender = RetryingSender(
      PacedTransport(stub, governor: Governor(environment: time.environment)), environment: time.environment)
    let client = HTTPAPIClient(
      sender: sender, base: .service, key: try APIKey("sk_admin_1"), environment: time.environment)
    let result = try time.run { await client.send(write.change, SendingTerms()) }
    return (result, stub.requests.map(\.method.rawValue))
  }

  // MARK: One answer

  /// What is meant by an answer that comes again and again, and how often the request is sent then.
  struct Case: Sendable, CustomTestStringConvertible {
    let answers: [Answer]
    let put: (String, Int)
    let post: (String, Int)
    let delete: (String, Int)

    init(_ answers: Answer..., put: (String, Int), post: (String, Int), delete: (String, Int)) {
      (self.answers, self.put, self.post, self.delete) = (answers, put, post, delete)
    }

    init(_ answers: [Answer], all: (String, Int)) {
      (self.answers, put, post, delete) = (answers, all, all, all)
    }

    func expected(_ write: Write) -> (String, Int) {
      switch write {
      case .put: put
      case .post: post
      case .delete: delete
      }
    }

    var testDescription: String { answers.map { "\($0)" }.joined(separator: ", ") }
  }

  static let refusals = [400, 402, 404, 405, 409, 410, 412, 413, 422, 424, 501, 505].map {
    Case([status($0, #"{"error":"no"}"#)], all: ("refused", 1))
  }
  static let turnedAway = [401, 403, 407].map { Case([status($0)], all: ("not sent", 1)) }
  static let doubts = [408, 425, 500, 502, 503, 504, 507, 520, 522, 524, 530].map {
    Case(status($0), put: ("unknown", 8), post: ("unknown", 1), delete: ("unknown", 8))
  }
  static let otherPlaces = [300, 301, 302, 303, 304, 307, 308].map { Case([status($0)], all: ("unknown", 1)) }
  static let special: [Case] = [
    Case([status(200, json)], all: ("applied", 1)), Case([status(201, json)], all: ("applied", 1)),
    Case([status(403, #"{"error":{"type":"provider_error","message":"no"}}"#)], all: ("refused", 1)),
    Case(
      status(424, #"{"error":{"type":"api_error","message":"no"}}"#), put: ("unknown", 8), post: ("unknown", 1),
      delete: ("unknown", 8)),
    // A status says what was done, whatever happened to the rest of the answer.
    Case([failure(.truncated, wasSent: true, partial: 400)], all: ("refused", 1)),
    Case([failure(.tooLarge("x", limit: 1), wasSent: true, partial: 401)], all: ("not sent", 1)),
    Case([failure(.tooLarge("x", limit: 1), wasSent: true)], all: ("unknown", 1)),
    Case([failure(.internalFailure("x"), wasSent: true)], all: ("unknown", 1)),
    Case([failure(.internalFailure("x"), wasSent: false)], all: ("not sent", 1)),
    Case([failure(.tls("x"), wasSent: false)], all: ("not sent", 1)),
    Case([failure(.proxyRefused(status: 407), wasSent: false)], all: ("not sent", 1)),
    Case([failure(.proxyRefused(status: 502), wasSent: false)], all: ("not sent", 3)),
    Case([failure(.couldNotConnect("x"), wasSent: false)], all: ("not sent", 3)),
    Case([failure(.couldNotResolve(host: "x"), wasSent: false)], all: ("not sent", 3)),
    Case([failure(.timedOut, wasSent: false)], all: ("not sent", 3)),
    Case([failure(.cancelled, wasSent: false)], all: ("not sent", 1)),
    Case([failure(.cancelled, wasSent: true)], all: ("unknown", 1)),
    Case([failure(.expired, wasSent: false)], all: ("not sent", 1)),
    Case(
      failure(.timedOut, wasSent: true), put: ("unknown", 3), post: ("unknown", 1), delete: ("unknown", 3)),
    Case(
      failure(.connectionLost("x"), wasSent: true), put: ("unknown", 8), post: ("unknown", 1), delete: ("unknown", 8)),
    Case(failure(.garbled("x"), wasSent: true), put: ("unknown", 3), post: ("unknown", 1), delete: ("unknown", 3)),
    Case(
      failure(.truncated, wasSent: true, partial: 503), put: ("unknown", 8), post: ("unknown", 1),
      delete: ("unknown", 8)),
  ]

  @Test(arguments: refusals + turnedAway + doubts + otherPlaces + special, Write.allCases)
  func byMethodAndAnswer(_ row: Case, _ write: Write) throws {
    let (result, sent) = try Self.send(write, row.answers)
    let (name, count) = row.expected(write)
    #expect(result.name == name, "\(result)")
    #expect(sent.count { $0 == write.rawValue } == count)
    #expect(result.error?.tries ?? 1 == (name == "applied" ? 1 : count))
  }

  // MARK: Several answers

  @Test(
    arguments: [
      (.put, [status(503), status(200, json)], "applied"), (.put, [status(429), status(200, json)], "applied"),
      // What may have been applied stays open, whatever the service says of the next try.
      (.put, [status(503), status(400)], "unknown"), (.put, [status(503), status(404)], "unknown"),
      (.put, [status(503), status(401)], "unknown"),
      (.put, [failure(.timedOut, wasSent: true), failure(.couldNotConnect("x"), wasSent: false)], "unknown"),
      // What was certainly not applied leaves no doubt about the next try.
      (.put, [failure(.couldNotConnect("x"), wasSent: false), status(400)], "refused"),
      (.put, [status(429), status(400)], "refused"), (.put, [status(429), status(401)], "not sent"),
      // A webhook that is gone after a deletion that may have been applied went with it.
      (.delete, [status(503), status(404)], "applied"), (.delete, [status(408), status(410)], "applied"),
      (.delete, [failure(.connectionLost("x"), wasSent: true), status(404)], "applied"),
      (.delete, [status(503), status(429), status(404)], "applied"), (.delete, [status(503), status(400)], "unknown"),
      (.delete, [status(404)], "refused"), (.delete, [status(429), status(404)], "refused"),
      (.delete, [failure(.couldNotConnect("x"), wasSent: false), status(404)], "refused"),
      (.delete, [failure(.timedOut, wasSent: false), status(404)], "refused"),
      // A creation is sent again only while it is sure that it had no effect.
      (.post, [status(429), status(201, json)], "applied"),
      (.post, [failure(.couldNotConnect("x"), wasSent: false), status(201, json)], "applied"),
      (.post, [failure(.couldNotConnect("x"), wasSent: false), status(503), status(201, json)], "unknown"),
    ] as [(Write, [Answer], String)])
  func tryAfterTry(_ write: Write, _ answers: [Answer], _ name: String) throws {
    #expect(try Self.send(write, answers).result.name == name)
  }

  // MARK: A success without the webhook

  static let accepted = status(202)
  static let silent: [Answer] = [
    status(204), status(200), status(200, "OK"), status(200, #"{"message":"updated"}"#),
    status(200, #"{"id":"w","url":"u"}"#), status(201, "{\"half"),
    failure(.truncated, wasSent: true, partial: 200), failure(.tooLarge("x", limit: 1), wasSent: true, partial: 200),
    failure(.garbled("x"), wasSent: true, partial: 200), failure(.connectionLost("x"), wasSent: true, partial: 204),
  ]

  @Test(arguments: silent + [accepted])
  func anUpdateIsReadOnceAndNeverSentAgain(_ answer: Answer) throws {
    let (result, sent) = try Self.send(.put, [answer])
    #expect(result == .applied(Self.webhook))
    #expect(sent == ["PUT", "GET"])
  }

  @Test(arguments: silent)
  func aDeletionIsDone(_ answer: Answer) throws {
    let (result, sent) = try Self.send(.delete, [answer])
    #expect(result == .applied(nil))
    #expect(sent == ["DELETE"])
  }

  @Test(arguments: [accepted, status(202, old), status(202, json)], [status(200, old), status(404), status(400)])
  func anAcceptedUpdateThatNoReadShowsStaysOpen(_ answer: Answer, _ read: Answer) throws {
    let (result, sent) = try Self.send(.put, [answer], read: read)
    #expect(result.name == "unknown")
    #expect(sent == ["PUT", "GET"])
  }

  @Test func anAcceptedDeletionIsReadOnce() throws {
    let there = try Self.send(.delete, [Self.status(202)])
    #expect(there.result.name == "unknown" && there.sent == ["DELETE", "GET"])
    #expect(try Self.send(.delete, [Self.status(202)], read: Self.status(400)).result.name == "unknown")
    let gone = try Self.send(.delete, [Self.status(202)], read: Self.status(404))
    #expect(gone.result == .applied(nil))
    #expect(gone.sent == ["DELETE", "GET"])
  }

  @Test func anAnswerThatShowsTheOldStateIsCheckedByARead() throws {
    let update = try Self.send(.put, [Self.status(200, Self.old)])
    #expect(update.result == .applied(Self.webhook) && update.sent == ["PUT", "GET"])
  }

  @Test(arguments: [
    status(404), status(405), status(401), status(200, #"{"id":"other","appId":"a","url":"u","events":[]}"#),
  ])
  func aWebhookThatCannotBeReadIsAppliedForAllThat(_ read: Answer) throws {
    let (result, sent) = try Self.send(.put, [Self.status(204)], read: read)
    #expect(result == .applied(nil))
    #expect(sent == ["PUT", "GET"])
  }

  @Test(arguments: [
    ("/v1/organization/apps/a/webhooks/w", true),
    ("https://api.buildwithchirp.com/v1/organization/apps/a/webhooks/w", true),
    ("https://evil.example/v1/organization/apps/a/webhooks/w", false),
    ("http://api.buildwithchirp.com/v1/organization/apps/a/webhooks/w", false),
    ("https://api.buildwithchirp.com.evil.example/v1/organization/apps/a/webhooks/w", false),
    ("//evil.example/v1/organization/apps/a/webhooks/w", false), ("/v1/organization/apps/b/webhooks/w", false),
    ("/v1/organization/apps/a/webhooks/", false), ("/v1/organization/apps/a/webhooks/..", false),
    ("/v1/organization/apps/a/webhooks/w/x", false), ("/v1/organization/apps/a/webhooks/w?x=y", false),
    ("/v1/webhooks/w", false), ("w", false), ("", false),
  ])
  func aCreationIsFoundByItsLocation(_ location: String, _ isTaken: Bool) throws {
    for body in ["", "created", "{}"] {
      let (result, sent) = try Self.send(.post, [Self.status(201, body, [HTTPField("Location", location)])])
      #expect(result == .applied(isTaken ? Self.webhook : nil))
      #expect(sent == (isTaken ? ["POST", "GET"] : ["POST"]))
    }
  }

  @Test func aCreationIsFoundByTheIDInItsAnswer() throws {
    let (result, sent) = try Self.send(.post, [Self.status(201, #"{"id":"w"}"#)])
    #expect(result == .applied(Self.webhook))
    #expect(sent == ["POST", "GET"])
  }

  // MARK: Another webhook's answer

  @Test(arguments: [
    (Write.put, #"{"id":"W","appId":"a","url":"u","events":[]}"#, "for webhook W, not for w"),
    (.put, #"{"id":"w2","url":"u","events":[]}"#, "for webhook w2, not for w"),
    (.put, #"{"id":"w","appId":"A","url":"u","events":[]}"#, "webhook w belongs to app A, not to a"),
    (.post, #"{"id":"w","appId":"b","url":"u","events":[]}"#, "webhook w belongs to app b, not to a"),
  ])
  func leavesTheWriteUnknown(_ write: Write, _ body: String, _ said: String) throws {
    let (result, sent) = try Self.send(write, [Self.status(200, body)])
    #expect(result.name == "unknown")
    #expect(result.error?.message.contains(said) == true, "\(result)")
    #expect(sent.count == 1)
  }

  // MARK: Held back

  @Test(arguments: [
    ("7200", Duration.seconds(7200)), ("1700008200", .seconds(7200)), ("1700008200000", .seconds(7200)),
    ("Tue, 14 Nov 2023 23:13:20 GMT", .seconds(2800)),
  ])
  func aLongWaitIsNotWaited(_ asked: String, _ wait: Duration) throws {
    for status in [429, 403, 503] {
      let answer = Self.status(status, #"{"error":"slow down"}"#, [HTTPField("Retry-After", asked)])
      let (result, sent) = try Self.send(.put, [answer])
      #expect(result.name == (status == 503 ? "unknown" : "not sent"))
      #expect(sent == ["PUT"])
      let error = try #require(result.error)
      #expect(error.category == .rateLimited)
      #expect(error.retryAfter.map { abs(($0 - wait).inSeconds) < 1001 } == true)
      #expect(error.description.hasPrefix("HTTP \(status): slow down; try again after 2023-11-1"))
    }
  }

  @Test func whatComesTooLateIsNotSent() throws {
    let time = VirtualTime()
    let stub = StubTransport { _, number in
      let reset = time.wall.components.seconds + 60
      let fields = [
        HTTPField("X-RateLimit-Limit", "2"), HTTPField("X-RateLimit-Remaining", "0"),
        HTTPField("X-RateLimit-Reset", "\(reset)"),
      ]
      return .success(HTTPResponse(status: 200, fields: fields, body: Array(Self.json.utf8)))
    }
    let governor = Governor(environment: time.environment)
    let client = HTTPAPIClient(
      sender: RetryingSender(PacedTransport(stub, governor: governor), environment: time.environment), base: .service,
      key: try APIKey("sk_admin_1"), environment: time.environment)
    let results = try time.run {
      let inTime = await client.send(Write.put.change, SendingTerms(notAfter: time.now + .seconds(30)))
      let tooLate = await client.send(Write.put.change, SendingTerms(notAfter: time.now + .seconds(30)))
      return [inTime, tooLate]
    }
    #expect(results.map(\.name) == ["applied", "not sent"])
    #expect(results[1].error?.category == .expired)
    #expect(stub.requests.count == 1)
  }

  /// What may have been applied stays unknown, for past its time another try could overwrite what others did in the meantime.
  @Test func anUncertainTryIsNotFollowedByAnotherOneThatComesTooLate() throws {
    let time = VirtualTime()
    let stub = StubTransport { _, number in
      number == 1 ? Self.status(503, "", [HTTPField("Retry-After", "60")]) : Self.status(200, Self.json)
    }
    let client = HTTPAPIClient(
      sender: RetryingSender(
        PacedTransport(stub, governor: Governor(environment: time.environment)), environment: time.environment),
      base: .service, key: try APIKey("sk_admin_1"), environment: time.environment)
    let result = try time.run { await client.send(Write.put.change, SendingTerms(notAfter: time.now + .seconds(30))) }
    #expect(result.name == "unknown")
    #expect(result.error?.category == .expired)
    #expect(stub.requests.count == 1)
  }
}

extension WriteResult {
  var name: String {
    switch self {
    case .applied: "applied"
    case .refused: "refused"
    case .notSent: "not sent"
    case .unknown: "unknown"
    }
  }
}
