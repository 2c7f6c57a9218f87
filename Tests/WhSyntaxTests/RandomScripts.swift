import WhDeterminism
import WhSyntax

/// Makes scripts that are valid by construction, in every spelling that the language allows.
struct RandomScripts {
  var random: SeededGenerator

  mutating func script() -> String {
    var text = random.below(8) == 0 ? "\u{FEFF}" : ""
    for _ in 0..<1 + random.below(6) {
      let statement = statement()
      text += random.pick(["", "", " ", "\t"]) + statement
      // What follows a command of the shell is the shell's, up to its end.
      let isCommand = statement.contains("|") || statement.hasPrefix("!")
      text += random.pick(isCommand ? ["", ";", "; # e"] : ["", "", " ", "  # a comment", " #b; \"c", " # d \\"])
      text += random.pick(["\n", "\n", "\r\n", "\n\n\n", "\n# whole line\n", "\n ;; \n"])
    }
    return text
  }

  mutating func statement() -> String {
    elements(random.pick(SmallTable.grammars.entries).grammar.elements)
  }

  private mutating func elements(_ elements: [Grammar.Element]) -> String {
    var text = ""
    for element in elements {
      let piece = self.element(element)
      if piece.isEmpty { continue }
      text += (text.isEmpty ? "" : space()) + piece
    }
    return text
  }

  private mutating func element(_ element: Grammar.Element) -> String {
    switch element {
    case .keyword(let word): return keyword(word)
    case .symbol(let text): return text
    case .repeated(let inner): return (0..<random.below(3)).map { _ in elements(inner) }.joined(separator: " ")
    case .slot(_, .command): return command()
    case .slot(_, .count): return String(random.below(9))
    case .slot(_, let slot): return slot == .variable ? random.pick(["x", "host", "_a1"]) : word()
    case .list: return list()
    case .pairs(_, _, let keyword, _, _):
      return (0...random.below(3)).map { _ in word() + space() + self.keyword(keyword) + space() + word() }
        .joined(separator: random.pick([", ", " , ", " "]))
    case .words: return (0...random.below(3)).map { _ in word() }.joined(separator: " ")
    case .optional(let inner): return random.isHeads() ? elements(inner) : ""
    case .choice(let branches): return elements(random.pick(branches))
    case .selection(let subject): return selection(subject)
    case .predicate(let subject): return predicate(subject, depth: 0)
    case .output:
      guard random.isHeads() else { return random.pick([">", ">!", ">>", "> ", ">>\t"]) + word() }
      return random.pick(["|", "| ", "|\t"]) + command()
    case .edit: return elements(random.pick(SmallTable.grammars.entries.filter { $0.isEdit }).grammar.elements)
    case .looking: return elements(random.pick(SmallTable.grammars.entries.filter { $0.looks }).grammar.elements)
    }
  }

  private mutating func command() -> String {
    random.pick(["a", "a 'b;c' \"d\\\"e\"", "a\\ ", "a \\\r\n b", "a\\\n", "a > b | c", "a\\\\"])
  }

  private mutating func selection(_ subject: Subject) -> String {
    var text = part(subject)
    if random.below(3) == 0 { text += space() + keyword("except") + space() + part(subject) }
    if random.below(3) == 0 {
      text += space() + keyword("limit") + space() + random.pick(["1", "25", "\"7\"", "${n}"])
    }
    return text
  }

  private mutating func part(_ subject: Subject) -> String {
    switch random.below(5) {
    case 0: "*"
    case 1: keyword("from") + space() + word()
    case 2: keyword("where") + space() + predicate(subject, depth: 0)
    default: list()
    }
  }

  private mutating func list() -> String {
    var text = word()
    for _ in 0..<random.below(4) { text += random.pick([" ", ", ", " , ", ",\\\n "]) + word() }
    return text
  }

  private mutating func predicate(_ subject: Subject, depth: Int) -> String {
    guard depth < 4 else { return comparison(subject) }
    switch random.below(7) {
    case 0: return keyword("not") + space() + predicate(subject, depth: depth + 1)
    case 1:
      let pad = random.pick(["", " "])
      return "(" + pad + predicate(subject, depth: depth + 1) + random.pick(["", " "]) + ")"
    case 2, 3:
      return predicate(subject, depth: depth + 1) + space() + keyword(random.pick(["and", "or"])) + space()
        + predicate(subject, depth: depth + 1)
    default: return comparison(subject)
    }
  }

  private mutating func comparison(_ subject: Subject) -> String {
    if subject == .webhook {
      switch random.below(4) {
      case 0: return keyword("event") + space() + word()
      case 1: return keyword("header") + space() + word()
      case 2: return keyword("header") + space() + word() + " " + random.pick(["=", "!=", "~", "!~"]) + " " + word()
      default: break
      }
    }
    let field = random.pick(["id", "slug", "name", "status", "created"])
    let sign = random.pick(field == "created" ? ["<", ">", "<=", ">="] : ["=", "!=", "~", "!~"])
    let isGlued = random.isHeads()
    return keyword(field) + (isGlued ? "" : " ") + sign + " " + word()
  }

  private mutating func keyword(_ word: String) -> String {
    random.isHeads() ? word : String(word.map { random.isHeads() ? Character($0.uppercased()) : $0 })
  }

  private mutating func space() -> String { random.pick([" ", " ", "  ", "\t", " \\\n ", " \\\r\n"]) }

  private static let texts = [
    "a", "prod-*", "https://x.example/a?b=c#d", "MESSAGE_SENT", "two words", "", "a;b", "#h", "it's", "q\"q", "back\\",
    "x\\y", "dollar$", "$\u{7B}not}", "new\nline", "tab\t", "\u{1B}[1m", "日本", "e\u{301}", "where", "set", "and", "(a)",
    "a,b", "a,", "=", "~x", "\u{202E}", "from", "except", "limit", "by",
  ]

  /// A word that means the same wherever it stands: bare only where nothing in it could be a keyword or a symbol.
  private mutating func word() -> String {
    let text = random.pick(Self.texts)
    let isSafe = text.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) } ?? false
    switch random.below(5) {
    case 0 where !text.contains("'") && !text.contains("\n"): return "'" + text + "'"
    case 1: return "\"${host}" + Quoter.quoted(text).dropFirst()
    case 2 where isSafe && !text.contains(")"):
      let word = Quoter.word(
        text,
        avoiding: [
          "where", "set", "and", "from", "add", "rename", "or", "not", "except", "limit", "by",
        ])
      return word.hasPrefix("\"") ? word : word + random.pick(["", "${app.slug}", "\\\nz"])
    default: return Quoter.quoted(text)
    }
  }
}
