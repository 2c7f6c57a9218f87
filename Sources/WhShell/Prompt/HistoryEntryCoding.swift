/// How an entry is written to the history file: on one line, with `\n`, `\r`, `\0` and `\\` for what a line cannot hold.
package enum HistoryEntryCoding {
  package static func encode(_ entry: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\0": result.append(contentsOf: "\\0".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// The entry of a line; nil if it is empty, not UTF-8, or has a backslash that stands for
  /// nothing.
  package static func decode(_ line: some Collection<UInt8>) -> String? {
    guard !line.isEmpty, !line.contains(0) else { return nil }
    guard line.contains(UInt8(ascii: "\\")) else { return String(validating: line, as: UTF8.self) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count)
    var isEscaped = false
    for byte in line {
      if isEscaped {
        isEscaped = false
        switch byte {
        case UInt8(ascii: "\\"): bytes.append(byte)
        case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "0"): bytes.append(0)
        default: return nil
        }
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return isEscaped ? nil : String(validating: bytes, as: UTF8.self)
  }
}
