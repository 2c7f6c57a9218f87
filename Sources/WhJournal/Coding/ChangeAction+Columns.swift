import WhDomain

extension Change.Action {
  /// How the column `action` says it.
  var name: String {
    switch self {
    case .update: "update"
    case .create: "create"
    case .delete: "delete"
    }
  }

  /// - Parameter reference: a webhook that has the ids of the change.
  init(name: String, before: String?, asked: String?, of reference: Webhook) throws(DamagedText) {
    switch (name, before, asked) {
    case ("update", let before, let asked?):
      self = .update(
        before: try before.map { (text) throws(DamagedText) in try JSONReading.webhook(text, of: reference) },
        try JSONReading.patch(asked))
    case ("create", nil, let asked?):
      let fields = try JSONReading.patch(asked)
      guard let url = fields.url, let events = fields.events, let headers = fields.headers else {
        throw DamagedText("an incomplete creation")
      }
      self = .create(url: url, events: events, headers: headers)
    case ("delete", let before?, nil): self = .delete(before: try JSONReading.webhook(before, of: reference))
    default: throw DamagedText("an intent that is not an update, creation or deletion")
    }
  }
}
