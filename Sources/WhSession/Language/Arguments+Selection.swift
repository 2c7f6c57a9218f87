import WhDomain
import WhSyntax

/// A selection with the places of its names.
package struct SelectionArgument: Sendable {
  package struct Part: Sendable {
    package let selection: Selection
    /// Where each name stands, also in a file.
    package let places: [Span]
    package let span: Span
  }

  package let base: Part
  /// What is left out of it.
  package let exception: Part?
  /// The most items that it comes to.
  package let limit: Int?

  /// True where each item is named: nothing that is not named is looked at.
  var isPlain: Bool { base.selection.plainNames != nil && exception.map { $0.selection.plainNames != nil } ?? true }
}

extension Arguments {
  package func selection(_ subject: Subject) throws(Diagnostic) -> SelectionArgument {
    guard let syntax = match.selection else {
      throw Diagnostic(.incompleteStatement, "missing selection", at: match.span)
    }
    // A selection that fails must not become a wider one.
    if let place = withheldPlace(in: syntax.span) {
      warn(.withheld(place))
      let nothing = SelectionArgument.Part(selection: .names([]), places: [], span: syntax.span)
      return SelectionArgument(base: nothing, exception: nil, limit: nil)
    }
    return SelectionArgument(
      base: try part(syntax.base, subject),
      exception: try syntax.exception.map { part throws(Diagnostic) in
        try self.part(part, subject)
      }, limit: try syntax.limit.map(limit))
  }

  private func part(_ syntax: SelectionSyntax.Part, _ subject: Subject) throws(Diagnostic) -> SelectionArgument.Part {
    switch syntax {
    case .all(let span): return SelectionArgument.Part(selection: .all, places: [], span: span)
    case .matching(let predicate, let span):
      return SelectionArgument.Part(selection: .matching(try self.predicate(predicate)), places: [], span: span)
    case .names(let words):
      var (names, places): ([String], [Span]) = ([], [])
      names.reserveCapacity(words.count)
      places.reserveCapacity(words.count)
      for word in words {
        let text = try text(of: word)
        if !word.isPlain, Glob.isPattern(text) { try checkVariables(inPattern: word) }
        if let comma = word.placeOfComma { throw .gluedComma(comma) }
        for name in try items(of: word, with: text) {
          try checkName(name, subject, word.span)
          names.append(name)
          places.append(word.span)
        }
      }
      return SelectionArgument.Part(selection: .names(names), places: places, span: syntax.span)
    case .file(let word):
      let (names, places) = try names(inFile: word, subject)
      return SelectionArgument.Part(selection: .names(names), places: places, span: word.span)
    }
  }

  private func limit(_ word: Word) throws(Diagnostic) -> Int { try positiveNumber(word, .invalidLimit, "limit") }

  private func checkName(_ name: String, _ subject: Subject, _ span: Span) throws(Diagnostic) {
    guard !AppID.isValid(name), !Glob.isPattern(name) else { return }
    // A table shows the middle of a long id as one character.
    let written = name.isCut ? name.filter { $0 != Abbreviations.ellipsis } : name
    try check(.invalidID, subject == .app ? "app id" : "webhook id", written, span) { text throws(InvalidValue) in
      _ = try AppID(text)
    }
  }

  /// The names in a file: one a line, with `#` before a comment, or those of a column of a CSV file. Each name is checked, and
  /// an error names its line.
  private func names(
    inFile word: Word, _ subject: Subject
  ) throws(Diagnostic) -> (names: [String], places: [Span]) {
    let file = try file(of: word)
    let found = CSVTable.isName(file.name) ? try csvNames(in: file, subject) : lines(of: file)
    for name in found { try checkName(name.text, subject, name.span) }
    return (found.map(\.text), found.map(\.span))
  }

  private func csvNames(in file: Source, _ subject: Subject) throws(Diagnostic) -> [CSVTable.Field] {
    let table = try CSVTable(file)
    let column =
      table.column(named: subject == .app ? ["app.id", "app.slug", "id", "slug"] : ["webhook.id", "id"]) ?? 0
    return table.rows.map { $0[column] }.filter { !$0.text.isEmpty }
  }

  private func lines(of file: Source) -> [CSVTable.Field] {
    var found: [CSVTable.Field] = []
    for line in file.bytes.split(separator: UInt8(ascii: "\n")) {
      let start = max(line.startIndex, file.textStart)
      guard start < line.endIndex else { continue }
      let content = line[start...].prefix { $0 != UInt8(ascii: "#") }
      let trimmed = content.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
      guard !trimmed.isEmpty else { continue }
      let first = content.firstIndex { !isBlank($0) } ?? start
      found.append(
        CSVTable.Field(
          text: String(decoding: trimmed, as: UTF8.self), span: Span(file, first..<first + trimmed.count)))
    }
    return found
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  // MARK: Files

  /// The path that a word names, from the folder of the script that names it.
  package func path(of word: Word) throws(Diagnostic) -> String {
    let path = try text(of: word)
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw Diagnostic(.unreadableFile, "not a file name", at: word.span)
    }
    guard !path.hasPrefix("/"), !path.hasPrefix("~/"), let folder = word.span.source.folder, !folder.isEmpty else {
      return FilePath.normalized(path)
    }
    return FilePath.normalized(folder + "/" + path)
  }

  /// The file that a word names, for diagnostics in it.
  func file(of word: Word) throws(Diagnostic) -> Source {
    let path = try path(of: word)
    return Source(name: path, bytes: try contents(of: path, at: word.span))
  }

