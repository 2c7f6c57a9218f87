import WhSyntax

/// The word that is being typed at the cursor.
struct PartialWord {
  /// The byte at which it begins: where its candidate is put.
  let start: Int
  /// The text so far, without its quote.
  let text: String
  private let quoting: Word.Quoting
  var isQuoted: Bool { quoting != .bare }
  /// The name after an open `${`, and the byte offset of the `$`.
  let openVariable: (start: Int, name: String)?

  init(at cursor: Int, in source: Source) {
    let tokens = Lexer.lex(source).tokens
    if let last = tokens.last, let word = last.word, word.span.range.upperBound == source.bytes.count {
      start = word.span.range.lowerBound
      quoting = word.quoting
      text = Self.text(of: word)
    } else {
      start = source.bytes.count
      quoting = .bare
      text = ""
    }
    openVariable = Self.openVariable(in: source.text(start..<source.bytes.count), from: start)
  }

  /// A name as a candidate for the word, in the quotes that it was begun with.
  ///
  /// - Parameters:
  ///   - keywords: words that must be quoted where this stands.
  ///   - isOpen: true for an incomplete name, so that its quote stays open.
  func candidate(
    _ name: String, display: String? = nil, hint: String? = nil, avoiding keywords: Set<String> = [],
    isOpen: Bool = false
  ) -> Candidate {
    var text =
      switch quoting {
      // Where output may be sent elsewhere, a bare word ends before its sign.
      case .bare where name.contains { $0 == ">" || $0 == "|" }: Quoter.quoted(name)
      case .bare: Quoter.word(name, avoiding: keywords)
      case .single where !name.unicodeScalars.contains(where: { $0 == "'" || Printable.isHazard($0) }): "'\(name)'"
      case .single, .double, .raw: Quoter.quoted(name)
      }
    if isOpen, let quote = text.first, quote == "\"" || quote == "'" { text.removeLast() }
    return Candidate(text, display: Printable.escaped(display ?? name), hint: hint.map(Printable.escaped))
  }

  private static func text(of word: Word) -> String {
    word.parts.map { part in
      switch part {
      case .text(let text, _): text
      case .variable(let name, _): "${\(name)}"
      }
    }.joined()
  }

  private static func openVariable(in text: String, from start: Int) -> (start: Int, name: String)? {
    let bytes = Array(text.utf8)
    guard !text.hasPrefix("'"), let dollar = bytes.lastIndex(of: UInt8(ascii: "$")), dollar + 1 < bytes.count,
      bytes[dollar + 1] == UInt8(ascii: "{"), !bytes[dollar...].contains(UInt8(ascii: "}"))
    else { return nil }
    return (start + dollar, String(decoding: bytes[(dollar + 2)...], as: UTF8.self))
  }
}
