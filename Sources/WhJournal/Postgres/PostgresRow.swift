import CPostgres

/// A row of an answer.
struct PostgresRow {
  private let values: [String?]

  init(_ result: OpaquePointer, _ row: Int32) {
    values = (0..<cpq_column_count(result)).map { column in
      cpq_value(result, row, column).map { value in
        let bytes = UnsafeRawBufferPointer(start: value, count: Int(cpq_length(result, row, column)))
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  func optional(_ column: Int) -> String? { values[column] }

  /// - Throws: `DamagedText` for NULL.
  func text(_ column: Int) throws(DamagedText) -> String {
    guard let text = values[column] else { throw DamagedText("a value is missing") }
    return text
  }

  /// - Throws: `DamagedText` for NULL, and for what is not an integer.
  func int(_ column: Int) throws(DamagedText) -> Int {
    guard let number = Int(try text(column)) else { throw DamagedText("a value of the wrong kind") }
    return number
  }

  /// - Throws: `DamagedText` for what is not an integer.
  func optionalInt(_ column: Int) throws(DamagedText) -> Int? { values[column] == nil ? nil : try int(column) }

  func moment(_ column: Int) throws(DamagedText) -> Moment { Moment(milliseconds: Int64(try int(column))) }

  /// - Throws: `DamagedText` for what is not an integer.
  func optionalMoment(_ column: Int) throws(DamagedText) -> Moment? {
    values[column] == nil ? nil : try moment(column)
  }

  func bool(_ column: Int) -> Bool { values[column] == "t" }
}
