import WhDomain

/// The JSON body of an update or a creation: only the fields that are there, in order of name.
struct WebhookBody {
  var url: String?
  var events: [String]?
  var headers: [String: String]?

  init(_ patch: WebhookPatch) {
    url = patch.url
    events = patch.events
    headers = patch.headers.map(Self.object)
  }

  init(_ draft: WebhookDraft) {
    url = draft.url
    events = draft.events
    headers = draft.headers.isEmpty ? nil : Self.object(draft.headers)
  }

  var json: [UInt8] {
    var json = JSONWriter()
    json.raw("{")
    if let events {
      json.name("events")
      json.strings(events)
    }
    if let headers {
      json.name("headers")
      json.raw("{")
      for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
        json.name(of: name)
        json.string(value)
      }
      json.raw("}")
    }
    if let url {
      json.name("url")
      json.string(url)
    }
    json.raw("}")
    return json.bytes
  }

  private static func object(_ headers: Headers) -> [String: String] {
    Dictionary(headers.all.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
  }
}
