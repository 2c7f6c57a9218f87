/// A control sequence of ECMA-48: `ESC [`, parameters, and the letter that says what it does.
struct ControlSequence: Sendable {
  /// The numbers; a missing one is nil.
  var parameters: [Int?]
  /// Whether it is one of xterm's own, as `?` at its start says.
  var isPrivate: Bool
  var final: Character

  func parameter(_ index: Int, or fallback: Int) -> Int {
    parameters.indices.contains(index) ? parameters[index] ?? fallback : fallback
  }

  /// As a graphic rendition: the parameters after the last reset.
  var rendition: String {
    let codes = parameters.map { $0 ?? 0 }
    let start = codes.lastIndex(of: 0).map { $0 + 1 } ?? 0
    return codes[start...].filter { $0 != 39 && $0 != 49 }.map(String.init).joined(separator: ";")
  }
}
