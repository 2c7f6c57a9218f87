import WhDomain
import WhSyntax

/// The words of a statement, given out as values of the domain with the variables put in.
///
/// Every refusal is a diagnostic at the word itself.
package struct Arguments {
  package let match: Match
  private let reading: Reading

  init(_ match: Match, _ reading: Reading) {
    self.match = match
    self.reading = reading
  }

  var scope: Scope { reading.scope }
  var vocabulary: Vocabulary { reading.vocabulary }
  var redactor: Redactor { reading.redactor }

  func readFile(_ path: String) throws(FileProblem) -> [UInt8] { try reading.readFile(path) }

  /// Takes a warning, which is made only if it is wanted.
  func warn(_ warning: @autoclosure () -> Diagnostic) { reading.warn(warning()) }

  /// True when a keyword was written.
  package func has(_ keyword: String) -> Bool { match.has(keyword: keyword) }

  // MARK: Texts

  package func word(_ name: String) throws(Diagnostic) -> Word {
    guard let word = match.word(name) else { throw .noSuchSlot(name, match.span) }
    return word
  }

  package func words(_ name: String) -> [Word] { match.words(name) }

  package func text(_ name: String) throws(Diagnostic) -> String { try text(of: word(name)) }

  package func optionalText(_ name: String) throws(Diagnostic) -> String? {
    match.word(name) == nil ? nil : try text(name)
  }

  package func texts(_ name: String) throws(Diagnostic) -> [String] {
    var texts: [String] = []
    for word in words(name) { texts.append(try text(of: word)) }
    return texts
  }

  /// The items that a word of a list comes to: several where it is nothing but a variable that holds them with commas
  /// between.
  func items(of word: Word) throws(Diagnostic) -> [String] { try items(of: word, with: text(of: word)) }

  /// The same for a word whose text is known.
  func items(of word: Word, with text: String) throws(Diagnostic) -> [String] {
    guard !word.isPlain, case .variable(let name, _)? = word.parts.first, word.parts.count == 1 else { return [text] }
    let items = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
      String(item.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    guard items.allSatisfy({ !$0.isEmpty }) else { throw .emptyItem(name, isOnly: items.count == 1, word.span) }
    return items
  }

  /// The text of a word that must not contain `${app.id}` and similar.
  package func text(of word: Word) throws(Diagnostic) -> String {
    if let text = try plainText(of: word) { return text }
    let template = try template(of: word)
    if let name = template.firstVariable { throw .placeholderNotAllowed(name, word.span) }
    return template.parts.reduce(into: "") { text, part in
      if case .text(let piece) = part { text += piece }
    }
  }

  /// The most bytes that a word may come to with its variables put in.
  private static let mostBytes = 1 << 20

  private func byteCount(of part: Word.Part) -> Int {
    switch part {
    case .text(let text, _): text.utf8.count
    case .variable(let name, _): scope.variables[name]?.utf8.count ?? 0
    }
  }

  private func plainText(of word: Word) throws(Diagnostic) -> String? {
    guard let text = word.plainText else { return nil }
    guard text.utf8.count <= Self.mostBytes else { throw .valueTooLong(word.span) }
    return text
  }

  func template(of word: Word) throws(Diagnostic) -> Template {
    if let text = try plainText(of: word) { return Template(text) }
    var parts: [Template.Part] = []
    var size = 0
    for part in word.parts {
      size += byteCount(of: part)
      guard size <= Self.mostBytes else { throw .valueTooLong(word.span) }
      switch part {
      case .text(let text, _): parts.append(.text(text))
      case .variable(let name, let span):
        if let value = scope.variables[name] {
          parts.append(.text(value))
        } else if let placeholder = Placeholder(rawValue: name) {
          parts.append(.placeholder(placeholder))
        } else if let lookup = scope.lookups[name] {
          parts.append(.lookup(lookup))
        } else {
          throw .unknownVariable(name, span, known: scope.names)
        }
      }
    }
    return Template(parts)
  }

  // MARK: Numbers

  /// The number of a run; nil if none is named.
  func runNumber() throws(Diagnostic) -> Int? {
    try words("run").first.map { word throws(Diagnostic) in try positiveNumber(word, .invalidRun, "run number") }
  }

  /// A number of at least 1.
  ///
  /// - Parameter noun: what it is called in an error.
  func positiveNumber(_ word: Word, _ code: DiagnosticCode, _ noun: String) throws(Diagnostic) -> Int {
    let text = try text(of: word)
    guard let number = Int(text), number > 0 else {
      throw .invalid(code, noun, text, InvalidValue("must be a positive number"), word.span)
    }
    return number
  }

  // MARK: Statements in statements

  /// The edit that a `webhook` statement carries.
  package func edit() throws(Diagnostic) -> (any EditCommand)? { try carried()?.asEdit }

  /// The statement that this one carries; nil if there is none, or a value in it was withheld.
  func carried() throws(Diagnostic) -> (any Command)? {
    guard let match = match.carried.first else { return nil }
    let arguments = Arguments(match, reading)
    if let place = arguments.withheldPlace {
      warn(.withheld(place))
      return nil
    }
    return try vocabulary.make(match.command, arguments)
  }

  // MARK: Checks

  /// Warns of what most likely is not meant; it is an error where the script is strict.
  func doubt(_ diagnostic: @autoclosure () -> Diagnostic) throws(Diagnostic) {
    if scope.isStrict { throw diagnostic() }
    warn(diagnostic().asWarning)
  }

  func check(
    _ code: DiagnosticCode, _ noun: String, _ text: String, _ span: Span,
    _ validate: (String) throws(InvalidValue) -> Void
  ) throws(Diagnostic) {
    do {
      try validate(text)
    } catch {
      throw .invalid(code, noun, text, error, span)
    }
  }
}

extension Diagnostic {
  fileprivate static func noSuchSlot(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(.incompleteStatement, "missing \(name)", at: span)
  }

  fileprivate static func placeholderNotAllowed(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .placeholderNotAllowed, "`${\(name)}` is not available here", at: span,
      label: "use it in a url or a header value")
  }

  fileprivate static func unknownVariable(_ name: String, _ span: Span, known: [String]) -> Diagnostic {
    let near = DidYouMean.nearest(to: name, among: known.sorted())
    return Diagnostic(
      .unknownVariable, "no variable named `\(name)`", at: span,
      label: near.map { "did you mean `${\($0)}`?" } ?? advice(forVariable: name))
  }

  private static func advice(forVariable name: String) -> String {
    if VariableName.isValid(name) { return "set it with `let \(name) = …` or `--var \(name)=…`" }
    let rest = String(name.drop { $0 != "." }.dropFirst())
    if name.hasPrefix("env."), VariableName.isValid(rest) {
      return "scripts do not read the environment: use `${\(rest)}` and pass `--var-env \(rest)`"
    }
    let names = Placeholder.allCases.map { "`${\($0.rawValue)}`" }
    return "the built-in variables are \(names.joined(separator: ", "))"
  }

  fileprivate static func emptyItem(_ name: String, isOnly: Bool, _ span: Span) -> Diagnostic {
    Diagnostic(
      .emptyText, isOnly ? "`${\(name)}` is empty" : "an item of the list in `${\(name)}` is empty", at: span,
      label: "set the variable to names with commas between")
  }

  fileprivate static func valueTooLong(_ span: Span) -> Diagnostic {
    Diagnostic(.valueTooLong, "the value is longer than 1 MiB", at: span)
  }

  static func invalid(
    _ code: DiagnosticCode, _ noun: String, _ text: String, _ problem: InvalidValue, _ span: Span
  ) -> Diagnostic {
    // A long text is not quoted at all: half of a secret would not be known for one.
    let isQuoted = !text.isEmpty && text.unicodeScalars.count <= 80
    let shown = isQuoted ? "`\(Printable.escaped(text))` is not a valid \(noun): it" : "the \(noun)"
    return Diagnostic(code, "\(shown) \(problem.reason)", at: span)
  }
}
