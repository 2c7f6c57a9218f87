import Testing
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@Suite("R9: the names of events")
struct FaultsR9 {
  private static func bind(_ text: String, own: [String] = []) -> Script {
    Binder(readFile: FakeWorld().effects.readFile, redactor: Redactor())
      .bind(Source(name: "t", text: text), in: Scope(ownEvents: own))
  }

  @Test("R9: the events of calling are known")
  func calls() {
    let names = "calls.initiated, calls.answered, calls.completed, calls.failed, calls.recording.completed"
    #expect(Self.bind("config strict on; add event \(names), calls.voicemail.received").diagnostics.isEmpty)
  }

  @Test("R9: what users add to the catalogue is known, offered, and still the only addition")
  func own() async throws {
    let strict = "config strict on\nadd event custom.event\n"
    #expect(Self.bind(strict).diagnostics.map(\.code) == [.unknownEvent])
    #expect(Self.bind(strict, own: ["custom.event"]).diagnostics.isEmpty)
    let near = Self.bind("add event custom.evnt", own: ["custom.event"])
    #expect(near.diagnostics.first?.label == "did you mean `custom.event`?")
  }

  @Test("R9: `show events` lists what users have added")
  func shown() async throws {
    let harness = try Harness(scope: Scope(ownEvents: ["custom.event", "MESSAGE_SENT"]))
    let rows = await harness.run("show events").events
    #expect(rows.last?.name == "custom.event" && rows.last?.isKnown == true)
    #expect(rows.count { $0.name == "MESSAGE_SENT" } == 1)
  }

  @Test(
    "R9: a list that would hold an event by both names causes a warning, once",
    arguments: [
      ("use app one; webhook *; add event messages.sms.sent", "2 webhooks would have both `MESSAGE_SENT`"),
      ("use app one; webhook *; add event messages.sms.sent; add event calls.failed", "2 webhooks would"),
      ("use app one; webhook w3; set events MESSAGE_SENT, messages.sms.sent", "1 webhook would"),
      ("use app one; webhook w3; add event MESSAGE_SENT; add event messages.sms.sent", "1 webhook would"),
      ("use app *; create webhook https://a.example.com events MESSAGE_SENT, messages.sms.sent", "2 webhooks would"),
      ("use app one; webhook w1; rename event MESSAGE_CREATED to messages.sms.sent", "1 webhook would"),
    ])
  func bothNames(script: String, message: String) async throws {
    let trace = try await Harness().run(script)
    #expect(trace.diagnostics.map(\.code) == [.eventNamedTwice])
    let warning = try #require(trace.diagnostics.first)
    #expect(warning.severity == .warning && warning.message.hasPrefix(message), "\(warning.message)")
    #expect(warning.label == "use `rename event MESSAGE_SENT to messages.sms.sent`")
    #expect(trace.failures.isEmpty)
  }

  @Test(
    "R9: a list with one name of each event causes no warning",
    arguments: [
      "rename event MESSAGE_SENT to messages.sms.sent", "add event messages.sms.failed",
      "add event messages.sms.sent; remove event messages.sms.sent; rename event MESSAGE_SENT to messages.sms.sent",
      "set events messages.sms.sent; add event messages.sms.sent",
    ])
  func oneName(edit: String) async throws {
    let trace = try await Harness().run("use app one; webhook w2; \(edit)")
    #expect(
      trace.diagnostics.count { $0.code == .eventNamedTwice } == (edit.hasPrefix("add event messages.sms.sent") ? 1 : 0)
    )
  }

  @Test(
    "R9: a pattern in the place of a name is refused at the name",
    arguments: [
      ("add event MESSAGE_*", "MESSAGE_*"), ("set events calls.failed, MESSAGE_*", "MESSAGE_*"),
      ("rename event MESSAGE_* to messages.sms.sent", "MESSAGE_*"),
      ("rename event A to messages.sms.*", "messages.sms.*"),
      ("remove event MESSAGE_*", "MESSAGE_*"), ("webhook where event MESSAGE_*", "MESSAGE_*"),
      ("expect not event MESSAGE_?ENT", "MESSAGE_?ENT"), ("create webhook https://a.b events x.[ab]", "x.[ab]"),
    ])
  func pattern(script: String, place: String) throws {
    let errors = Self.bind(script).diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.code) == [.eventPattern])
    #expect(errors.first?.span.text == place)
  }

  @Test("R9: the fix names the events that are meant")
  func fix() {
    let error = Self.bind("add event MESSAGE_*").diagnostics.first
    #expect(error?.label == "write `MESSAGE_CREATED, MESSAGE_SENT, MESSAGE_DELIVERED`")
    #expect(error?.notes == ["to select webhooks by a pattern, use `webhook where event ~ MESSAGE_*`"])
    #expect(Self.bind("add event x*").diagnostics.first?.label == "list the events one by one")
    #expect(Self.bind("add event custom.*", own: ["custom.a"]).diagnostics.first?.label == "write `custom.a`")
  }

  @Test("R9: in quotes it is a name, so that what the service holds can be written, and a dump of it runs")
  func quoted() async throws {
    #expect(Self.bind(#"remove event "a.*""#).diagnostics.filter { $0.severity == .error }.isEmpty)
    let client = FakeAPIClient([Harness.app("app_1", "one"): [Harness.webhook("w1", "app_1", ["a.*", "MESSAGE_SENT"])]])
    let harness = try Harness(client)
    let dump = try #require(await harness.run("use app *; webhook *; dump").scripts.first)
    #expect(dump.contains(#"set events "a.*", MESSAGE_SENT"#))
    #expect(await harness.run(dump).failures.isEmpty)
    #expect(await harness.run("status").statuses.first?.plan.changes.isEmpty == true)
  }
}
