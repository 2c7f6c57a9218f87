import Testing
import WhAPI
import WhDomain

@testable import WhJournal
@testable import WhSystem

/// A finding, and what it must be.
struct FindingRow: Sendable, CustomTestStringConvertible {
  let finding: Finding
  let state: Finding.State
  /// Parts of the detail.
  let says: [String]
  /// A part of the advice; nil where there is to be none.
  let advice: String?

  init(_ finding: Finding, _ state: Finding.State, _ says: String..., advice: String? = nil) {
    self.finding = finding
    self.state = state
    self.says = says
    self.advice = advice
  }

  var testDescription: String { "\(finding.subject): \(says.first ?? "")" }

  func check(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(finding.state == state, "\(finding)", sourceLocation: sourceLocation)
    for part in says {
      #expect(finding.detail.contains(part), "\(finding)", sourceLocation: sourceLocation)
    }
    #expect((finding.advice == nil) == (advice == nil), "\(finding)", sourceLocation: sourceLocation)
    if let advice {
      #expect(finding.advice?.contains(advice) == true, "\(finding)", sourceLocation: sourceLocation)
    }
    for text in [finding.detail, finding.advice].compactMap(\.self) {
      #expect(!text.isEmpty && !text.contains("\n") && !text.hasSuffix("."), sourceLocation: sourceLocation)
    }
  }
}

@Suite("What the doctor finds")
struct FindingTests {
  @Test(
    "of the service",
    arguments: [
      FindingRow(
        .service(.apps(14), in: .milliseconds(35)), .ok, "the key is accepted, 14 apps, answered in 35 ms"),
      FindingRow(.service(.apps(1), in: .microseconds(2350)), .ok, "1 app, answered in 2.4 ms"),
      FindingRow(.service(.ownApp, in: .seconds(2)), .ok, "the key is accepted, answered in 2000 ms"),
      FindingRow(.service(.untold, in: .milliseconds(10)), .ok, "answered in 10 ms", "could not be tested"),
      FindingRow(.clock(offset: nil), .ok, "does not tell"),
      FindingRow(.clock(offset: .zero), .ok, "the same time"),
      FindingRow(.clock(offset: .milliseconds(-1400)), .ok, "the same time"),
      FindingRow(.clock(offset: .seconds(5)), .ok, "5 s slow"),
      FindingRow(.clock(offset: .seconds(-30)), .ok, "30 s fast"),
      FindingRow(.clock(offset: .seconds(31)), .warning, "31 s slow", advice: "NTP"),
      FindingRow(.clock(offset: .seconds(-3600)), .warning, "60 min fast", advice: "NTP"),
      FindingRow(.clock(offset: .seconds(86_400)), .warning, "24 h slow", advice: "NTP"),
      FindingRow(.limit(nil), .ok, "no rate limit"),
      FindingRow(
        .limit(PacingRate(limit: 120, window: .seconds(60), remaining: 119)), .ok,
        "120 requests per 60 s, 119 remaining"),
      FindingRow(
        .limit(PacingRate(limit: 1, window: .seconds(3600), remaining: 0)), .warning,
        "1 request per 60 min, 0 remaining",
        advice: "other users of the key"),
    ])
  func ofService(row: FindingRow) { row.check() }

  private static let file = JournalHealth(.sqlite, at: "/j.sqlite", version: 2, isWritable: true)
  private static let unwritable = JournalHealth(.sqlite, at: "/j.sqlite", version: 2, isWritable: false)
  private static let database = JournalHealth(
    .postgres(version: "15.18"), at: "postgresql://db/ops", version: 1, isWritable: true, roundTrip: .microseconds(1250)
  )
  private static let readOnly = JournalHealth(
    .postgres(version: "15.18"), at: "postgresql://db/ops", version: nil, isWritable: false,
    roundTrip: .milliseconds(20))

