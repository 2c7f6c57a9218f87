/// Where the output of a statement goes, and commands for the shell.
extension Lexer {
  mutating func redirection() {
    let start = index
    index += 1
    if let next = bytes.at(index), next == .greater || next == .exclamation { index += 1 }
    appendBare(start..<index)
  }

  /// Takes the sign, `|` or the `!` that a statement begins with, and then the command to the statement's end as a shell is to
  /// read it: a `;` within its quotes is its own.
  mutating func pipe() {
    index += 1
    appendBare(index - 1..<index)
    while let byte = bytes.at(index), byte == .space || byte == .tab { index += 1 }
    let start = index
    var end = start
    var quote: UInt8?
    scan: while let byte = bytes.at(index) {
      switch byte {
      case .newline: break scan
      case .semicolon where quote == nil: break scan
      case .backslash where quote != .singleQuote:
        guard bytes.joinLength(at: index) == 0 else {
          join()
          continue
        }
        // What it escapes may be white space, and stays.
        index += 1
      case .space, .tab, .carriageReturn:
        index += 1
        continue
      case .singleQuote, .doubleQuote: quote = quote == nil ? byte : quote == byte ? nil : quote
      default: break
      }
      index += 1
      end = index
    }
    if end > start { append(Lexeme(.raw, start..<end, .composed)) }
  }
}
