extension Header {
  /// True when a service most likely shows this in place of the value that it holds, as `********`, `Bearer ****abcd` or
  /// `[REDACTED]`; of a secret header `xxxxxxxx` too. Sent back, it would destroy that value.
  package var isMasked: Bool {
    Header.isMasked(value: value) || isSecret && Header.isMaskedSecret(value)
  }

  /// What cannot be the value of a secret either: nothing, a word for a mask, or a value with its middle left out.
  private static func isMaskedSecret(_ value: String) -> Bool {
    let text = value[...].trimmingBlanks.drop { quotes.contains($0) }
    let bare = String(text.reversed().drop { quotes.contains($0) }.reversed())
    if bare.isEmpty || bareWords.contains(bare.lowercased()) { return true }
    if bare.allSatisfy(fillers.contains) {
      return Set(bare.lowercased()).count == 1 && (bare.count >= 3 || !bare.contains { "xX".contains($0) })
    }
    guard let gap = ["...", "…"].compactMap({ bare.firstRange(of: $0) }).first else { return isMasked(value: bare) }
    return bare[..<gap.lowerBound].count <= 12 && bare[gap.upperBound...].count <= 12
  }

  /// The same of a value whose header's name says nothing.
  package static func isMasked(value: String) -> Bool {
    var text = value[...].trimmingBlanks
    if let space = text.firstIndex(of: " "), schemes.contains(text[..<space].lowercased()) {
      text = text[space...].trimmingBlanks
    }
    return isStars(text) || isWord(text)
  }

  /// Three dots or stars, or more, with at most a few characters of the value before and after them.
  private static func isStars(_ text: Substring) -> Bool {
    guard let start = text.firstIndex(where: maskCharacters.contains) else { return false }
    let run = text[start...].prefix(while: maskCharacters.contains)
    let (before, after) = (text[..<start], text[run.endIndex...])
    return run.count >= 3 && before.count <= 12 && after.count <= 8
      && (before + after).unicodeScalars.allSatisfy(\.isIdentifierScalar)
  }

  /// A word for it in brackets, or `redacted` alone.
  private static func isWord(_ text: Substring) -> Bool {
    let word = text.drop(while: brackets.contains).reversed().drop(while: brackets.contains).reversed()
    let bare = String(word).lowercased()
    return bare == "redacted" || bare.count < text.count && maskWords.contains(bare)
  }

  private static let schemes: Set<String> = ["bearer", "basic", "token", "apikey", "digest"]
  private static let maskCharacters: Set<Character> = ["*", "•", "●", "∙", "·", "█", "＊"]
  /// Words that stand for a secret without brackets. `secret` itself may be the value of a test.
  private static let bareWords: Set<String> = ["hidden", "masked", "filtered", "removed", "not shown", "value hidden"]
  /// Characters that alone make up no secret.
  private static let fillers: Set<Character> = [
    "x", "X", "*", "∗", "＊", "•", "·", ".", "…", "-", "–", "—", "_", "#", "?",
  ]
  private static let quotes: Set<Character> = ["\"", "'", "`"]
  private static let brackets: Set<Character> = ["[", "]", "<", ">", "(", ")", "{", "}", "*", "_", "•"]
  private static let maskWords: Set<String> = [
    "redacted", "hidden", "masked", "filtered", "removed", "protected", "sensitive", "secret", "sensitive value",
    "secret value", "value hidden", "value redacted", "not shown",
  ]
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    let start = drop { $0 == " " || $0 == "\t" }
    return start.lastIndex { $0 != " " && $0 != "\t" }.map { start[...$0] } ?? ""
  }
}