  @Test(
    "of the journal",
    arguments: [
      FindingRow(.journal(file), .ok, "file /j.sqlite, version 2"),
      FindingRow(
        .journal(JournalHealth(.sqlite, at: "/j.sqlite", version: nil, isWritable: true)), .ok, "none yet",
        "the first commit creates it"),
      FindingRow(.journal(unwritable), .problem, "can't be written", advice: "XDG_STATE_HOME"),
      FindingRow(
        .journal(database), .ok, "PostgreSQL 15.18, postgresql://db/ops, version 1, round trip 1.3 ms"),
      FindingRow(
        .journal(readOnly), .problem, "none yet", "can't be written", "20 ms", advice: "rights on the schema"),
      FindingRow(
        .journal(JournalError(.unreachable, at: "postgresql://db/ops", "refused", in: .database)), .problem,
        "can't be reached: refused", advice: "check the url"),
      FindingRow(.journal(JournalError(.corrupt(run: nil), at: "/j")), .problem, "is damaged", advice: "wh runs check"),
      FindingRow(
        .journal(JournalError(.badAddress, at: "WH_JOURNAL", "x")), .problem, "WH_JOURNAL", advice: "postgresql://"),
    ])
  func ofJournal(row: FindingRow) { row.check() }

  private static func run(_ number: Int, open: Int = 5, isOthers: Bool = false) -> Run {
    let metadata = RunMetadata(
      profile: "prod", host: "h", user: "u", version: "1", startedAt: Moment(milliseconds: 0))
    var run = Run(
      number: number, metadata: metadata, finishedAt: nil, abandonedAt: nil, intentCount: 7, settledCount: 7 - open,
      recorded: [:], undoneBy: nil)
    run.isOthers = isOthers
    return run
  }

  private static func runs(_ runs: Run...) -> Finding {
    .runs(unfinished: runs) { "wh resume \($0.number) --profile prod" }
  }

  @Test(
    "of runs",
    arguments: [
      FindingRow(runs(), .ok, "none unfinished"),
      FindingRow(runs(run(4, isOthers: true)), .ok, "none unfinished, 1 run in progress (4)"),
      FindingRow(
        runs(run(3)), .warning, "run 3 of profile prod is unfinished: 5 of 7 webhooks open",
        advice: "run `wh resume 3 --profile prod` to finish it, or give up with `wh runs abandon RUN`"),
      FindingRow(
        runs(run(1), run(2, open: 1), run(3), run(4), run(5), run(6, isOthers: true)), .warning,
        "run 2 of profile prod",
        "1 of 7 webhooks open", "and 2 more", "1 run in progress (6)", advice: "to finish them"),
    ])
  func ofRuns(row: FindingRow) { row.check() }

  private static func terminal(_ term: String?, columns: Int? = 80, noColour: Bool = false, colour: Bool = true)
    -> Finding
  {
    .terminal(
      TerminalFacts(
        isTerminal: true, columns: columns, rows: columns.map { _ in 24 }, term: term, hasNoColour: noColour,
        hasColour: colour))
  }

  private static func environment(_ variables: [String: String]) -> Environment {
    Environment(variables.merging(["PATH": "/usr/bin:/bin"]) { old, _ in old })
  }

