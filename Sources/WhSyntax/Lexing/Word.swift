/// One word of a statement, with its quotes and escapes resolved and its variables still open.
package struct Word: Sendable {
  package enum Quoting: Sendable {
    case bare, double, single
    /// A shell command after `|` or `!`, as it is written.
    case raw
  }

  package enum Part: Sendable {
    case text(String, Span)
    /// `${name}`; the span covers all of it.
    case variable(String, Span)
  }

  package let quoting: Quoting
  package let parts: [Part]
  package let span: Span

  package init(_ quoting: Quoting, _ parts: [Part], _ span: Span) {
    self.quoting = quoting
    self.parts = parts
    self.span = span
  }

  /// The text of a word that has no variables in it.
  package var literal: String? {
    var text = ""
    for part in parts {
      guard case .text(let piece, _) = part else { return nil }
      text += piece
    }
    return text
  }

  /// The text that may be a keyword or an operator: that of a bare word without variables.
  package var bareText: String? { quoting == .bare ? literal : nil }

  /// The word as the keyword it would be, which a quoted word never is.
  package var keyword: String? { bareText?.lowercased() }

  /// Cuts a bare word in two after its first `count` bytes; nil where they are not plain text, or are all of it.
  package func split(after count: Int) -> (head: Word, tail: Word)? {
    guard quoting == .bare, count > 0, case .text(let text, let place)? = parts.first,
      text.utf8.count >= count, parts.count > 1 || text.utf8.count > count
    else { return nil }
    let bytes = Array(text.utf8)
    let middle = place.range.lowerBound + count
    guard isWritten(bytes[..<count], at: place.range.lowerBound) else { return nil }
    func piece(_ slice: ArraySlice<UInt8>, _ range: Range<Int>) -> Part {
      .text(String(decoding: slice, as: UTF8.self), Span(span.source, range))
    }
    let head = Word(
      .bare, [piece(bytes[..<count], span.range.lowerBound..<middle)], Span(span.source, span.range.lowerBound..<middle)
    )
    let rest = bytes.count > count ? [piece(bytes[count...], middle..<place.range.upperBound)] : []
    let tail = Word(.bare, rest + parts.dropFirst(), Span(span.source, middle..<span.range.upperBound))
    return (head, tail)
  }

  /// Cuts the last `count` bytes off a bare word; nil where they are not plain text, or are all of it.
  package func split(before count: Int) -> (head: Word, tail: Word)? {
    guard quoting == .bare, count > 0, case .text(let text, let place)? = parts.last,
      text.utf8.count >= count, parts.count > 1 || text.utf8.count > count
    else { return nil }
    let bytes = Array(text.utf8)
    let cut = bytes.count - count
    let middle = span.range.upperBound - count
    guard isWritten(bytes[cut...], at: middle) else { return nil }
    let tailSpan = Span(span.source, middle..<span.range.upperBound)
    let tail = Word(.bare, [.text(String(decoding: bytes[cut...], as: UTF8.self), tailSpan)], tailSpan)
    let lead = String(decoding: bytes[..<cut], as: UTF8.self)
    let kept: [Part] = cut > 0 ? [.text(lead, Span(span.source, place.range.lowerBound..<middle))] : []
    return (Word(.bare, parts.dropLast() + kept, Span(span.source, span.range.lowerBound..<middle)), tail)
  }
  /// True if the bytes of the text are the same in the source, with no joined lines between them.
  private func isWritten(_ piece: ArraySlice<UInt8>, at start: Int) -> Bool {
    let end = start + piece.count
    return span.range.contains(start) && end <= span.range.upperBound
      && span.source.bytes[start..<end].elementsEqual(piece)
  }
}
