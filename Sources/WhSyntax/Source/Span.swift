/// A stretch of a source. Every error is made from one, so that none is without a place.
package struct Span: Sendable {
  package let source: Source
  package let range: Range<Int>

  package init(_ source: Source, _ range: Range<Int>) {
    self.source = source
    self.range = range
  }

  package var text: String { source.text(range) }

  package var position: (line: Int, column: Int) { source.position(of: range.lowerBound) }

  /// The stretch from the start of this span to the end of another one of the same source.
  package func joined(with other: Span) -> Span {
    Span(source, range.lowerBound..<max(range.upperBound, other.range.upperBound))
  }

  /// The text after this span, up to the end of its source.
  package var rest: String { source.text(range.upperBound..<source.bytes.count) }

  /// The empty span right after this one.
  package var end: Span { Span(source, range.upperBound..<range.upperBound) }
}

extension Span: Equatable {
  package static func == (left: Span, right: Span) -> Bool {
    left.source === right.source && left.range == right.range
  }
}
