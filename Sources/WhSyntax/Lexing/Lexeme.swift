/// A lexical unit as its place in the source. It holds no text and no reference, so that very many cost little; a `Word` reads
/// the text when it is asked for.
struct Lexeme: Sendable {
  enum Kind: UInt8, Sendable {
    case bare, double, single, raw
    case comma
    case comment
    case lineEnd, semicolon

    var isTerminator: Bool { self == .lineEnd || self == .semicolon }

    var isWord: Bool { self == .bare || self == .double || self == .single || self == .raw }
  }

  enum Form: UInt8, Sendable {
    /// ASCII that stands for itself.
    case plain
    /// With escapes, joined lines, variables or characters that are not ASCII.
    case composed
    /// A quoted word that is not closed, taken as it is to the end of its line.
    case open
  }

  let start: Int
  let end: Int
  let kind: Kind
  let form: Form
  /// What a bare word is as a keyword.
  let keyword: Keyword

  init(_ kind: Kind, _ range: Range<Int>, _ form: Form = .plain, _ keyword: Keyword = .none) {
    self.kind = kind
    self.form = form
    self.keyword = keyword
    (start, end) = (range.lowerBound, range.upperBound)
  }

  static let nothing = Lexeme(.comma, 0..<0)

  var range: Range<Int> { start..<end }

  /// Where the text of a plain word is: within its quotes.
  var content: Range<Int> { kind == .double || kind == .single ? start + 1..<end - 1 : start..<end }

  var isPlainBare: Bool { kind == .bare && form == .plain }
}
