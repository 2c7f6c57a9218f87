/// A line of a shell up to the cursor, cut into words as the shell would: without its quotes and backslashes.
package struct ShellWords: Equatable, Sendable {
  /// Those before the one at the cursor.
  package private(set) var words: [String] = []
  /// The one at the cursor, which may be empty.
  package private(set) var last = ""

  package init(_ line: String) {
    var quote: Character?
    var isEscaped = false
    var isInWord = false
    for character in line {
      if isEscaped {
        last.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        (isEscaped, isInWord) = (true, true)
      } else if let open = quote {
        if character == open { quote = nil } else { last.append(character) }
      } else if character == "'" || character == "\"" {
        (quote, isInWord) = (character, true)
      } else if character == " " || character == "\t" || character == "\n" {
        if isInWord { words.append(last) }
        (last, isInWord) = ("", false)
      } else {
        last.append(character)
        isInWord = true
      }
    }
  }
}
