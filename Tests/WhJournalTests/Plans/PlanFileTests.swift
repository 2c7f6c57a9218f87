import Testing
import WhDomain

@testable import WhJournal

@Suite("A plan in a file")
struct PlanFileTests {
  private static let canary = "canary-s3cret-42"
  private static let app = App(id: AppID(unchecked: "app_1"), slug: "shop", name: "The Shop")
  private static let source = PlanFile.Source(
    profile: "prod", host: "https://api.example.com",
    scripts: [PlanFile.Script(name: "migrate.wh", sha256: String(repeating: "a", count: 64))], tool: "0.2.0",
    createdAt: "2026-11-27T09:30:00Z")

  private static func webhook(
    _ id: String = "whk_1", url: String = "https://old.example.com/a", token: String? = canary
  ) -> Webhook {
    Webhook(
      id: WebhookID(unchecked: id), appID: app.id, url: url, events: ["A", "B"],
      headers: Headers(
        [Header(name: "X-Plain", value: "p")] + (token.map { [Header(name: "X-Token", value: $0)] } ?? [])))
  }

  private static func update(_ before: Webhook?, _ patch: WebhookPatch, _ id: String = "whk_1") -> Change {
    Change(
      app: app, webhookID: WebhookID(unchecked: id), action: .update(before: before, patch),
      origins: [Origin(source: "migrate.wh", line: 3, column: 1, statement: "set url x")])
  }

  private static func file(_ changes: [Change], variables: [String: String] = [:]) -> PlanFile {
    PlanFile(
      Plan(changes), source, random: Array(0..<32),
      secrecy: PlanSecrecy(redacted: { $0.replacing(canary, with: "••••") }, variables: variables))
  }

  /// What the file says once it was written and read.
  private static func reread(_ file: PlanFile) throws -> PlanFile {
    try PlanFile(file: Array(file.text.utf8))
  }

  private static let headers = Headers([Header(name: "X-Plain", value: "q"), Header(name: "X-Token", value: canary)])
  private static let changes = [
    update(webhook(), WebhookPatch(url: "https://new.example.com/\"q\"\n?token=\(canary)", headers: headers)),
    update(nil, WebhookPatch(events: ["C"]), "whk_2"),
    Change(app: app, webhookID: webhook("whk_3").id, action: .delete(before: webhook("whk_3"))),
    Change(
      app: App(id: AppID(unchecked: "")), webhookID: nil,
      action: .create(url: "https://c.example.com", events: ["A"], headers: headers)),
  ]

  @Test("is read as it was written, and holds no secret")
  func roundTrip() throws {
    let file = Self.file(Self.changes)
    #expect(try Self.reread(file) == file)
    #expect(!file.text.contains(Self.canary))
    #expect(file.text.contains("https://new.example.com/\\\"q\\\"\\n?token=••••"))
    #expect(file.text.contains(file.id) && file.id.utf8.count == 32)
    #expect(file.text.split(separator: "\n").count == Self.changes.count + 2)
    #expect(file.keys.map(\.webhook.text) == ["whk_1", "whk_2", "whk_3"])
  }

  @Test("has other digests with another salt")
  func salt() {
    let digests = [0, 1].map { number in
      PlannedText(Self.canary, isSecret: true, salt: "\(number)", PlanSecrecy(redacted: { $0 }, variables: [:]))
    }
    #expect(digests[0] != digests[1])
    #expect(digests[0].matches(Self.canary, salt: "0") && !digests[0].matches(Self.canary, salt: "1"))
    #expect(!digests[0].matches(Self.canary + "x", salt: "0"))
  }

