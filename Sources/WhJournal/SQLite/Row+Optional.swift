import GRDB

extension Row {
  /// The value in a column; nil for NULL.
  ///
  /// - Throws: `RowDecodingError` for a value of another kind.
  func optional<Value: DatabaseValueConvertible>(at index: Int) throws -> Value? {
    hasNull(atIndex: index) ? nil : try decode(atIndex: index)
  }

  /// The value in a column; nil for NULL.
  ///
  /// - Throws: `RowDecodingError` for a value of another kind.
  func optional<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
    let value: DatabaseValue = try decode(forColumn: column)
    return value.isNull ? nil : try decode(forColumn: column)
  }

  /// The moment in a column of milliseconds; nil for NULL.
  func moment(_ column: String) throws -> Moment? {
    let milliseconds: Int64? = try optional(column)
    return milliseconds.map(Moment.init(milliseconds:))
  }
}
