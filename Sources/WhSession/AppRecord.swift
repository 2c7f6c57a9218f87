import WhDomain

/// Which apps the statements of a script chose, and how its commits went.
package struct AppRecord: Sendable {
  package internal(set) var chosen: Set<AppID> = []
  /// Those with a webhook that is not as asked for.
  package internal(set) var failed: Set<AppID> = []
  package internal(set) var commits = 0

  mutating func note(_ outcomes: [Outcome]) {
    commits += 1
    for outcome in outcomes where !outcome.isFine { failed.insert(outcome.change.app.id) }
  }
}