  func contents(of path: String, at span: Span) throws(Diagnostic) -> [UInt8] {
    do {
      return try readFile(path)
    } catch {
      throw Diagnostic(.unreadableFile, "`\(path)` can't be read: \(error.reason)", at: span)
    }
  }

  // MARK: Predicates

  package func predicate() throws(Diagnostic) -> Predicate {
    guard let syntax = match.predicate else {
      throw Diagnostic(.incompleteStatement, "missing predicate", at: match.span)
    }
    return try predicate(syntax)
  }

  private func predicate(_ syntax: PredicateSyntax) throws(Diagnostic) -> Predicate {
    switch syntax {
    case .not(let inner): return .not(try predicate(inner))
    case .all(let parts): return .all(try predicates(parts))
    case .any(let parts): return .any(try predicates(parts))
    case .event(let word): return .event(try event(of: word))
    case .eventPattern(let sign, let word):
      let pattern = Glob(try text(of: word))
      try checkPattern(word, sign)
      if Glob.isPattern(pattern.text), !EventCatalogue.all.contains(where: pattern.matches) {
        try doubt(.matchesNoEvent(pattern.text, word.span))
      }
      return sign.text == "~" ? .eventLike(pattern) : .not(.eventLike(pattern))
    case .header(let word, let test):
      let name = try headerName(of: word)
      guard let (sign, valueWord) = test else { return .header(name, nil) }
      let value = try text(of: valueWord)
      if Header.isSecret(name: name) { hide(valueWord) }
      try checkPattern(valueWord, sign)
      return .header(name, Self.test(sign, value))
    case .comparison(let fieldWord, let sign, let valueWord):
      let name = fieldWord.keyword ?? ""
      let value = try text(of: valueWord)
      try checkPattern(valueWord, sign)
      if let field = Predicate.Field(rawValue: name) {
        return .field(field, Self.test(sign, Self.normal(value, field, sign)))
      }
      guard let field = Predicate.MomentField(rawValue: name), let test = Predicate.MomentTest(rawValue: sign.text)
      else {
        throw Diagnostic(.unexpectedWord, "`\(name)` can't be compared with `\(sign.text)`", at: sign.span)
      }
      do {
        return .moment(field, test, try Timestamp(value))
      } catch {
        throw .invalid(.invalidTime, "time", value, error, valueWord.span)
      }
    }
  }

  private func predicates(_ parts: [PredicateSyntax]) throws(Diagnostic) -> [Predicate] {
    var predicates: [Predicate] = []
    for part in parts { predicates.append(try predicate(part)) }
    return predicates
  }

  /// A pattern with an empty variable in it may match everything, and one without a wildcard matches hardly anything.
  private func checkPattern(_ word: Word, _ sign: PredicateSyntax.Operator) throws(Diagnostic) {
    let isPattern = ["~", "!~"].contains(sign.text)
    if isPattern { try checkVariables(inPattern: word) }
    let text = try text(of: word)
    if isPattern, !Glob.isPattern(text) {
      try doubt(.noWildcard(text, sign, word.span))
    } else if sign.text == "!=", text.contains("*") {
      try doubt(.uselessWildcard(text, word.span))
    }
  }

  private func checkVariables(inPattern word: Word) throws(Diagnostic) {
    for case .variable(let name, let span) in word.parts where scope.variables[name]?.isEmpty ?? false {
      throw Diagnostic(.emptyText, "`${\(name)}` is empty in a pattern", at: span, label: "set the variable to a value")
    }
  }

  /// Hosts and the names of headers are the same in any letter case, and the names in any order.
  private static func normal(_ value: String, _ field: Predicate.Field, _ sign: PredicateSyntax.Operator) -> String {
    switch field {
    case .host: value.lowercased()
    case .headers: ["=", "!="].contains(sign.text) ? Predicate.names(value) : value.lowercased()
    case .url, .id, .slug, .name, .status: value
    }
  }

  private static func test(_ sign: PredicateSyntax.Operator, _ value: String) -> Predicate.TextTest {
    switch sign.text {
    case "=": .equals(value)
    case "!=": .differs(value)
    case "~": .like(Glob(value))
    default: .unlike(Glob(value))
    }
  }
}

extension Word {
  /// Where a comma is written within a bare word, which then is one name and not two.
  fileprivate var placeOfComma: Span? {
    guard quoting == .bare, !isPlain(without: UInt8(ascii: ","), UInt8(ascii: ",")) else { return nil }
    for case .text(let text, let place) in parts where text.utf8.contains(UInt8(ascii: ",")) {
      let comma = place.source.bytes[place.range].firstIndex(of: UInt8(ascii: ",")) ?? place.range.lowerBound
      return Span(place.source, comma..<comma + 1)
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func gluedComma(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedComma, "a comma within a name does not separate names", at: span,
      label: "put a space after the comma, or quotes around the name")
  }

  fileprivate static func noWildcard(_ text: String, _ sign: PredicateSyntax.Operator, _ span: Span) -> Diagnostic {
    let equal = sign.text == "~" ? "=" : "!="
    let advice = text.isEmpty ? "" : ", or add `*` where any text may stand"
    return Diagnostic(
      .noWildcard, "the pattern has no wildcard, so it only matches this exact value", at: span,
      label: "write `\(equal)`\(advice)")
  }

  fileprivate static func uselessWildcard(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .noWildcard, "`*` is not a wildcard after `!=`", at: span, label: "for a pattern, write `!~`")
  }

  fileprivate static func matchesNoEvent(_ pattern: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownEvent, "`\(Printable.escaped(pattern))` matches no known event", at: span,
      label: "run `show events` for a list")
  }
}
