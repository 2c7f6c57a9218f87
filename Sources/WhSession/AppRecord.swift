import WhDomain

/// Which apps the statements of a script selected, and how its commits went.
package struct AppRecord: Sendable {
  package private(set) var chosen: Set<AppID> = []
  /// Those with a webhook that is not as requested.
  package private(set) var failed: Set<AppID> = []
  package private(set) var commits = 0

  mutating func noteSelected(_ apps: [AppID]) { chosen.formUnion(apps) }

  mutating func note(_ outcomes: [Outcome]) {
    commits += 1
    for outcome in outcomes where !outcome.isFine { failed.insert(outcome.change.app.id) }
  }
}
