import WhDomain
import WhSyntax

/// Finds the secrets of a text before it is parsed, so that an error in the statement can't show them.
enum SecretScanner {
  /// Learns every word that stands behind the name of a secret header, and the value of a secret variable.
  static func learn(from tokens: [Token], into redactor: Redactor) {
    for statement in tokens.split(whereSeparator: \.endsStatement) {
      let words = statement.compactMap(\.word)
      guard let name = words.firstIndex(where: { isSecretName($0, in: words) }) else { continue }
      for word in words[(name + 1)...] where !isGlue(word) { redactor.learn(plainText(of: word)) }
    }
  }

  private static func isSecretName(_ word: Word, in words: [Word]) -> Bool {
    guard let name = word.literal, Header.isSecret(name: name) else { return false }
    guard let index = words.firstIndex(where: { $0.span == word.span }), index > 0 else { return false }
    let before = words[index - 1].keyword ?? ""
    let isHeaderStatement = DidYouMean.nearest(to: before, among: ["header", "headers"]) != nil
    let isAssignment = before == "let"
    return isHeaderStatement || isAssignment || wellKnown.contains(name.lowercased())
  }

  private static let wellKnown: Set<String> = ["authorization", "proxy-authorization", "cookie", "x-api-key"]

  private static func isGlue(_ word: Word) -> Bool {
    ["=", "!=", "~", "!~", "and", "or", "not", "to", "header"].contains(word.keyword ?? "")
  }

  private static func plainText(of word: Word) -> String {
    word.parts.map { if case .text(let text, _) = $0 { text } else { "" } }.joined()
  }
}

extension Token {
  fileprivate var endsStatement: Bool { if case .terminator = kind { true } else { false } }
}
