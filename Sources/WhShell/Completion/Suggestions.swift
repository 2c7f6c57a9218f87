/// Candidates, of which only as many are made as a list can show.
struct Suggestions {
  private static let most = 500

  private(set) var candidates: [Candidate] = []
  /// How many more fit.
  private(set) var omitted = 0

  init(_ candidates: [Candidate] = []) {
    self.candidates = candidates
  }

  /// Takes names in order; after the first, the last one, because all names share the common prefix of these two.
  ///
  /// - Parameters:
  ///   - apps: for each app whether its names count; nil where all do.
  ///   - taken: names that the statement has already.
  init(
    _ entries: ArraySlice<SortedNames.Entry>, ofApps apps: [Bool]? = nil, except taken: Set<String>,
    _ candidate: (SortedNames.Entry) -> Candidate
  ) {
    var last: Int?
    for index in entries.indices where apps?[entries[index].app] ?? true {
      if candidates.count < Self.most {
        if !taken.contains(entries[index].name) { candidates.append(candidate(entries[index])) }
        continue
      }
      // If each one counts, the rest can be skipped.
      if apps == nil {
        omitted = entries.endIndex - 1 - index
        last = entries.endIndex - 1
        break
      }
      if last != nil { omitted += 1 }
      last = index
    }
    if let last { candidates.append(candidate(entries[last])) }
  }

  static func += (left: inout Suggestions, right: Suggestions) {
    left.candidates += right.candidates
    left.omitted += right.omitted
  }
}
