extension Header {
  /// True when a service most likely shows this in place of the value that it holds, as `********`, `Bearer ****abcd` or
  /// `[REDACTED]`; of a secret header `xxxxxxxx` too. Sent back, it would destroy that value.
  package var isMasked: Bool {
    Header.isMasked(value: value) || isSecret && value.count >= 6 && value.allSatisfy { "xX".contains($0) }
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
