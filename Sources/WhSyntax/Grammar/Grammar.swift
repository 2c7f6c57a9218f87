/// The form of one statement, as data: the parser, `help`, Tab, the formatter and the language reference all read it.
package struct Grammar: Sendable {
  package indirect enum Element: Sendable, ExpressibleByStringLiteral {
    case keyword(String)
    /// Stands for itself, and need not have white space around it, as the `=` of `let`.
    case symbol(String)
    case slot(String, Slot)
    /// One or more words; commas between them are optional.
    case list(String, Slot)
    /// One or more pairs of words with a keyword between the two, as `OLD to NEW`; commas between the pairs are optional.
    case pairs(String, Slot, keyword: String, String, Slot)
    /// One or more words, to the end of the statement, without commas.
    case words(String, Slot)
    case optional([Element])
    /// Any number of times, none too.
    case repeated([Element])
    case choice([[Element]])
    case selection(Subject)
    case predicate(Subject)
    /// Any statement of the table that is an edit.
    case edit
    /// Any statement of the table that only looks.
    case looking
    /// Where the output goes: `> FILE`, `>! FILE`, `>> FILE` or `| COMMAND`.
    case output

    package init(stringLiteral keyword: String) {
      self = .keyword(keyword)
    }
  }

  package let elements: [Element]

  package init(_ elements: Element...) {
    self.elements = elements
  }

  /// How each statement ends that prints data.
  package static func printing(_ elements: Element...) -> Grammar {
    Grammar(elements + [.optional(["as", "json"]), .optional([.output])])
  }

  /// How each statement ends that prints rows with columns.
  package static func listing(_ elements: Element...) -> Grammar {
    Grammar(elements + [.optional(["as", .choice([["json"], ["csv"], ["table"]])]), .optional([.output])])
  }

  private init(_ elements: [Element]) {
    self.elements = elements
  }

  /// The keywords that the statement begins with, which name it.
  package var head: String {
    var words: [String] = []
    for case .keyword(let word) in elements.prefix(while: { if case .keyword = $0 { true } else { false } }) {
      words.append(word)
    }
    return words.joined(separator: " ")
  }

  /// The form as one line of text: `rename event EVENT to EVENT`.
  package var synopsis: String { Self.synopsis(elements) }

  private static func synopsis(_ elements: [Element]) -> String {
    elements.map { element in
      switch element {
      case .keyword(let word), .symbol(let word): word
      case .slot(let name, let slot): placeholder(name, slot)
      case .list(let name, let slot): placeholder(name, slot) + ", …"
      case .pairs(let name, let slot, let keyword, let other, let otherSlot):
        "\(placeholder(name, slot)) \(keyword) \(placeholder(other, otherSlot)), …"
      case .words(let name, let slot): placeholder(name, slot) + "…"
      case .optional(let inner): "[" + synopsis(inner) + "]"
      case .repeated(let inner): "[" + synopsis(inner) + "]…"
      case .choice(let branches): branches.map(synopsis).joined(separator: " | ")
      case .selection: "SELECTION"
      case .predicate: "PREDICATE"
      case .edit: "EDIT"
      case .looking: "STATEMENT"
      case .output: "OUTPUT"
      }
    }.joined(separator: " ")
  }

  private static func placeholder(_ name: String, _ slot: Slot) -> String {
    ["old", "new"].contains(name) ? name.uppercased() : slot.placeholder
  }
}
