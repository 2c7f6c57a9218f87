import WhDomain

/// The secrets that a plan asks for and that no read shows, each once, with where it stands first.
struct NeededSecrets: Sendable {
  private struct Need: Sendable {
    let place: String
    let variable: String?
    var count = 1
  }

  private var order: [String] = []
  private var needs: [String: Need] = [:]

  /// - Parameter place: where it stands, as `header X-Token of whk_1`.
  mutating func add(_ text: PlannedText, at place: String) {
    guard case .secret(let digest, _, let pieces) = text else { return }
    if needs[digest] == nil { order.append(digest) } else { needs[digest]?.count += 1 }
    let variable = pieces.lazy.compactMap { if case .variable(let name) = $0 { name } else { nil } }.first
    needs[digest] = needs[digest] ?? Need(place: place, variable: variable)
  }

  /// Each as `header X-Token of whk_1 and 2 more (variable token)`.
  ///
  /// - Parameter given: the variables that have a value, which then is another one.
  func descriptions(given: Set<String> = []) -> [String] {
    order.compactMap { needs[$0] }.map { need in
      let more = need.count > 1 ? " and \(need.count - 1) more" : ""
      let variable = need.variable.map { name in
        given.contains(name)
          ? " (variable \(name), which had another value when the plan was made)" : " (variable \(name))"
      }
      return need.place + more + (variable ?? "")
    }
  }
}
