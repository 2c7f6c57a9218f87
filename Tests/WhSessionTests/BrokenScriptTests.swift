import Testing
import WhSession
import WhSyntax
import WhTestSupport

/// Everything that is wrong with a script is found before anything is sent.
@Suite struct BrokenScriptTests {
  @Test(arguments: BrokenScripts.all)
  func isRefusedWithTheseFindings(_ script: BrokenScript) {
    let world = FakeWorld(files: script.files)
    let binder = Binder(readFile: world.effects.readFile, redactor: Redactor())
    let bound = binder.bind(Source(name: BrokenScript.name, bytes: script.bytes), in: Scope())
    let errors = bound.diagnostics.filter { $0.severity == .error }
    #expect(bound.hasErrors)
    #expect(errors.map(Self.place) == script.findings.map(Self.place))
    for (error, finding) in zip(errors, script.findings) {
      if let label = finding.label {
        #expect(error.label?.contains(label) ?? false, "\(error.label ?? "no label")")
      }
      let drawing = DiagnosticRenderer().render(error)
      #expect(drawing.hasPrefix("error[\(finding.code)]: "))
      #expect(drawing.contains(" --> \(finding.file ?? BrokenScript.name):\(finding.line):\(finding.column)\n"))
    }
  }

  /// A check keeps no statement, and finds the same.
  @Test(arguments: BrokenScripts.all)
  func aCheckFindsTheSame(_ script: BrokenScript) {
    let world = FakeWorld(files: script.files)
    let source = Source(name: BrokenScript.name, bytes: script.bytes)
    let binder = Binder(readFile: world.effects.readFile, redactor: Redactor())
    let (bound, checked) = (binder.bind(source, in: Scope()), binder.check(source, in: Scope()))
    let drawings = [bound, checked].map { $0.diagnostics.map { DiagnosticRenderer().render($0) } }
    #expect(drawings[0] == drawings[1])
    #expect(checked.statements.isEmpty && checked.isIncomplete == bound.isIncomplete)
  }

  private static func place(_ diagnostic: Diagnostic) -> String {
    let (line, column) = diagnostic.span.position
    return "\(diagnostic.code.rawValue) \(diagnostic.span.source.name):\(line):\(column) «\(diagnostic.span.text)»"
  }

  private static func place(_ finding: BrokenScript.Finding) -> String {
    "\(finding.code) \(finding.file ?? BrokenScript.name):\(finding.line):\(finding.column) «\(finding.caret)»"
  }

  @Test func thereAreEnoughOfThem() {
    #expect(BrokenScripts.all.count >= 80)
    #expect(Set(BrokenScripts.all.map(\.bytes)).count == BrokenScripts.all.count)
  }

  /// The kinds of error that a text can have, but for those of statements that this version can't run.
  @Test func everyKindOfErrorOfATextIsAmongThem() {
    let found = Set(BrokenScripts.all.flatMap(\.findings).map(\.code))
    let expected: [DiagnosticCode] = [
      .notUTF8, .unclosedQuote, .textAfterQuote, .unknownEscape, .badUnicodeEscape, .unclosedVariable, .badVariableName,
      .nothingToJoin, .unknownKeyword, .unexpectedWord, .unexpectedComma, .incompleteStatement, .unknownVariable,
      .placeholderNotAllowed, .reservedVariable, .invalidID, .invalidURL, .invalidEvent, .unknownEvent, .eventPattern,
      .invalidHeaderName, .invalidHeaderValue, .invalidTime, .invalidRun, .emptyText, .unknownOption,
      .invalidOptionValue,
      .unknownTopic, .unreadableFile, .sourceCycle,
    ]
    #expect(found == Set(expected.map(\.rawValue)))
  }

  @Test(arguments: [
    ("set url http://example.com", "plain-url"), ("add event MESSAGE_SNT", "unknown-event"),
    ("set events NEW_EVENT", "unknown-event"), ("rename event MESSAGE_SENT to B", "unknown-event"),
  ])
  func whatMayBeMeantIsAWarning(_ text: String, _ code: String) {
    let script = Binder(readFile: FakeWorld().effects.readFile, redactor: Redactor())
      .bind(Source(name: "t", text: text), in: Scope())
    #expect(script.diagnostics.map(\.code.rawValue) == [code])
    #expect(!script.hasErrors)
    #expect(script.statements.count == 1)
  }

  @Test(arguments: [
    ("source a", true), ("source a; source b", true), ("source a; ad", false), ("ad", false), ("commit", false),
  ])
  func anUnreadableFileIsAnErrorOfItsOwnKind(_ text: String, _ isUnreadable: Bool) {
    let script = Binder(readFile: FakeWorld().effects.readFile, redactor: Redactor())
      .bind(Source(name: "t", text: text), in: Scope())
    #expect(script.isUnreadable == isUnreadable)
  }
}
