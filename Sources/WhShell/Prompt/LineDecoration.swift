/// How a line looks while it is typed.
package struct LineDecoration: Sendable, Equatable {
  /// Some bytes of the line in one look.
  package struct Part: Sendable, Equatable {
    package let range: Range<Int>
    package let style: Prompt.Style

    package init(_ range: Range<Int>, _ style: Prompt.Style) {
      self.range = range
      self.style = style
    }
  }

  /// In order, without overlaps.
  package var parts: [Part]
  /// A few words after the end of the line; nil if none are to be shown, also no earlier line.
  package var hint: String?

  package init(parts: [Part] = [], hint: String? = nil) {
    self.parts = parts
    self.hint = hint
  }
}

/// Says how a line looks. It is called on the reading thread after each key, so it answers from memory.
///
/// `line` is the text being edited and `cursorByteOffset` the cursor's place in its UTF-8.
package typealias Decorator = @Sendable (_ line: String, _ cursorByteOffset: Int) -> LineDecoration
