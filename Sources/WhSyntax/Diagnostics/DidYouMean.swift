/// The nearest of the names that could have been meant.
package enum DidYouMean {
  /// The candidate that takes the fewest slips of the finger, where they are few enough for its length.
  package static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
    let typed = Array(text.lowercased().unicodeScalars)
    guard !typed.isEmpty, typed.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let limit = max(1, min(candidate.count, typed.count + 1) / 3)
      let distance = distance(typed, Array(candidate.lowercased().unicodeScalars))
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name ?? continuation(of: text.lowercased(), among: candidates)
  }

  /// The only candidate that begins with what was typed.
  private static func continuation(of text: String, among candidates: some Sequence<String>) -> String? {
    guard text.count > 1 else { return nil }
    let longer = Set(candidates.filter { $0.lowercased().hasPrefix(text) })
    return longer.count == 1 ? longer.first : nil
  }

  /// The Damerau-Levenshtein distance in which no stretch is changed twice.
  package static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return left.count + right.count }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 1...left.count {
      var row = [i] + [Int](repeating: 0, count: right.count)
      for j in 1...right.count {
        let cost = left[i - 1] == right[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
