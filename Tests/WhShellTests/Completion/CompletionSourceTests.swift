import Synchronization
import Testing
import WhDomain
import WhSession
import WhShell

@Suite("What Tab offers")
struct CompletionSourceTests {
  /// App `one` with `aa1` and `aa2`, and app `two` with `ab1`. `aa1` lacks `MESSAGE_SENT`; `aa2` alone has a header.
  private static func view(chosen: [String]? = nil) -> View {
    var holdings = Holdings()
    holdings.remember(directory: [
      App(id: AppID(unchecked: "app_1"), slug: "one", name: "The first"),
      App(id: AppID(unchecked: "app_2"), slug: "two"),
    ])
    let first = AppID(unchecked: "app_1")
    holdings.remember(
      all: [
        webhook("aa1", "app_1", ["MESSAGE_CREATED"]),
        webhook(
          "aa2", "app_1", ["MESSAGE_CREATED", "MESSAGE_SENT"],
          Headers([Header(name: "X-Team", value: "red"), Header(name: "X-Tier", value: "1")])),
      ], of: first, at: .zero)
    holdings.remember(all: [webhook("ab1", "app_2", ["own.event"])], of: AppID(unchecked: "app_2"), at: .zero)
    return View(
      holdings,
      Draft(
        apps: [App(id: first, slug: "one")], webhooks: chosen?.map { WebhookKey(first, WebhookID(unchecked: $0)) }))
  }

  private static func webhook(
    _ id: String, _ app: String, _ events: [String], _ headers: Headers = Headers()
  ) -> Webhook {
    Webhook(
      id: WebhookID(unchecked: id), appID: AppID(unchecked: app), url: "https://example.com/\(id)", events: events,
      headers: headers)
  }

  private static func source(
    chosen: [String]? = nil, variables: [String: String] = [:], redactor: Redactor = Redactor()
  ) -> CompletionSource {
    let source = CompletionSource(profiles: ["prod eu", "sandbox"], redactor: redactor) { path in
      switch path {
      case ".": [("notes", true), ("my file.wh", false), ("my folder", true), (".hidden", false)]
      case "~/": [("home.wh", false)]
      case "my folder/": [("a.wh", false)]
      case "odd/": [("a>b.wh", false), ("c|d.wh", false)]
      default: []
      }
    }
    source.update(
      Snapshot(
        profile: "default", host: "h", view: Self.view(chosen: chosen), scope: Scope(variables: variables)),
      runs: [])
    return source
  }

  private static func texts(_ line: String, chosen: [String]? = nil) -> [String] {
    source(chosen: chosen).complete(line, line.utf8.count).candidates.map(\.text)
  }

