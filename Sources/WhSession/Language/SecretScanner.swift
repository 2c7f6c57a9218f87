import WhDomain
import WhSyntax

/// Finds what may be a secret in statements that could not be read, so that their errors can't show it.
///
/// A statement that could be read says itself what its secrets are; of one that could not, too much is hidden rather
/// than too little.
struct SecretScanner {
  private let redactor: Redactor
  /// Words of the language, which other statements show as well.
  private let keywords: Set<String>

  init(_ grammars: GrammarTable, _ redactor: Redactor) {
    self.redactor = redactor
    var words = Self.commonKeywords
    for entry in grammars.entries { words.formUnion(entry.grammar.head.split(separator: " ").map(String.init)) }
    keywords = words
  }

  /// Learns what follows a name that says secret, and what is glued to such a name by a sign.
  ///
  /// - Parameter tokens: those of statements that could not be read.
  func learn(from tokens: [Token]) {
    for statement in tokens.split(whereSeparator: \.endsStatement) {
      let words = statement.compactMap(\.word)
      // `let NAME from FILE by KEY` names a file, and holds no value.
      if words.count > 3, words[0].bareText == "let", words[2].bareText == "from" { continue }
      for word in words { redactor.learn(urlsIn: word.span.text) }
      guard let name = words.firstIndex(where: Self.isName) else { continue }
      for index in words[name...].indices { learn(words[index], isName: index == name) }
    }
  }

  /// Learns the values that a command of the shell gives to secret headers, as in `-H "Authorization: Bearer …"`; one that
  /// is expanded by the shell, such as `$TOKEN`, is not a secret.
  func learn(fromCommand text: String) {
    let pieces = text.split(omittingEmptySubsequences: false) { $0 == "\"" || $0 == "'" }
    for (option, header) in zip(pieces, pieces.dropFirst()) {
      let before = option.split { $0 == " " || $0 == "=" }.last
      guard let colon = header.firstIndex(of: ":"), let before, ["-H", "--header"].contains(before),
        Header.isSecret(name: String(header[..<colon])), !header.contains("$")
      else { continue }
      redactor.learn(String(header[header.index(after: colon)...].drop { $0 == " " }))
    }
  }

  /// True for a word whose text says that a secret follows, which that of a url does not.
  private static func isName(_ word: Word) -> Bool {
    let text = word.span.text.drop { $0 == "\"" || $0 == "'" }
    return !text.drop(while: \.isLetter).hasPrefix("://") && Header.isSecret(name: String(text))
  }

  private func learn(_ word: Word, isName: Bool) {
    let texts = word.parts.compactMap { if case .text(let text, let span) = $0 { [text, span.text] } else { nil } }
    for text in texts.joined() where !isInnocent(text) {
      if !isName {
        redactor.learn(written: text)
        redactor.learn(short: word.span)
      }
      if let sign = text.firstIndex(where: { "=:~".contains($0) }) {
        redactor.learn(written: String(text[text.index(after: sign)...]))
      }
      // A quote in the wrong place makes one word of several.
      let pieces = text.split(whereSeparator: \.isWhitespace).map(String.init)
      guard isName, let name = pieces.firstIndex(where: Header.isSecret(name:)) else { continue }
      for piece in pieces[(name + 1)...] where !isInnocent(piece) { redactor.learn(piece) }
    }
  }

  /// True for words of the language, for events and for the names of schemes, which other statements show as well.
  private func isInnocent(_ text: String) -> Bool {
    let word = text.hasSuffix(" ") ? String(text.dropLast()) : text
    return EventCatalogue.contains(word) || keywords.contains(word.lowercased())
  }

  private static let commonKeywords = Set<String>([
    "and", "or", "not", "where", "from", "to", "with", "event", "header", "authorization", "bearer", "basic",
  ]).union(PredicateSyntax.fields(of: .webhook).keys)
}

extension Token {
  fileprivate var endsStatement: Bool { if case .terminator = kind { true } else { false } }
}
