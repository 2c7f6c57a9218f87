import WhAPI
import WhDomain
import WhSyntax

/// What is said to people of a choice.
extension Session {
  /// The most apps whose webhooks are counted just to say how many there are.
  private static let mostCounted = 1

  /// Connects, sees that the key is good by listing the apps, and says to what it is connected.
  package func greet() async throws(Failure) -> String {
    let connection = try await connection()
    let server = "profile \(connection.profile), \(connection.baseURL)"
    if connection.client.keyKind == .app { return server + ", an app key" }
    try await lookUpQuietly()
    return server + (workspace.directory.map { ", \($0.count) \($0.count == 1 ? "app" : "apps")" } ?? "")
  }

  func describeChosenApps() async throws(Failure) -> String {
    let apps = (workspace.chosenApps ?? []).map { workspace.app($0.id) }
    guard let only = apps.first, apps.count <= Self.mostCounted else { return "\(apps.count) apps" }
    guard isTalkative else { return "app \(only.title)" }
    if only.slug == nil, canList != false { try await lookUpQuietly() }
    let app = workspace.app(only.id)
    let name = app.slug.map { "\($0) (\(app.id))" } ?? app.title
    guard canList != false, let count = try await countQuietly(app) else { return "app \(name)" }
    return "app \(name), \(count) \(count == 1 ? "webhook" : "webhooks")"
  }

  /// A missing list is no reason to refuse a choice.
  private func lookUpQuietly() async throws(Failure) {
    do {
      _ = try await allApps()
    } catch  where error.diagnostic.code == .apiLacksOperation {
      return
    }
  }

  private func countQuietly(_ app: App) async throws(Failure) -> Int? {
    do {
      return try await listWebhooks(of: [app]).count
    } catch  where error.diagnostic.code == .apiLacksOperation {
      return nil
    }
  }

  func describeChosenWebhooks() -> Reply {
    let chosen = workspace.chosen ?? []
    guard let first = chosen.first else { return [.note("no webhook fits: the selection is empty")] }
    if chosen.count == 1 {
      let url = workspace.view(first).map { " \($0.url)" } ?? ""
      return [.confirmation("webhook \(first.webhook)\(url)")]
    }
    let apps = Set(chosen.map(\.app)).count
    return [.confirmation("\(chosen.count) webhooks in \(apps) \(apps == 1 ? "app" : "apps")")]
  }
}
