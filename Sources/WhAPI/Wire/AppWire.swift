import WhDomain

/// An app as JSON has it.
struct AppWire: Decodable {
  let id: String
  let slug: String?
  let name: String?
  let status: String?
  let createdAt: String?
  let updatedAt: String?

  func app() throws(MalformedBody) -> App {
    App(
      id: try AppID(wire: id), slug: slug, name: name, status: status,
      createdAt: try createdAt.map(Timestamp.init(wire:)), updatedAt: try updatedAt.map(Timestamp.init(wire:)))
  }
}
