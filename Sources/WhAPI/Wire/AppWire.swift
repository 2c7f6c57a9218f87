import WhDomain

/// An app as JSON has it.
enum AppWire {
  static let listName = "apps"

  /// - Throws: `MalformedBody` where there is no id. Other unreadable fields are skipped.
  static func app(in object: JSONValue) throws(MalformedBody) -> App {
    App(
      id: try AppID(wire: object.text("id")), slug: object["slug"]?.text, name: object["name"]?.text,
      status: object["status"]?.text, createdAt: object.time("createdAt"), updatedAt: object.time("updatedAt"))
  }
}
