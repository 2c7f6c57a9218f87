import WhDomain

/// The text of a prompt, with placeholders in braces.
package struct PromptTemplate: Equatable, Sendable {
  package enum Placeholder: String, CaseIterable, Sendable {
    case profile
    /// The selected app, or how many.
    case app
    /// The selected webhook, or how many.
    case webhook
    /// How many changes are staged; empty for none.
    case changes
    /// How many runs are unfinished; empty for none.
    case unfinished
  }

  package enum Piece: Equatable, Sendable {
    case text(String)
    case placeholder(Placeholder)
  }

  /// As it was written.
  package let text: String
  package let pieces: [Piece]

  /// - Throws: `InvalidValue` for a placeholder that there is not.
  package init(_ text: String) throws(InvalidValue) {
    guard !text.isEmpty, text.utf8.count <= 200 else { throw InvalidValue("must have 1 to 200 characters") }
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
      guard let close = rest[open...].firstIndex(of: "}"),
        let placeholder = Placeholder(rawValue: String(rest[rest.index(after: open)..<close]))
      else {
        let names = Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
        throw InvalidValue("has an unknown placeholder; the placeholders are \(names)")
      }
      pieces.append(.placeholder(placeholder))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    self.text = text
    self.pieces = pieces
  }
}
