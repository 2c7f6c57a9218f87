import Testing
import WhDomain
import WhSession
import WhSyntax

/// Scripts larger than a person writes: none of them exhausts the stack, the memory or anybody's patience.
@Suite struct DeepScriptTests {
  private static func bind(_ text: String, _ scope: Scope = Scope()) -> Script {
    Binder(readFile: { _ throws(FileProblem) in throw FileProblem("no files") }, redactor: Redactor())
      .bind(Source(name: "t.wh", text: text), in: scope)
  }

  @Test(arguments: ["or", "and"]) func aPredicateOfAnyLengthIsRead(_ joint: String) async throws {
    let tests = (0..<20_000).map { "event E\($0)" }.joined(separator: " \(joint) ")
    let harness = try Harness()
    let trace = await harness.run("use app app_1; webhook where \(tests)")
    #expect(trace.codes == [])
  }

  @Test func aValueIsAtMostOneMebibyte() throws {
    let script = Self.bind("let a = xxxxxxxxxx\n" + String(repeating: "let a = \"${a}${a}\"\n", count: 24))
    let error = try #require(script.diagnostics.first)
    #expect(error.code == .valueTooLong && error.span.position.line == 18)
  }

  @Test(arguments: [("ad event A\n", Diagnostic.Severity.error), ("webhook * add event E\n", .warning)])
  func theFirstHundredProblemsAreShownAndTheRestIsCounted(_ line: String, _ severity: Diagnostic.Severity) throws {
    let script = Self.bind(String(repeating: line, count: 350))
    let found = script.diagnostics.filter { $0.severity == severity }
    #expect(found.count == 101)
    #expect(found.last?.code == .furtherProblems && found.last?.message.contains("250 more") == true)
    #expect(script.hasErrors == (severity == .error))
  }

  @Test func theCommandLineWinsOverLet() {
    let script = Self.bind("let a = script\nlet b = script\necho ${a} ${b}", Scope(fixed: ["a": "line"]))
    #expect(script.scope.variables == ["a": "line", "b": "script"])
  }

  @Test(arguments: [
    ("set header X-Webhook-Secret \"${none}\"", DiagnosticCode.emptyText),
    ("set header Authorization ${none}", .emptyText), ("webhook where url ~ \"${none}*\"", .emptyText),
    ("expect header X ~ ${none}*", .emptyText),
  ])
  func anEmptyVariableWidensNothingAndBlanksNoSecret(_ statement: String, _ code: DiagnosticCode) {
    let script = Self.bind(statement, Scope(variables: ["none": ""]))
    #expect(script.diagnostics.map(\.code) == [code])
  }

  @Test(arguments: ["set header X-Webhook-Secret \"\"", "set header X-Team \"${none}\"", "expect url = \"${none}\""])
  func anEmptyTextThatIsMeantIsTaken(_ statement: String) {
    #expect(!Self.bind(statement, Scope(variables: ["none": ""])).hasErrors)
  }
}
