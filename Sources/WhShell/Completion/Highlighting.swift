import WhSession
import WhSyntax

/// The colours of a line that is being typed.
struct Highlighting {
  private static let keyword = Prompt.Style(colour: .blue, bold: true)
  private static let known = Prompt.Style(colour: .green)
  private static let unknown = Prompt.Style(colour: .yellow)
  private static let quoted = Prompt.Style(colour: .cyan)
  private static let variable = Prompt.Style(colour: .magenta)
  private static let comment = Prompt.Style(dim: true)
  private static let error = Prompt.Style(colour: .red, underlined: true)

  private var styles: [Prompt.Style]

  /// - Parameter knows: whether a value of a slot is known; nil if that can't be told.
  init(_ source: Source, knows: (Slot, String) -> Bool?) {
    let survey = CommandTable.parser.survey(source)
    styles = [Prompt.Style](repeating: .plain, count: source.bytes.count)
    for role in survey.roles { paint(role, knows) }
    for span in survey.comments { paint(span, Self.comment) }
    // The word at the end may become another one.
    if let span = survey.error, span.range.upperBound < source.bytes.count { paint(span, Self.error) }
  }

  var parts: [LineDecoration.Part] {
    var parts: [LineDecoration.Part] = []
    var start = 0
    for index in styles.indices where index + 1 == styles.count || styles[index + 1] != styles[index] {
      if styles[index] != .plain { parts.append(LineDecoration.Part(start..<index + 1, styles[index])) }
      start = index + 1
    }
    return parts
  }

  private mutating func paint(_ role: WordRole, _ knows: (Slot, String) -> Bool?) {
    let word = role.word
    switch role.role {
    case .keyword: paint(word.span, Self.keyword)
    case .symbol, .end: return
    case .slot(let slot):
      if word.quoting == .double || word.quoting == .single { paint(word.span, Self.quoted) }
      if let text = word.literal, let isKnown = knows(slot, text) {
        if isKnown {
          paint(word.span, Self.known)
        } else if word.span.range.upperBound < styles.count {
          paint(word.span, Self.unknown)
        }
      }
    }
    for case .variable(_, let span) in word.parts { paint(span, Self.variable) }
  }

  private mutating func paint(_ span: Span, _ style: Prompt.Style) {
    for index in span.range.clamped(to: styles.indices) { styles[index] = style }
  }
}

/// What may follow a line, in a few words.
enum GrammarHint {
  /// So many alternatives are named.
  private static let most = 6

  /// Nil in the midst of a word, and where nothing may follow.
  static func text(after source: Source) -> String? {
    guard let last = source.bytes.last, last == UInt8(ascii: " ") else { return nil }
    var phrases: [String] = []
    for expectation in CommandTable.parser.expectations(after: source) {
      switch expectation {
      case .keyword(let word): phrases.append(word)
      case .slot(let slot): phrases.append(slot.placeholder)
      case .symbol(let sign): if sign == "*" || sign == "=" { phrases.append(sign) }
      case .end: continue
      }
    }
    var seen: Set<String> = []
    let all = phrases.filter { seen.insert($0).inserted }
    if all.isEmpty { return nil }
    return all.prefix(most).joined(separator: " | ") + (all.count > most ? " | …" : "")
  }
}
