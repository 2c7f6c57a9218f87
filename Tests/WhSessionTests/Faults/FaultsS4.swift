import Testing
import WhDomain
import WhSession
import WhSyntax

@Suite("S4: an empty variable is no value")
struct FaultsS4 {
  @Test(
    "S4: an empty variable is refused where it would empty a secret or widen a pattern",
    arguments: [
      "set header Authorization ${empty}", "set header Authorization \"Bearer ${empty}\"", "set header X-Auth ${empty}",
      "webhook * set header X-Token \"${empty}\"", "expect url ~ \"${empty}*\"", "webhook where host !~ *${empty}",
      "create webhook https://x.example/in events MESSAGE_SENT header X-Token ${empty}", "webhook ${empty}*",
      "use app \"${empty}*\"", "use app ${empty}", "add event ${empty}", "replace url \"${empty}\" with x",
      "expect header X-A ~ ${empty}*", "expect event ~ ${empty}*", "use app where slug ~ ${empty}*",
    ])
  func refused(_ text: String) {
    #expect(Bound(text, variables: ["empty": ""]).found.map { $0.split(separator: " ")[1] } == ["empty-text"])
  }

  @Test(
    "S4: quotes that hold nothing are meant",
    arguments: [
      "set header Authorization \"\"", "set header X-Token ''", "set header X-Team ${empty}", "expect url = \"\"",
      "replace url x with ${empty}", "expect url ~ \"${full}*\"", "let t = ${empty}", "webhook ${full}*",
    ])
  func allowed(_ text: String) {
    #expect(Bound(text, variables: ["empty": "", "full": "w"]).found == [])
  }
}

@Suite("S5: variables of the command line")
struct FaultsS5 {
  private static func bind(_ text: String, _ variables: [String: String]) -> Script {
    Binder(readFile: { _ throws(FileProblem) in throw FileProblem("none") }, redactor: Redactor())
      .bind(Source(name: "t.wh", text: text), in: Scope(fixed: variables))
  }

  @Test("S5: one that nothing uses is named, wherever it might be used")
  func unused() {
    let variables = ["a": "1", "b": "2"]
    for (text, unused) in [
      ("echo ${a}", ["b"]), ("echo ${a}${b}", []), ("let a = 3", ["a", "b"]), ("echo '${a}' \"${b}\"", ["a"]),
      ("webhook * set header X-A ${a}; expect url = \"https://x.example/${b}\"", []), ("let c = ${a}", ["b"]),
    ] {
      #expect(Self.bind(text, variables).scope.unused == unused, "\(text)")
    }
  }

  @Test("S5: it wins over `let`")
  func wins() {
    #expect(Self.bind("let a = 3", ["a": "1"]).scope.variables["a"] == "1")
  }

  @Test("S5: a list selects several", arguments: ["app_1, app_2", "one,two", " one ,app_2 ", "*"])
  func lists(_ apps: String) async throws {
    let trace = await (try Harness()).run("let apps = \"\(apps)\"; use app ${apps}; webhook *; expect 5")
    #expect(trace.codes == [])
  }

  @Test("S5: lists work for webhooks and events, and next to other names")
  func otherLists() async throws {
    let trace = await (try Harness()).run(
      """
      let ids = "w1, w2"; let events = "MESSAGE_SENT, messages.sms.sent"
      use app app_1; webhook ${ids}, w3; expect 3
      set events ${events}; expect event messages.sms.sent and event MESSAGE_SENT; rollback
      """)
    #expect(trace.codes == [])
  }

  @Test(
    "S5: an item that is empty is an error, and a list is none where a name is wanted",
    arguments: [("use app ${x}", "a,"), ("use app ${x}", ",a"), ("use app ${x}", "a,,b"), ("webhook ${x}", " ")])
  func emptyItems(_ text: String, _ value: String) {
    #expect(Bound(text, variables: ["x": value]).found == ["error empty-text 1:9"])
  }

  @Test("S5: a name that can't be set gets a hint that works")
  func hints() {
    #expect(Bound("echo ${env.HOME}").labels[0].contains("--var-env HOME"))
    #expect(Bound("echo ${app.title}").labels[0].contains("${app.slug}"))
    #expect(Bound("echo ${nope}").labels[0].contains("--var nope="))
  }
}
