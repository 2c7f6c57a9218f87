import WhSyntax

/// The form of the file that keeps names between sessions: a line for each, its fields between tabs.
///
/// ```
/// wh names 1	https://api.example.com
/// app	b1ff…	my-app	My app
/// webhook	a0ee…	b1ff…	https://example.com/path
/// ```
package enum NameFile {
  /// The most apps and webhooks that are kept.
  package static let most = 100_000
  /// The largest file that is read, in bytes.
  package static let largest = 32 << 20
  private static let head = "wh names 1"
  private static let longestField = 200

  /// - Parameter host: the server that the names are from, as the journal knows it.
  package static func text(of book: NameBook, host: String) -> String {
    var text = "\(head)\t\(field(host))\n"
    var left = most
    for app in book.apps.prefix(most) where isField(app.id) {
      left -= 1
      text += "app\t\(app.id)\t\(field(app.slug))\t\(field(app.name))\n"
    }
    for (app, webhooks) in book.webhooks.sorted(by: { $0.key < $1.key }) where app.isEmpty || isField(app) {
      for webhook in webhooks.prefix(max(0, left)) where isField(webhook.id) {
        left -= 1
        text += "webhook\t\(webhook.id)\t\(app)\t\(field(place(webhook.url)))\n"
      }
    }
    return text
  }

  /// The names in a file; nil for one of another server, of another form, or too large.
  package static func book(_ bytes: [UInt8], host: String) -> NameBook? {
    guard bytes.count <= largest else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      var reader = LineReading(bytes)
      guard let first = reader.next(), first == [head, field(host)] else { return nil }
      var book = NameBook()
      while let fields = reader.next() {
        guard fields.count == 4, isField(fields[1]) else { continue }
        switch fields[0] {
        case "app":
          book.apps.append(
            NameBook.App(
              id: fields[1], slug: fields[2].isEmpty ? nil : fields[2], name: fields[3].isEmpty ? nil : fields[3]))
        case "webhook": book.webhooks[fields[2], default: []].append(NameBook.Webhook(id: fields[1], url: fields[3]))
        default: continue
        }
      }
      return book
    }
  }

  /// Cuts lines into their fields.
  private struct LineReading {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      self.bytes = bytes
    }

    /// The fields of the next line; nil after the last.
    mutating func next() -> [String]? {
      guard index < bytes.count else { return nil }
      var fields: [String] = []
      fields.reserveCapacity(4)
      var start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
        if bytes[index] == UInt8(ascii: "\t") {
          fields.append(String(decoding: bytes[start..<index], as: UTF8.self))
          start = index + 1
        }
        index += 1
      }
      fields.append(String(decoding: bytes[start..<index], as: UTF8.self))
      index += 1
      return fields
    }
  }

  /// A url without what may hold a secret: the user, the query and the fragment.
  private static func place(_ url: String) -> String {
    var url = url.prefix { $0 != "?" && $0 != "#" }
    if let scheme = url.firstRange(of: "://") {
      let authority = url[scheme.upperBound...].prefix { $0 != "/" }
      if let at = authority.lastIndex(of: "@") { url.removeSubrange(scheme.upperBound...at) }
    }
    return String(url)
  }

  /// A text that is kept; a longer one, and one that a screen or this format would misread, is not.
  private static func field(_ text: String?) -> String {
    guard let text, isField(text) else { return "" }
    return text
  }

  private static func isField(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= longestField && !text.unicodeScalars.contains(where: Printable.isHazard)
  }
}
