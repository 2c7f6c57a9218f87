import WhDomain
import WhSyntax

/// A CSV file with a header line (RFC 4180): fields between commas, in double quotes where they hold a comma, a quote or a
/// line end. Blank lines are skipped.
package struct CSVTable: Sendable {
  struct Field: Sendable {
    let text: String
    /// Where it stands in the file, with its quotes.
    let span: Span
  }

  let columns: [String]
  /// As many fields a row as there are columns.
  let rows: [[Field]]

  /// True for a name of a file that is read as CSV.
  package static func isName(_ path: String) -> Bool { path.lowercased().hasSuffix(".csv") }

  /// - Throws: `Diagnostic` at the field or the row that is wrong.
  init(_ source: Source) throws(Diagnostic) {
    var reader = CSVReader(source)
    guard let header = try reader.row() else { throw .noHeader(Span(source, 0..<0)) }
    columns = header.map(\.text)
    var names: Set<String> = []
    if let second = header.first(where: { !names.insert($0.text.lowercased()).inserted }) { throw .twoColumns(second) }
    var rows: [[Field]] = []
    while let row = try reader.row() {
      guard row.count == header.count else { throw .wrongCount(row, header.count) }
      rows.append(row)
    }
    self.rows = rows
  }

  /// The columns of a file whose names can be those of variables, without the keys of apps and webhooks; none for a file that
  /// has no header.
  package static func values(in source: Source) -> [String] {
    var reader = CSVReader(source)
    guard let header = try? reader.row() else { return [] }
    let keys = Placeholder.allCases.flatMap { [$0.rawValue, String($0.rawValue.drop { $0 != "." }.dropFirst())] }
    return header.map(\.text).filter { VariableName.isValid($0) && !keys.contains($0.lowercased()) }
  }

  /// The first column of some names, in their order; nil if there is none. Names are the same in any letter case.
  func column(named names: [String]) -> Int? {
    let known = columns.map { $0.lowercased() }
    return names.lazy.compactMap { known.firstIndex(of: $0.lowercased()) }.first
  }
}

/// Reads a CSV file row by row.
private struct CSVReader {
  private static let quote = UInt8(ascii: "\""), comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n"), carriageReturn = UInt8(ascii: "\r")

  private let source: Source
  private let bytes: [UInt8]
  private var index: Int

  init(_ source: Source) {
    self.source = source
    bytes = source.bytes
    index = source.textStart
  }

  /// The next row that is not blank; nil at the end.
  mutating func row() throws(Diagnostic) -> [CSVTable.Field]? {
    while index < bytes.count, bytes[index] == Self.lineFeed || bytes[index] == Self.carriageReturn { index += 1 }
    guard index < bytes.count else { return nil }
    var fields = [try field()]
    while index < bytes.count, bytes[index] == Self.comma {
      index += 1
      fields.append(try field())
    }
    return fields
  }

  /// The field that begins here. Ends at the comma or the line end after it.
  private mutating func field() throws(Diagnostic) -> CSVTable.Field {
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    let start = index
    guard index < bytes.count, bytes[index] == Self.quote else {
      while index < bytes.count, !endsField(bytes[index]) { index += 1 }
      var end = index
      while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
      return try made(of: bytes[start..<end], from: start, to: end)
    }
    var content: [UInt8] = []
    index += 1
    while true {
      guard index < bytes.count else { throw .unclosed(Span(source, start..<start + 1)) }
      let byte = bytes[index]
      index += 1
      if byte != Self.quote {
        content.append(byte)
      } else if index < bytes.count, bytes[index] == Self.quote {
        content.append(byte)
        index += 1
      } else {
        break
      }
    }
    let end = index
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    if index < bytes.count, !endsField(bytes[index]) { throw .textAfterQuote(Span(source, index..<index + 1)) }
    return try made(of: content[...], from: start, to: end)
  }

  private func endsField(_ byte: UInt8) -> Bool {
    byte == Self.comma || byte == Self.lineFeed || byte == Self.carriageReturn
  }

  private func made(of content: ArraySlice<UInt8>, from start: Int, to end: Int) throws(Diagnostic) -> CSVTable.Field {
    let span = Span(source, start..<end)
    guard let text = String(validating: content, as: UTF8.self) else { throw .notText(span) }
    return CSVTable.Field(text: text, span: span)
  }
}

extension Diagnostic {
  fileprivate static func noHeader(_ span: Span) -> Diagnostic {
    Diagnostic(.badCSV, "the file is empty: the first line must name the columns", at: span)
  }

  fileprivate static func twoColumns(_ field: CSVTable.Field) -> Diagnostic {
    Diagnostic(.badCSV, "two columns are named `\(Printable.escaped(field.text))`", at: field.span)
  }

  fileprivate static func wrongCount(_ row: [CSVTable.Field], _ count: Int) -> Diagnostic {
    Diagnostic(
      .badCSV, "the row has \(row.count.counting("field")), but the header has \(count)",
      at: row[0].span.joined(with: row[row.count - 1].span))
  }

  fileprivate static func unclosed(_ span: Span) -> Diagnostic {
    Diagnostic(.badCSV, "the quote is not closed", at: span)
  }

  fileprivate static func textAfterQuote(_ span: Span) -> Diagnostic {
    Diagnostic(.badCSV, "text after the closing quote", at: span, label: "write `\"\"` for a quote in a quoted field")
  }

  fileprivate static func notText(_ span: Span) -> Diagnostic {
    Diagnostic(.badCSV, "the field is not valid UTF-8", at: span)
  }
}
