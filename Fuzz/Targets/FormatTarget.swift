import WhDomain
import WhSyntax
import WhSyntaxShape

@testable import WhSession

/// The canonical form of a script: it reads as the script, keeps its comments, and is its own canonical form.
enum FormatTarget: FuzzTarget {
  static var words: [String] { LanguageWords.all }

  static func run(_ bytes: [UInt8]) {
    let source = Source(name: "fuzz.wh", bytes: bytes)
    let parsed = CommandTable.parser.parse(source)
    guard let once = try? CommandTable.formatter.format(source) else {
      return rule(!parsed.diagnostics.isEmpty, "a script without errors is not formatted")
    }
    rule(parsed.diagnostics.isEmpty, "a script with errors is formatted")
    let again = Source(name: "fuzz.wh", text: once)
    let reparsed = CommandTable.parser.parse(again)
    rule(Shape.of(reparsed.diagnostics).isEmpty, "the form has errors: \(once.debugDescription)")
    rule(Shape.of(reparsed) == Shape.of(parsed), "the form reads as another script: \(once.debugDescription)")
    rule(comments(again) == comments(source), "comments are lost or changed: \(once.debugDescription)")
    let twice = try? CommandTable.formatter.format(again)
    rule(twice.map { $0.utf8.elementsEqual(once.utf8) } ?? false, "the form has another form: \(once.debugDescription)")
    // A pattern that ends in a backslash has to be quoted, and is then a name.
    rule(
      codes(of: again) == codes(of: source) || once.contains("\\\\\""),
      "the form has other errors in its words: \(once.debugDescription)")
  }

  private static func comments(_ source: Source) -> [String] {
    Lexer.lex(source).tokens.compactMap { token in
      guard case .comment = token.kind else { return nil }
      var text = token.span.text.unicodeScalars[...]
      while let last = text.last, last == " " || last == "\t" { text.removeLast() }
      return String(text)
    }
  }

  private static func codes(of source: Source) -> [String] {
    CommandTable.vocabulary.errors(source, Scope()).map(\.code.rawValue)
  }
}
