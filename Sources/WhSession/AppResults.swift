import WhDomain

/// Which apps the statements of a script selected, and how its commits went.
package struct AppResults: Sendable {
  package private(set) var selected: Set<AppID> = []
  /// Those with a webhook that is not as requested.
  package private(set) var failed: Set<AppID> = []
  package private(set) var commits = 0
  /// How many expectations had something to check.
  package private(set) var checks = 0

  mutating func noteSelected(_ apps: [AppID]) { selected.formUnion(apps) }

  mutating func noteCheck() { checks += 1 }

  mutating func note(_ outcomes: [Outcome]) {
    commits += 1
    for outcome in outcomes where !outcome.isFine { failed.insert(outcome.change.app.id) }
  }
}
