import WhDomain

extension PlanFile {
  /// The text of the file: JSON, one change a line.
  package var text: String {
    var json = JSONWriter()
    json.raw("{")
    json.name("format")
    json.string(Self.format)
    json.name("version")
    json.integer(Self.version)
    json.name("id")
    json.string(id)
    json.name("tool")
    json.string(source.tool)
    json.name("createdAt")
    json.string(source.createdAt)
    json.name("profile")
    json.string(source.profile)
    json.name("host")
    json.string(source.host)
    json.name("salt")
    json.string(salt)
    json.name("scripts")
    json.raw("[")
    for script in source.scripts {
      json.separate()
      json.raw("{")
      json.name("name")
      json.string(script.name)
      json.name("sha256")
      json.string(script.sha256)
      json.raw("}")
    }
    json.raw("]")
    if let migration = source.migration {
      json.name("migration")
      json.migration(migration)
    }
    return json.text + ",\"changes\":[" + changes.map { "\n" + $0.text }.joined(separator: ",") + "\n]}\n"
  }

  static let format = "wh plan"
}

extension PlannedChange {
  fileprivate var text: String {
    var json = JSONWriter()
    json.raw("{")
    json.name("app")
    json.raw("{")
    json.name("id")
    json.string(app.id.text)
    if let slug = app.slug {
      json.name("slug")
      json.string(slug)
    }
    if let name = app.name {
      json.name("name")
      json.string(name)
    }
    json.raw("}")
    if let webhookID {
      json.name("webhook")
      json.string(webhookID.text)
    }
    json.name("action")
    json.string(action)
    if let before {
      json.name("before")
      json.fields(before)
    }
    if let asked {
      json.name("asked")
      json.fields(asked)
    }
    return json.text + ",\"origins\":" + JSONWriter.origins(origins) + "}"
  }
}

extension JSONWriter {
  fileprivate mutating func migration(_ migration: PlannedMigration) {
    raw("{")
    name("folder")
    string(migration.folder)
    name("scripts")
    raw("[")
    for step in migration.steps {
      separate()
      raw("{")
      name("name")
      string(step.script.name)
      name("sha256")
      string(step.script.sha256)
      name("apps")
      strings(step.apps.map(\.text))
      raw("}")
    }
    raw("]}")
  }

  fileprivate mutating func fields(_ fields: PlannedChange.Fields) {
    raw("{")
    if let url = fields.url {
      name("url")
      text(url)
    }
    if let events = fields.events {
      name("events")
      strings(events)
    }
    if let headers = fields.headers {
      name("headers")
      raw("[")
      for header in headers {
        separate()
        raw("[")
        string(header.name)
        raw(",")
        text(header.value)
        raw("]")
      }
      raw("]")
    }
    raw("}")
  }

  private mutating func text(_ text: PlannedText) {
    guard case .secret(let digest, let shown, let pieces) = text else { return string(text.shown) }
    raw("{")
    name("sha256")
    string(digest)
    name("shown")
    string(shown)
    if !pieces.isEmpty {
      name("from")
      raw("[")
      for piece in pieces {
        separate()
        switch piece {
        case .text(let text): string(text)
        case .variable(let variable):
          raw("{")
          name("variable")
          string(variable)
          raw("}")
        }
      }
      raw("]")
    }
    raw("}")
  }
}
