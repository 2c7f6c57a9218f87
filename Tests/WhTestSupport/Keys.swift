/// What keys send on an xterm.
package enum Keys {
  package static let enter = "\r"
  package static let tab = "\t"
  package static let escape = "\u{1B}"
  package static let backspace = "\u{7F}"
  package static let up = "\u{1B}[A"
  package static let down = "\u{1B}[B"
  package static let right = "\u{1B}[C"
  package static let left = "\u{1B}[D"

  /// Ctrl and a letter, or one of `[ \ ] ^ _`.
  package static func control(_ letter: Character) -> String {
    String(Character(Unicode.Scalar((letter.uppercased().utf8.first ?? 0) & 0x1F)))
  }

  /// A text as a terminal pastes it when asked to enclose pastes.
  package static func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
}
