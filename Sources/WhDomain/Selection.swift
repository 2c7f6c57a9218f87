/// What `use app` and `webhook` select by.
package enum Selection: Hashable, Sendable {
  case all
  /// Ids, slugs of apps, and globs over both.
  case names([String])
  case matching(Predicate)

  /// The names that are not patterns; nil if the selection uses anything else.
  package var plainNames: [String]? {
    guard case .names(let names) = self, !names.contains(where: Glob.isPattern) else { return nil }
    return names
  }
}
