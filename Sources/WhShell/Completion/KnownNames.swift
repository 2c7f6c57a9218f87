import WhDomain
import WhSession
import WhSyntax

/// The names that a session has seen, as candidates.
struct KnownNames {
  private let snapshot: Snapshot
  private var workspace: Workspace { snapshot.workspace }

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
  }

  var apps: [Candidate] {
    let apps = workspace.directory ?? workspace.chosenApps ?? []
    return apps.flatMap { app in
      [
        app.slug.map { candidate($0, hint: app.name) },
        app.id.text.isEmpty ? nil : candidate(app.id.text, hint: app.slug),
      ].compactMap(\.self)
    }
  }

  var slugs: [Candidate] {
    (workspace.directory ?? []).compactMap { app in app.slug.map { candidate($0, hint: app.name) } }
  }

  var webhooks: [Candidate] {
    let apps = Set((workspace.chosenApps ?? []).map(\.id))
    return workspace.base.keys.filter { apps.contains($0.app) }
      .sorted { $0.webhook < $1.webhook }
      .map { candidate($0.webhook.text, hint: workspace.view($0)?.url, avoidingEdits: true) }
  }

  /// The catalogue and the names in use; with `lackedByChosen`, without those that every chosen webhook has.
  func events(lackedByChosen: Bool) -> [Candidate] {
    let chosen = views
    let used = chosen.flatMap(\.events).uniqued()
    return (EventCatalogue.all + used).uniqued()
      .filter { name in !lackedByChosen || chosen.isEmpty || chosen.contains { !$0.events.contains(name) } }
      .map { candidate($0, hint: nil) }
  }

  var subscribedEvents: [Candidate] {
    let chosen = views
    if chosen.isEmpty { return events(lackedByChosen: false) }
    return chosen.flatMap(\.events).uniqued().sorted().map { candidate($0, hint: nil) }
  }

  var headers: [Candidate] {
    views.flatMap { $0.headers.all.map(\.name) }.uniqued().sorted().map { candidate($0, hint: nil) }
  }

  private var views: [Webhook] { (workspace.chosen ?? []).compactMap(workspace.view) }

  private func candidate(_ name: String, hint: String?, avoidingEdits: Bool = false) -> Candidate {
    let keywords = avoidingEdits ? CommandTable.grammars.editKeywords : []
    return Candidate(
      Quoter.word(name, avoiding: keywords), display: Printable.escaped(name), hint: hint.map(Printable.escaped))
  }
}
