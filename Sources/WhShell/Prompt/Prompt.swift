/// The text that asks for a line, in pieces that each have a look.
package struct Prompt: Sendable, Equatable {
  /// The eight colours that every terminal has, as ECMA-48 numbers them from 30 on.
  package enum Colour: Int, Sendable, CaseIterable {
    case black = 30
    case red, green, yellow, blue, magenta, cyan, white
  }

  /// How a piece looks.
  package struct Style: Sendable, Equatable {
    package var colour: Colour?
    package var isBold: Bool
    package var isDim: Bool
    package var isUnderlined: Bool

    package init(colour: Colour? = nil, bold: Bool = false, dim: Bool = false, underlined: Bool = false) {
      isUnderlined = underlined
      self.colour = colour
      self.isBold = bold
      self.isDim = dim
    }

    package static let plain = Style()
  }

  /// A piece of one look.
  package struct Segment: Sendable, Equatable {
    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  package var segments: [Segment]
  /// Whether the line continues a statement from an earlier line.
  package var isContinuation: Bool

  package init(_ segments: [Segment], isContinuation: Bool = false) {
    self.segments = segments
    self.isContinuation = isContinuation
  }

  package init(_ text: String, isContinuation: Bool = false) {
    self.init([Segment(text)], isContinuation: isContinuation)
  }

  /// The text alone.
  package var plainText: String { segments.map(\.text).joined() }
}
