extension StringProtocol {
  /// The text, or its beginning and `…` where it has more scalars than that. One character of a reader's may be any number of
  /// scalars, so that characters bound nothing.
  package func cut(to count: Int) -> String {
    guard
      let end = unicodeScalars.index(unicodeScalars.startIndex, offsetBy: count, limitedBy: unicodeScalars.endIndex),
      end != unicodeScalars.endIndex
    else { return String(self) }
    return String(self[..<unicodeScalars.index(before: end)]) + "…"
  }
}
