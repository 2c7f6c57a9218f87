import WhDomain
import WhSession
import WhSyntax

/// The apps and webhooks that are known by name, from this session and from earlier ones.
package struct NameBook: Sendable, Equatable {
  package struct App: Sendable, Equatable {
    package let id: String
    package let slug: String?
    package let name: String?

    package init(id: String, slug: String? = nil, name: String? = nil) {
      self.id = id
      self.slug = slug
      self.name = name
    }
  }

  package struct Webhook: Sendable, Equatable {
    package let id: String
    package let url: String

    package init(id: String, url: String) {
      self.id = id
      self.url = url
    }
  }

  package var apps: [App]
  /// By the app's id, which is empty for the own app of an app key.
  package var webhooks: [String: [Webhook]]

  package init(apps: [App] = [], webhooks: [String: [Webhook]] = [:]) {
    self.apps = apps
    self.webhooks = webhooks
  }

  /// Takes over what a session has listed: a list of apps, or of an app's webhooks, takes the place of an older one.
  package mutating func learn(from holdings: Holdings) {
    if let directory = holdings.directory {
      apps = directory.map { App(id: $0.id.text, slug: $0.slug, name: $0.name) }
      let present = Set(apps.map(\.id)).union([""])
      webhooks = webhooks.filter { present.contains($0.key) }
    }
    for app in holdings.listedApps {
      webhooks[app.text] = (holdings.webhooks(of: app) ?? []).map { key in
        Webhook(id: key.webhook.text, url: holdings.base[key]?.webhook.url ?? "")
      }
    }
    var single: [String: [Webhook]] = [:]
    for (key, base) in holdings.base where holdings.webhooks(of: key.app) == nil {
      single[key.app.text, default: []].append(Webhook(id: key.webhook.text, url: base.webhook.url))
    }
    for (app, read) in single {
      let ids = Set(read.map(\.id))
      webhooks[app] = (webhooks[app] ?? []).filter { !ids.contains($0.id) } + read
    }
  }
}
