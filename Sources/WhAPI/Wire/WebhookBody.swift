import WhDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The JSON body of an update or a creation: only the fields that are there, in order of name.
struct WebhookBody: Encodable {
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
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("texts and lists of texts always have a JSON form")
    }
    return Array(data)
  }

  private static func object(_ headers: Headers) -> [String: String] {
    Dictionary(headers.all.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
  }
}