  @Test(
    "is refused where it is no plan",
    arguments: [
      ("", PlanFileProblem.notAPlan), ("{}", .notAPlan), ("use app *; webhook *", .notAPlan),
      (#"{"format": "wh plan", "version": 2}"#, .newerVersion(2)), (#"{"format": "wh plan", "version": 1}"#, .notAPlan),
      (#"{"format": "other", "version": 1}"#, .notAPlan),
    ])
  func refused(text: String, problem: PlanFileProblem) {
    #expect(throws: problem) { try PlanFile(file: Array(text.utf8)) }
  }

  @Test(
    "is refused where a change is not whole",
    arguments: [
      (#""action":"update""#, #""action":"move""#), (#""action":"delete""#, #""action":"update""#),
      (#""webhook":"whk_1","#, ""), (#""webhook":"whk_1""#, #""webhook":"a b""#),
      (#""url":"https://c.example.com","#, ""), (#""app":{"id":"app_1""#, #""app":{"id":"../admin""#),
      (#""app":{"id":"app_1""#, #""app":{"id":"..""#),
    ])
  func damaged(old: String, new: String) {
    let text = Self.file(Self.changes).text
    #expect(text.contains(old))
    #expect(throws: PlanFileProblem.self) { try PlanFile(file: Array(text.replacing(old, with: new).utf8)) }
  }

  // MARK: Applying

  private static func resolve(
    _ file: PlanFile, _ current: [Webhook], variables: [String: String] = [:], earlier: [Intent] = []
  ) -> PlanResolution {
    PlanResolution(file, variables: variables, earlier: earlier) { key in current.first { $0.id == key.webhook } }
  }

  @Test("sends what was planned where all is as it was, with secrets out of what the service holds")
  func unchanged() throws {
    let file = try Self.reread(Self.file(Self.changes.dropLast() + []))
    let resolution = Self.resolve(file, [Self.webhook(), Self.webhook("whk_3"), Self.webhook("whk_2")])
    // The new url holds the secret in the middle, and no value is all of it.
    #expect(resolution.missing == ["url of whk_1"])
    let plain = Self.update(Self.webhook(), WebhookPatch(url: "https://new.example.com/", headers: Self.headers))
    let again = Self.resolve(
      try Self.reread(Self.file([plain, Self.changes[1], Self.changes[2]])),
      [Self.webhook(), Self.webhook("whk_2"), Self.webhook("whk_3")])
    #expect(again.missing == [] && again.settled == [])
    #expect(again.changes == [plain, Self.changes[1], Self.changes[2]])
  }

  @Test("takes anything else that the service holds for a conflict, and what is as asked for unchanged")
  func conflicts() throws {
    let change = Self.update(Self.webhook(), WebhookPatch(url: "https://new.example.com/"))
    let file = try Self.reread(Self.file([change, Self.changes[2]]))
    var events = Self.webhook()
    events.events = ["B", "A"]
    #expect(Self.resolve(file, [events, Self.webhook("whk_3")]).changes.count == 2, "events are a set")
    var more = Self.webhook()
    more.events.append("C")
    let others = [
      more, Self.webhook(url: "https://other.example.com"), Self.webhook(token: "another-secret"),
      Self.webhook(token: nil),
    ]
    for other in others {
      let resolution = Self.resolve(file, [other, Self.webhook("whk_3", url: "https://other.example.com")])
      #expect(resolution.changes == [])
      #expect(resolution.settled.map(\.state) == [.conflict, .conflict])
      #expect(resolution.settled[0].answer == other)
      #expect(resolution.settled[0].change.before?.url == "https://old.example.com/a")
    }
    let gone = Self.resolve(file, [])
    #expect(gone.settled.map(\.state) == [.conflict, .unchanged])
    let done = Self.resolve(file, [Self.webhook(url: "https://new.example.com/"), Self.webhook("whk_3")])
    #expect(done.settled.map(\.state) == [.unchanged])
    #expect(done.changes.count == 1)
  }

  @Test("takes secrets from variables, of the same name or whole, and asks for those that are missing")
  func secrets() throws {
    let value = "Bearer \(Self.canary)"
    let headers = Headers([Header(name: "Authorization", value: value)])
    let change = Self.update(Self.webhook(token: nil), WebhookPatch(headers: headers))
    let file = try Self.reread(Self.file([change], variables: ["token": Self.canary, "other": "x"]))
    #expect(!file.text.contains(Self.canary) && file.text.contains(#"{"variable":"token"}"#))
    #expect(file.secretsToGive == ["header Authorization of whk_1 (variable token)"])
    for variables in [["token": Self.canary], ["any": value]] {
      let resolution = Self.resolve(file, [Self.webhook(token: nil)], variables: variables)
      #expect(resolution.missing == [])
      #expect(resolution.changes == [change])
    }
    for variables in [[:], ["token": "wrong"], ["any": Self.canary]] {
      let resolution = Self.resolve(file, [Self.webhook(token: nil)], variables: variables)
      let isOther = variables["token"] != nil
      let place = "header Authorization of whk_1 (variable token"
      let end = isOther ? ", which had another value when the plan was made)" : ")"
      #expect(resolution.missing == [place + end])
      #expect(file.unused(variables) == (isOther ? [] : variables.keys.sorted()))
    }
    let literal = try Self.reread(Self.file([change]))
    #expect(literal.secretsToGive == ["header Authorization of whk_1"])
  }

  @Test("keeps nothing of a secret that stands beside a variable")
  func halfVariable() {
    let change = Self.update(
      Self.webhook(token: nil),
      WebhookPatch(headers: Headers([Header(name: "Authorization", value: "hunter2-\(Self.canary)")])))
    let file = Self.file([change], variables: ["token": Self.canary])
    #expect(!file.text.contains("hunter2") && !file.text.contains(Self.canary) && !file.text.contains("variable"))
  }

  @Test("creates nothing twice")
  func creations() throws {
    let creation = Change(
      app: Self.app, webhookID: nil, action: .create(url: "https://c.example.com", events: ["A"], headers: Headers()))
    let file = try Self.reread(Self.file([creation]))
    #expect(Self.resolve(file, []).changes == [creation])
    func earlier(_ state: Outcome.State, isOpen: Bool = false) -> [Intent] {
      let outcome = RecordedOutcome(state: state, closesIntent: !isOpen, at: Moment(milliseconds: 0))
      return [Intent(run: 7, index: 0, change: creation, outcome: outcome)]
    }
    for (intents, message) in [
      (earlier(.created), "created by run 7 of this plan"),
      (earlier(.unknown), "run 7 of this plan may have created it"),
      (earlier(.notAttempted, isOpen: true), "run 7 of this plan is to create it: `wh resume 7` finishes that run"),
      (
        [Intent(run: 7, index: 0, change: creation)],
        "run 7 of this plan is to create it: `wh resume 7` finishes that run"
      ),
    ] {
      let again = Self.resolve(file, [], earlier: intents)
      #expect(again.changes == [] && again.settled.map(\.state) == [.conflict])
      #expect(again.settled.first?.message == message)
      let twice = Self.resolve(try Self.reread(Self.file([creation, creation])), [], earlier: intents)
      #expect(twice.changes == [creation] && twice.settled.count == 1, "one of two that are alike")
    }
    for state in [Outcome.State.failed, .conflict, .notAttempted] {
      #expect(Self.resolve(file, [], earlier: earlier(state)).changes == [creation], "\(state): nothing was created")
    }
  }

  @Test("names a secret once, however many webhooks it is for")
  func oneSecret() throws {
    let changes = ["whk_1", "whk_2", "whk_3"].map { id in
      Self.update(Self.webhook(id, token: nil), WebhookPatch(headers: Self.headers), id)
    }
    let file = try Self.reread(Self.file(changes, variables: ["token": Self.canary]))
    #expect(file.secretsToGive == ["header X-Token of whk_1 and 2 more (variable token)"])
    #expect(file.unused(["token": "a", "any": Self.canary, "other": "b"]) == ["other"])
  }
}
