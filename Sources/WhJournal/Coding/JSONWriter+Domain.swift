import WhDomain

extension JSONWriter {
  /// A webhook. Its ids are written only where they are others than those of the change.
  static func webhook(_ webhook: Webhook, of change: Change) -> String {
    var json = JSONWriter()
    json.raw("{")
    if webhook.id != change.webhookID {
      json.name("id")
      json.string(webhook.id.text)
    }
    if webhook.appID != change.app.id {
      json.name("appId")
      json.string(webhook.appID.text)
    }
    json.fields(url: webhook.url, events: webhook.events, headers: webhook.headers)
    if let time = webhook.createdAt {
      json.name("createdAt")
      json.string(time.text)
    }
    if let time = webhook.updatedAt {
      json.name("updatedAt")
      json.string(time.text)
    }
    json.raw("}")
    return json.text
  }

  /// The fields that a change asks for; nil for a deletion, which asks for none.
  static func asked(_ action: Change.Action) -> String? {
    var json = JSONWriter()
    json.raw("{")
    switch action {
    case .update(_, let patch): json.fields(url: patch.url, events: patch.events, headers: patch.headers)
    case .create(let url, let events, let headers): json.fields(url: url, events: events, headers: headers)
    case .delete: return nil
    }
    json.raw("}")
    return json.text
  }

  static func origins(_ origins: [Origin]) -> String {
    var json = JSONWriter()
    json.raw("[")
    for origin in origins {
      json.separate()
      json.raw("{")
      json.name("source")
      json.string(origin.source)
      json.name("line")
      json.integer(origin.line)
      json.name("column")
      json.integer(origin.column)
      json.name("statement")
      json.string(origin.statement)
      json.raw("}")
    }
    json.raw("]")
    return json.text
  }

  private mutating func fields(url: String?, events: [String]?, headers: Headers?) {
    if let url {
      name("url")
      string(url)
    }
    if let events {
      name("events")
      strings(events)
    }
    if let headers {
      name("headers")
      raw("[")
      for header in headers.all {
        separate()
        strings([header.name, header.value])
      }
      raw("]")
    }
  }
}
