/// The rules for the names of variables.
package enum VariableName {
  /// True for a name that `let` may give: letters, digits and `_`, with no digit in front.
  package static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, !isDigit(first) else { return false }
    return name.utf8.allSatisfy(isNameByte)
  }

  /// True for what is allowed in `${}`: a name, or the name of a value of an app or webhook, such as `app.slug`.
  package static func isValidReference(_ name: String) -> Bool {
    let pieces = name.split(separator: ".", omittingEmptySubsequences: false)
    return (1...2).contains(pieces.count) && pieces.allSatisfy { isValid(String($0)) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return isDigit(byte) || byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower)
  }
}
