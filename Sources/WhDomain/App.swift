/// An app of the organisation. A copy costs no more than a reference, for each change of a webhook holds its app.
package struct App: Hashable, Sendable {
  private struct Fields: Hashable, Sendable {
    let id: AppID
    let slug: String?
    let name: String?
    let status: String?
    let createdAt: Timestamp?
    let updatedAt: Timestamp?
  }

  private let fields: Boxed<Fields>

  package init(
    id: AppID, slug: String? = nil, name: String? = nil, status: String? = nil, createdAt: Timestamp? = nil,
    updatedAt: Timestamp? = nil
  ) {
    fields = Boxed(
      Fields(id: id, slug: slug, name: name, status: status, createdAt: createdAt, updatedAt: updatedAt))
  }

  package var id: AppID { fields.value.id }
  /// Nil where the service does not say, as with an app key, or for an app that was named by id and never listed.
  package var slug: String? { fields.value.slug }
  package var name: String? { fields.value.name }
  package var status: String? { fields.value.status }
  package var createdAt: Timestamp? { fields.value.createdAt }
  package var updatedAt: Timestamp? { fields.value.updatedAt }
}
