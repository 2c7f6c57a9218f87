import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// Runs of the journal, as text.
struct RunText {
  let style: Style
  let width: Int?

  func list(_ runs: [Run]) -> String {
    guard !runs.isEmpty else { return "no runs\n" }
    let columns = [
      Table.Column("run", .fixed), Table.Column("started", .fixed),
      Table.Column("profile"), Table.Column("script"), Table.Column("state", .fixed),
      Table.Column("webhooks"),
    ]
    let rows = runs.map { run in
      [
        String(run.number), run.metadata.startedAt.description, run.metadata.profile, Self.origin(run.metadata),
        run.state.rawValue, Self.counts(run),
      ].map(Printable.escaped)
    }
    return Table(columns: columns, rows: rows).text(width: width, style: style)
  }

  func page(_ run: Run, _ intents: [Intent]) -> String {
    let metadata = run.metadata
    var fields = [
      ("state", run.state.rawValue), ("started", metadata.startedAt.description),
      ("ended", run.finishedAt?.description ?? "unknown"), ("profile", "\(metadata.profile), \(metadata.host)"),
      ("script", Self.origin(metadata)), ("user", "\(metadata.user), wh \(metadata.version)"),
      ("webhooks", Self.counts(run)),
    ]
    if let hash = metadata.scriptSHA256 { fields.insert(("sha-256", hash), at: 5) }
    if let undo = run.undoneBy { fields.append(("undone by", "run \(undo)")) }
    var text = style.paint("run \(run.number)", .heading) + "\n"
    for (name, value) in fields {
      text += "  \(style.paint(name, .accent))\(String(repeating: " ", count: 11 - name.count))"
      text += Printable.escaped(value) + "\n"
    }
    let diff = DiffText(style: style)
    for intent in intents {
      text += "\n" + diff.text(of: intent.change) + "  " + Self.outcome(intent) + "\n"
    }
    return text
  }

  private static func outcome(_ intent: Intent) -> String {
    let message = intent.outcome?.message.map { ": " + Printable.escaped($0) } ?? ""
    return intent.state.rawValue + message + (intent.isOpen ? " (open)" : "")
  }

  static func origin(_ metadata: RunMetadata) -> String {
    let script = metadata.script ?? "prompt"
    if case .undo(let run) = metadata.kind { return "undo of run \(run) (\(script))" }
    return script
  }

  private static func counts(_ run: Run) -> String {
    let counts = Outcome.State.allCases.compactMap { state in
      run.count(state) > 0 ? state.counted(run.count(state)) : nil
    }
    return counts.isEmpty ? "none" : counts.joined(separator: ", ")
  }
}
