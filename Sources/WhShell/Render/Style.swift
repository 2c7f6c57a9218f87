/// Colours by meaning. What a colour says is always said by a word or a sign too.
struct Style: Sendable {
  enum Meaning: String {
    case added = "32"
    case removed = "31"
    case warning = "33"
    case heading = "1"
    case faint = "2"
    case accent = "36"
  }

  let isColoured: Bool

  func paint(_ text: String, _ meaning: Meaning) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(meaning.rawValue)m\(text)\u{1B}[0m" : text
  }
}
