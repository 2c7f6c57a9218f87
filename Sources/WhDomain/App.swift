/// An app of the organisation.
package struct App: Hashable, Sendable {
  package let id: AppID
  /// Nil where the service does not say, as with an app key, or for an app that was named by id and never listed.
  package let slug: String?
  package let name: String?
  package let status: String?
  package let createdAt: Timestamp?
  package let updatedAt: Timestamp?

  package init(
    id: AppID, slug: String? = nil, name: String? = nil, status: String? = nil, createdAt: Timestamp? = nil,
    updatedAt: Timestamp? = nil
  ) {
    self.id = id
    self.slug = slug
    self.name = name
    self.status = status
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}
