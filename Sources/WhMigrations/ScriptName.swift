/// The names of scripts, whose order is the order in which they are applied.
package enum ScriptName {
  /// True for a file that is a script. Files that begin with a dot are an editor's or a system's own.
  package static func isScript(_ name: String) -> Bool { name.hasSuffix(".wh") && !name.hasPrefix(".") }

  /// The name of a new script: its number, and what it does.
  ///
  /// - Parameters:
  ///   - title: what it does, in a few words.
  ///   - names: the scripts of the folder.
  /// - Throws: `ScriptNameProblem`.
  package static func new(_ title: String, after names: [String]) throws(ScriptNameProblem) -> String {
    let words = title.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    guard !words.isEmpty else { throw .noWords }
    guard let last = names.max() else { return "0001-\(words).wh" }
    let numbers = names.map(digits).filter { !$0.isEmpty }
    let candidates = [
      successor(of: numbers.compactMap(Int.init).max() ?? 0, width: numbers.map(\.utf8.count).max() ?? 4),
      successor(of: Int(digits(last)) ?? 0, width: digits(last).utf8.count),
      // After 9 no number of one digit is left, and 10 is before it.
      digits(last) + "1",
    ]
    guard let name = candidates.map({ "\($0)-\(words).wh" }).first(where: { $0 > last }) else {
      throw .nothingAfter(last)
    }
    return name
  }

  private static func digits(_ name: String) -> String { String(name.prefix { $0.isASCII && $0.isNumber }) }

  private static func successor(of number: Int, width: Int) -> String {
    let text = String(number + 1)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}

/// Why a new script has no name.
package enum ScriptNameProblem: Error, Equatable, Sendable {
  case noWords
  /// The last script's name begins with no number, and each number would be before it.
  case nothingAfter(String)
}

// MARK: - Wording

extension ScriptNameProblem {
  /// One sentence.
  package var message: String {
    switch self {
    case .noWords: "the name must contain letters or digits"
    case .nothingAfter(let last):
      "`\(last)` would come after every numbered script: give it a number, or write the new script by hand"
    }
  }
}
