import WhDomain
import WhSyntax

/// `let NAME from "FILE.csv" by app.slug`: sets a variable that has a value for each app or webhook.
struct LetFrom: LocalCommand {
  static let grammar = Grammar(
    "let", .slot("name", .variable), "from", .slot("file", .file), "by",
    .choice([["app.id"], ["app.slug"], ["app.name"], ["webhook.id"]]))
  static let help = Help(
    .scripting, "Set a variable that has a value for each app or webhook, from a CSV file.",
    details: [
      "The first line of the file names the columns. The value is in the column NAME, or in the other one of two. The key is in "
        + "the column that is named as it is, with or without `app.` or `webhook.`, or in the first one.",
      "Use it in a url, a header value, or the text of `replace url`. An app or webhook without a row is an error.",
    ],
    examples: [
      Example(
        "let sig from \"sig.csv\" by app.slug; set header X-Signature ${sig}", setup: Example.demoSelection)
    ])

  private let lookup: Lookup

  init(_ arguments: Arguments) throws(Diagnostic) {
    let name = try arguments.variableName()
    let word = try arguments.word("file")
    let file = try arguments.file(of: word)
    guard let key = Placeholder.allCases.first(where: { arguments.has($0.rawValue) }) else {
      throw Diagnostic(.incompleteStatement, "missing key", at: arguments.match.span)
    }
    let isSecret = Header.isSecret(name: name)
    let table: CSVTable
    do {
      table = try CSVTable(file)
    } catch {
      throw isSecret ? error.hidingRows : error
    }
    let short = String(key.rawValue.drop { $0 != "." }.dropFirst())
    let keyColumn = table.column(named: [key.rawValue, short]) ?? 0
    guard let column = table.column(named: [name]) ?? (table.columns.count == 2 ? 1 - keyColumn : nil) else {
      throw .noColumn(name, file.name, table.columns, word.span)
    }
    var values: [String: String] = [:]
    for row in table.rows {
      let (key, value) = (row[keyColumn].text, row[column].text)
      if let earlier = values[key], earlier != value {
        let error = Diagnostic.twoRows(key, row[keyColumn].span)
        throw isSecret ? error.hidingRows : error
      }
      values[key] = value
      if isSecret { arguments.redactor.learn(value) } else { arguments.redactor.learn(urlsIn: value) }
    }
    if table.rows.isEmpty { try arguments.doubt(.noRows(file.name, word.span)) }
    lookup = Lookup(
      name: name, key: key, file: file.name, rows: table.rows.map { ($0[keyColumn].text, $0[column].text) })
  }

  func updateScope(_ scope: inout Scope) { scope.set(lookup) }

  func run(in context: LocalContext) async -> Reply {
    context.state.scope.set(lookup)
    return []
  }
}

extension Diagnostic {
  fileprivate static func noColumn(_ name: String, _ file: String, _ columns: [String], _ span: Span) -> Diagnostic {
    Diagnostic(
      .badCSV, "\(file) has no column `\(name)`", at: span,
      label: "its columns are \(columns.prefix(10).map { "`\(Printable.escaped($0))`" }.joined(separator: ", "))")
  }

  fileprivate static func twoRows(_ key: String, _ span: Span) -> Diagnostic {
    Diagnostic(.badCSV, "`\(Printable.escaped(key))` has another value in an earlier row", at: span)
  }

  /// The same about a file whose values are secret: the place is shown, and none of the values.
  fileprivate var hidingRows: Diagnostic {
    let source = span.source
    let header = source.bytes.firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.endIndex
    let bytes = source.bytes.enumerated().map { index, byte in
      index < header || ",\"\r\n".utf8.contains(byte) ? byte : UInt8(ascii: "*")
    }
    return Diagnostic(
      code, message, at: Span(Source(name: source.name, bytes: bytes), span.range), label: label, notes: notes)
  }

  fileprivate static func noRows(_ file: String, _ span: Span) -> Diagnostic {
    Diagnostic(.badCSV, "\(file) has no rows", at: span)
  }
}