  @Test(
    "of the terminal",
    arguments: [
      FindingRow(.terminal(TerminalFacts(isTerminal: false)), .ok, "not a terminal", "TERM is not set"),
      FindingRow(.terminal(TerminalFacts(isTerminal: false, term: "dumb")), .ok, "not a terminal", "TERM=dumb"),
      FindingRow(terminal("xterm"), .ok, "TERM=xterm, 80 columns, 24 rows, colour"),
      FindingRow(terminal("xterm", noColour: true, colour: false), .ok, "no colour (NO_COLOR)"),
      FindingRow(terminal("xterm", colour: false), .ok, "24 rows, no colour"),
      FindingRow(
        terminal("dumb", colour: false), .warning, "TERM=dumb: no colour, no line editing", advice: "xterm-256color"),
      FindingRow(terminal(nil), .warning, "TERM is not set: no line editing", advice: "set TERM"),
      FindingRow(terminal("xterm", columns: nil), .warning, "size is not known", advice: "stty"),
      FindingRow(.prompt(isInteractive: false, problem: nil), .skipped, "not checked"),
      FindingRow(.prompt(isInteractive: true, problem: nil), .ok, "starts"),
      FindingRow(
        .prompt(isInteractive: true, problem: "it cannot start"), .problem, "it cannot start", advice: "wh run"),
      FindingRow(.pager(environment(["PAGER": ""])), .ok, "none (PAGER is empty)"),
      FindingRow(.pager(environment(["PAGER": "cat -n"])), .ok, "cat -n (PAGER)"),
      FindingRow(
        .pager(environment(["PAGER": "/nowhere/less"])), .warning, "can't be started", advice: "fix PAGER"),
      FindingRow(.pager(environment(["PATH": "/nowhere"])), .warning, "less -FRX (default)", advice: "install less"),
      FindingRow(.pager(environment(["PAGER": "nosuch", "TERM": "dumb"])), .ok, "none (TERM=dumb)"),
      FindingRow(.editor(environment(["EDITOR": "cat", "VISUAL": "nosuch"])), .ok, "cat (EDITOR)"),
      FindingRow(
        .editor(environment(["EDITOR": "cat", "VISUAL": "nosuch", "TERM": "xterm"])), .warning, "nosuch (VISUAL)",
        advice: "fix VISUAL"),
      FindingRow(
        .editor(environment(["EDITOR": "/nowhere/vi"])), .warning, "can't be started", advice: "fix EDITOR"),
      FindingRow(.editor(environment(["PATH": "/nowhere"])), .ok, "set VISUAL or EDITOR"),
    ])
  func ofTerminal(row: FindingRow) { row.check() }

  @Test(
    "of the locale",
    arguments: [
      FindingRow(.locale(SystemLocale(variable: "LANG", name: "C.UTF-8", encoding: "UTF-8")), .ok, "LANG=C.UTF-8"),
      FindingRow(
        .locale(SystemLocale(variable: "LC_ALL", name: "C", encoding: "ANSI_X3.4-1968")), .warning,
        "LC_ALL=C: ANSI_X3.4-1968",
        "letters outside of ASCII", advice: "set LC_ALL to"),
      FindingRow(
        .locale(SystemLocale(variable: nil, name: "C", encoding: "ANSI_X3.4-1968")), .warning, "no locale is set",
        advice: "set LANG to"),
      FindingRow(
        .locale(SystemLocale(variable: "LC_CTYPE", name: "xx_YY.UTF-8", encoding: nil)), .warning, "is not installed",
        advice: "set LC_CTYPE to"),
    ])
  func ofLocale(row: FindingRow) { row.check() }

  @Test(
    "The locale is that of the first variable that is set",
    arguments: [
      (["LC_ALL": "C.UTF-8", "LANG": "C"], "LC_ALL", "UTF-8"),
      (["LC_ALL": "", "LC_CTYPE": "C.UTF-8"], "LC_CTYPE", "UTF-8"),
      (["LANG": "C.UTF-8"], "LANG", "UTF-8"), (["LC_ALL": "no_SUCH.UTF-8", "LANG": "C.UTF-8"], "LC_ALL", nil),
    ] as [([String: String], String, String?)])
  func systemLocale(variables: [String: String], variable: String, encoding: String?) {
    let locale = SystemLocale(Environment(variables))
    #expect(locale.variable == variable && locale.name == variables[variable])
    #expect(locale.encoding == encoding)
  }

  @Test("Without a variable it is C, which is not UTF-8")
  func noLocale() {
    let locale = SystemLocale(Environment([:]))
    #expect(locale.variable == nil && locale.name == "C")
    #expect(locale.encoding != nil && locale.encoding != "UTF-8")
  }
}
