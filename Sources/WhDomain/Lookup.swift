/// A variable with a value for each app or webhook, as a file lists them. A copy costs no more than a reference.
package struct Lookup: Hashable, Sendable {
  private struct Fields: Hashable, Sendable {
    let name: String
    let key: Placeholder
    let file: String
    let values: [String: String]
    let first: String?
  }

  private let fields: Boxed<Fields>

  /// - Parameters:
  ///   - name: the variable.
  ///   - key: what tells which value is a webhook's.
  ///   - file: where the values are listed, for messages.
  ///   - rows: what the key has to be, and the value. Of equal keys the first one counts.
  package init(name: String, key: Placeholder, file: String, rows: [(key: String, value: String)]) {
    fields = Boxed(
      Fields(
        name: name, key: key, file: file,
        values: Dictionary(rows.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
        first: rows.first?.value))
  }

  package var name: String { fields.value.name }
  package var key: Placeholder { fields.value.key }
  package var file: String { fields.value.file }

  /// All values, in no order.
  package var values: some Collection<String> { fields.value.values.values }

  /// The value of the first row, as an example; nil if there is none.
  package var example: String? { fields.value.first }

  /// - Throws: `InvalidValue` when the file has no row for it.
  package func value(of key: String) throws(InvalidValue) -> String {
    guard let value = fields.value.values[key] else {
      throw InvalidValue("needs `${\(name)}`, but \(file) has no row for \(self.key.rawValue) `\(key)`")
    }
    return value
  }
}
