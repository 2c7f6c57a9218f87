/// What one Tab does.
package enum CompletionAction: Sendable, Equatable {
  /// Nothing fits: beep.
  case none
  /// Replaces this number of bytes before the cursor.
  case replace(bytes: Int, with: String)
  /// Nothing to extend: shows the candidates, and says how many more there are.
  case list([Candidate], omitted: Int = 0)

  /// Decides it: a lone candidate is put in with its space, several are put in as far as they agree, and when that adds
  /// nothing they are listed at once.
  package init(_ result: CompletionResult, line: String, cursorByteOffset: Int) {
    let bytes = Array(line.utf8)
    let cursor = min(max(cursorByteOffset, 0), bytes.count)
    let start = min(max(result.replaceFrom, 0), cursor)
    let typed = bytes[start..<cursor]
    guard let first = result.candidates.first else {
      self = .none
      return
    }
    let texts = Set(result.candidates.map(\.text))
    if texts.count == 1 {
      let isSpaced = cursor < bytes.count && bytes[cursor] == UInt8(ascii: " ")
      let space = result.appendSpace && !isSpaced ? " " : ""
      let text = first.text + space
      self = typed.elementsEqual(text.utf8) ? .none : .replace(bytes: typed.count, with: text)
      return
    }
    let common = Self.commonPrefix(of: result.candidates.map(\.text))
    if common.utf8.count >= typed.count, !typed.elementsEqual(common.utf8) {
      self = .replace(bytes: typed.count, with: common)
    } else {
      self = .list(result.candidates, omitted: result.omitted)
    }
  }

  /// The longest text that every one begins with, in whole characters.
  private static func commonPrefix(of texts: [String]) -> String {
    guard var common = texts.first.map(Array.init) else { return "" }
    for text in texts.dropFirst() {
      let agreeing = zip(common, text).prefix { $0.0.utf8.elementsEqual($0.1.utf8) }.count
      common.removeLast(common.count - agreeing)
    }
    return String(common)
  }
}
