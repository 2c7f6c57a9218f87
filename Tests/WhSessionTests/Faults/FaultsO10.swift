import Testing
import WhSyntax

@testable import WhSession

/// Found by `scripts/fuzz format`.
@Suite("O10: formatting changes nothing that a script means")
struct FaultsO10 {
  private static func codes(_ text: String) -> [String] {
    CommandTable.vocabulary.errors(Source(name: "t.wh", text: text), Scope()).map(\.code.rawValue)
  }

  @Test(
    "O10: a pattern where a name must stand is an error before and after it",
    arguments: [
      "add event a*\"b", "add event m?'", "set events A, m[a]'b", "rename event a*'b to c", "rename event A to b*\"",
      "create webhook https://a.example events a*'",
      "webhook * add event a*'b, C", "add event a*\\\n'b", "expect event x*'y",
    ])
  func patterns(_ text: String) throws {
    #expect(Self.codes(text) == ["event-pattern"] || Self.codes(text).isEmpty && text.hasPrefix("expect"))
    let once = try CommandTable.formatter.format(Source(name: "t.wh", text: text))
    #expect(Self.codes(once) == Self.codes(text), "\(once)")
    #expect(try CommandTable.formatter.format(Source(name: "t.wh", text: once)) == once)
  }

  @Test(
    "O10: a comma within a name is an error before and after it",
    arguments: [
      "webhook a,b'c", "webhook from,\"ids", "use app a,'b", "webhook * add event A,B\"", "rename event A,B' to C",
    ])
  func commas(_ text: String) throws {
    #expect(!Self.codes(text).isEmpty)
    let once = try CommandTable.formatter.format(Source(name: "t.wh", text: text))
    #expect(Self.codes(once) == Self.codes(text), "\(once)")
    #expect(try CommandTable.formatter.format(Source(name: "t.wh", text: once)) == once)
  }

  @Test(
    "O10: a name in quotes stays in quotes, and what is no pattern is quoted where it must be",
    arguments: [
      ("add event \"a*'b\"", "add event \"a*'b\"\n"), ("add event 'a*'", "add event 'a*'\n"),
      ("add event a'b", "add event \"a'b\"\n"), ("webhook where url ~ *a*", "webhook where url ~ *a*\n"),
      ("webhook where url ~ *a'*", "webhook where url ~ *a'*\n"),
    ])
  func others(_ text: String, _ form: String) throws {
    #expect(try CommandTable.formatter.format(Source(name: "t.wh", text: text)) == form)
  }
}
