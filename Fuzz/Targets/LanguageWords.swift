import WhDomain
import WhSession
import WhSyntax

/// The words and signs of the language, out of its grammar.
enum LanguageWords {
  static var all: [String] {
    let grammars = CommandTable.pages.flatMap { $0.synopsis.split(separator: " ").map(String.init) }
      .filter { $0.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } }
    let fields = [Subject.app, .webhook].flatMap { PredicateSyntax.fields(of: $0).keys }
    let signs =
      [
        "${", "}", "\\\n", "\\\r\n", "\\u{202E}", "\\$", "\r\n", "\u{FEFF}", ";", ", ", "# ", "\"", "'", "(", ")", ">!",
        ">>", "|",
      ]
      + PredicateSyntax.textOperators + PredicateSyntax.timeOperators
    return grammars + fields + signs + Placeholder.allCases.map { "${\($0.rawValue)}" }
      + ["where", "from", "except", "limit", "and", "or", "not", "event", "header", "https://", "2026-01-01"]
      + EventCatalogue.all.prefix(4)
  }
}