  @Test(
    "Candidates fit their place",
    arguments: [
      ("sh", ["show"]), ("use ", ["app", "profile"]), ("echo x; com", ["commit"]),
      ("use app ", ["one", "two", "from", "where", "*"]), ("use app app", ["app_1", "app_2"]),
      ("use app o", ["one"]), ("use app one, ", ["two"]), ("webhook a", ["aa1", "aa2"]),
      ("use app two; webhook a", ["ab1"]), ("use app *; webhook a", ["aa1", "aa2", "ab1"]),
      ("webhook where id = a", ["aa1", "aa2"]), ("webhook aa1 add ev", ["event"]),
      ("use profile ", [#""prod eu""#, "sandbox"]), ("use profile 'p", ["'prod eu'"]),
      ("config conflicts ", ["overwrite", "skip", "stop"]), ("config conf", ["conflicts"]),
      ("help rename ", ["event"]), ("use app where status = ", ["active", "billing_paused"]),
      ("use app where name = ", [#""The first""#]), ("use app where slug = t", ["two"]),
      ("webhook where url ", ["=", "!=", "~", "!~"]), ("# sh", []), ("zzz ", []),
    ] as [(String, [String])])
  func places(line: String, candidates: [String]) {
    #expect(Set(Self.texts(line)) == Set(candidates), "\(Self.texts(line))")
  }

  @Test("T20: the ids of apps without a slug come after the slugs, and other ids where nothing else fits")
  func order() {
    var holdings = Holdings()
    let apps: [(String, String?)] = [("a1", nil), ("a2", "beta"), ("c3", "alpha"), ("b4", nil), ("zz", "zoo")]
    holdings.remember(directory: apps.map { App(id: AppID(unchecked: $0.0), slug: $0.1) })
    let source = CompletionSource(profiles: []) { _ in [] }
    source.update(Snapshot(profile: "p", host: "h", view: View(holdings, Draft())), runs: [])
    func names(_ line: String) -> [String] {
      source.complete(line, line.utf8.count).candidates.map(\.text).filter { !["*", "from", "where"].contains($0) }
    }
    #expect(names("use app ") == ["alpha", "beta", "zoo", "a1", "b4"])
    #expect(names("use app a") == ["alpha", "a1"] && names("use app b") == ["beta", "b4"])
    #expect(names("use app c") == ["c3"] && names("use app z") == ["zoo"] && names("use app zz") == ["zz"])
  }

  @Test("An event that the service has accepted is known from then on")
  func acceptedEvent() {
    let source = Self.source(chosen: ["aa1"])
    let line = "add event own.new x"
    func isKnown() -> Bool? {
      source.decoration(line, line.utf8.count).parts.first { $0.range == 10..<17 }
        .map { $0.style == Prompt.Style(colour: .green) }
    }
    #expect(isKnown() == false)
    var view = Self.view(chosen: ["aa1"])
    var holdings = view.holdings
    holdings.remember(
      Self.webhook("aa1", "app_1", ["MESSAGE_CREATED", "own.new"]), of: AppID(unchecked: "app_1"), at: .seconds(1))
    view = View(holdings, view.draft)
    source.update(Snapshot(profile: "default", host: "h", view: view))
    #expect(isKnown() == true)
  }

  @Test(
    "Events are those that make a difference",
    arguments: [
      ("add event MESSAGE_", ["aa2"], ["MESSAGE_DELIVERED"]),
      ("add event MESSAGE_", ["aa1", "aa2"], ["MESSAGE_SENT", "MESSAGE_DELIVERED"]),
      ("add event MESSAGE_SENT, MESSAGE_", ["aa1"], ["MESSAGE_DELIVERED"]),
      ("remove event ", ["aa1"], ["MESSAGE_CREATED"]),
      ("rename event ", ["aa2"], ["MESSAGE_CREATED", "MESSAGE_SENT"]),
      ("rename event MESSAGE_SENT to MESSAGE_", ["aa1", "aa2"], ["MESSAGE_DELIVERED"]),
      ("webhook aa2 remove event ", [], ["MESSAGE_CREATED", "MESSAGE_SENT"]),
      ("webhook aa2; remove event ", ["aa1"], ["MESSAGE_CREATED", "MESSAGE_SENT"]),
      ("set events own", ["aa1"], ["own.event"]), ("expect event own", ["aa1"], ["own.event"]),
      ("remove header ", ["aa2"], ["X-Team", "X-Tier"]), ("set header X-Te", ["aa2"], ["X-Team"]),
      ("remove header ", ["aa1"], []),
    ] as [(String, [String], [String])])
  func events(line: String, chosen: [String], candidates: [String]) {
    let texts = Self.texts(line, chosen: chosen)
    #expect(Set(texts) == Set(candidates), "\(texts)")
  }

  @Test(
    "Files are quoted where they must be, and a folder stays open",
    arguments: [
      ("show > odd/a", [#""odd/a>b.wh""#], true), ("show > 'odd/", ["'odd/a>b.wh'", "'odd/c|d.wh'"], true),
      ("show > odd/c", [#""odd/c|d.wh""#], true), ("source n", ["notes/"], false),
      ("source my", [#""my file.wh""#, #""my folder/"#], true),
      (#"source "my fo"#, [#""my folder/"#], false), (#"source "my folder/"#, [#""my folder/a.wh""#], true),
      ("source ~", ["~/"], false), ("source ~/", ["~/home.wh"], true), ("source .", [".hidden"], true),
      ("dump 'my f", ["'my file.wh'", "'my folder/"], true), ("webhook from no", ["notes/"], false),
    ] as [(String, [String], Bool)])
  func files(line: String, candidates: [String], space: Bool) {
    let result = Self.source().complete(line, line.utf8.count)
    #expect(result.candidates.map(\.text) == candidates)
    #expect(result.appendSpace == space)
  }

  @Test(
    "`let` offers the columns of CSV files, without those that are keys",
    arguments: [
      ("let ", ["host", "sig", "team_2"]), ("let s", ["sig"]), ("let sig from \"sig.csv\" by ", keys),
      ("let sig from \"sig.csv\" by web", ["webhook.id"]), ("use app * exc", ["except"]),
      ("use app * except o", ["one"]),
      ("use app * lim", ["limit"]),
      ("use app from \"", ["\"big.csv\"", "\"notes.txt\"", "\"sig.csv\"", "\"teams.CSV\""]),
      ("show webhooks by ", ["event", "host", "url"]), ("show webhooks as ", ["csv", "json", "table"]),
      ("undo 1 wh", ["where"]), ("dump as ", ["create"]), ("webhook * except where ur", ["url"]),
      ("set header X-Team ${t", ["${team_2}"]),
    ] as [(String, [String])])
  func data(line: String, candidates: [String]) {
    let files = [
      "sig.csv": "slug,sig\na,1\n", "teams.CSV": "app.id,team_2,not a name,host\n", "notes.txt": "zzz\n",
    ]
    let source = CompletionSource(
      profiles: [], readFile: { files[$0].map { Array($0.utf8) } },
      listFolder: { _ in
        [("teams.CSV", false), ("notes.txt", false), ("sig.csv", false), ("big.csv", false), ("d.csv", true)]
          .filter { line.contains("let") || !$0.1 }
      })
    source.update(
      Snapshot(profile: "default", host: "h", view: Self.view(), scope: Scope(variables: ["team_2": "x"])), runs: [])
    #expect(source.complete(line, line.utf8.count).candidates.map(\.text).sorted() == candidates)
  }

  private static let keys = ["app.id", "app.name", "app.slug", "webhook.id"]

  @Test("Variables complete inside `${`, and no list shows a secret")
  func variables() {
    let redactor = Redactor()
    redactor.learn("hunter22")
    let source = Self.source(variables: ["host": "example.com", "token": "hunter22"], redactor: redactor)
    let line = "set url https://${h"
    let result = source.complete(line, line.utf8.count)
    #expect(result.replaceFrom == 16)
    #expect(result.candidates == [Candidate("${host}", display: "host", hint: "example.com")])
    let all = source.complete("echo \"${", 8).candidates
    #expect(all.map(\.display).starts(with: ["host", "token"]))
    #expect(all[1].hint == Redactor.mask)
    // T20: the values of an app or webhook come only where they are allowed.
    #expect(all.map(\.display) == ["host", "token"])
    for line in ["set url https://${", "set header X-A ${", "replace url a with ${"] {
      #expect(source.complete(line, line.utf8.count).candidates.contains { $0.display == "app.slug" }, "\(line)")
    }
  }

  @Test(
    "A line is coloured by what its words are",
    arguments: [
      ("use app one", "kkk kkk ggg"), ("use app three ", "kkk kkk yyyyy "), ("use app three", "kkk kkk      "),
      ("use app o*", "kkk kkk   "), ("add event MESSAGE_SENT", "kkk kkkkk gggggggggggg"),
      ("add event NOPE x", "kkk kkkkk yyyy  "),
      ("set url 'https://x.example'", "kkk kkk sssssssssssssssssss"), ("echo ${host}x", "kkkk vvvvvvv "),
      ("# later", "ccccccc"), ("commit; # x", "kkkkkk  ccc"), ("ad event X", "ee        "), ("ad", "  "),
      ("use ap x", "kkk ee  "),
      ("webhook where url ~ 'x*'", "kkkkkkk kkkkk kkk   ssss"), ("config jobs 3", "kkkkkk gggg  "),
      ("echo 'open", "kkkk sssss"), ("webhook aa1 add event NOPE y", "kkkkkkk ggg kkk kkkkk yyyy  "),
    ])
  func colours(line: String, letters: String) {
    let names: [(Character, Prompt.Style)] = [
      ("k", .init(colour: .blue, bold: true)), ("g", .init(colour: .green)), ("y", .init(colour: .yellow)),
      ("s", .init(colour: .cyan)), ("v", .init(colour: .magenta)), ("c", .init(dim: true)),
      ("e", .init(colour: .red, underlined: true)),
    ]
    var shown = [Character](repeating: " ", count: line.utf8.count)
    for part in Self.source().decoration(line, line.utf8.count).parts {
      let letter = names.first { $0.1 == part.style }?.0 ?? "?"
      for index in part.range { shown[index] = letter }
    }
    #expect(String(shown) == letters)
  }

  @Test(
    "A hint says what may follow, at the end of the line alone",
    arguments: [
      ("use ", 4, "app | profile"), ("use a", 5, ""), ("use app ", 8, "APP | * | where | from"), ("use ", 2, nil),
      ("", 0, nil),
      ("let x ", 6, "= | from"), ("commit ", 7, ""), ("rename event A ", 15, "to"),
    ] as [(String, Int, String?)])
  func hint(line: String, cursor: Int, text: String?) {
    #expect(Self.source().decoration(line, cursor).hint == text)
  }

  @Test("Options turn colours and hints off")
  func undecorated() throws {
    let source = Self.source()
    var options = SessionOptions()
    (options.isHighlighted, options.hasHints) = (false, false)
    source.update(Snapshot(profile: "default", host: "h", view: Self.view(), options: options))
    #expect(source.decoration("use ", 4) == LineDecoration())
  }

  @Test("Statements say what they do, and webhooks what their url is")
  func hints() {
    let source = Self.source()
    #expect(source.complete("com", 3).candidates.first?.hint?.hasPrefix("Send") == true)
    #expect(source.complete("webhook aa1", 11).candidates.first?.hint == "https://example.com/aa1")
    #expect(source.complete("us", 2).candidates.first?.hint == "app, profile")
    func hint(_ line: String, _ text: String) -> String? {
      source.complete(line, line.utf8.count).candidates.first { $0.text == text }?.hint
    }
    #expect(hint("show apps ", ">") == "new file")
    #expect(hint("webhook where created ", ">") == nil)
    #expect(hint("use app ", "*") == "all")
  }

  @Test("Of very many names only those that a list can show become candidates, with the last one")
  func many() {
    var holdings = Holdings()
    let app = AppID(unchecked: "app_1")
    holdings.remember(
      all: (10_000..<12_000).map { Self.webhook("w\($0)", "app_1", []) }, of: app, at: .zero)
    let source = CompletionSource(profiles: []) { _ in [] }
    source.update(Snapshot(profile: "p", host: "h", view: View(holdings, Draft(apps: [App(id: app)]))))
    let result = source.complete("webhook w1", 10)
    #expect(result.candidates.count + result.omitted == 2000)
    #expect(result.omitted > 1000 && result.candidates.last?.text == "w11999")
    // They have no longer common prefix than was typed, though the first hundreds do.
    guard case .list(_, let omitted) = CompletionAction(result, line: "webhook w1", cursorByteOffset: 10) else {
      Issue.record("no list")
      return
    }
    #expect(omitted == result.omitted)
  }
}
