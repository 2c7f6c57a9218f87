/// What to say instead of words that other tools use: advice by the first one or two words of a statement, in lower case. `*`
/// stands for any second word, which `%` in the advice repeats.
package struct Synonyms: Sendable {
  private let advice: [String: String]

  /// All of them, in order.
  package var all: [(words: String, advice: String)] {
    advice.sorted { $0.key < $1.key }.map { (words: $0.key, advice: $0.value) }
  }

  package init(_ advice: [String: String] = [:]) {
    self.advice = advice
  }

  /// The advice for a statement that begins with these words, of which the first does not begin a statement.
  func advice(onStatement words: [String]) -> String? {
    guard let first = words.first?.lowercased() else { return nil }
    return advice(onWords: words) ?? advice[first]
  }

  /// The advice for two words of which the first is that of a statement, and the second does not fit.
  func advice(onWords words: [String]) -> String? {
    guard words.count > 1 else { return nil }
    return advice["\(words[0]) \(words[1])".lowercased()]
  }

  /// The advice for a statement's first word before any other word.
  func advice(onAnyWord words: [String]) -> String? {
    guard words.count > 1 else { return words.first.flatMap { advice[$0.lowercased()] } }
    return advice["\(words[0].lowercased()) *"]?.replacing("%", with: words[1])
  }
}
