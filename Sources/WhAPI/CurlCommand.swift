import WhDomain

/// The shell commands that send operations, with each secret as a variable that must be set: without it the shell refuses to
/// run the command.
package struct CurlCommands {
  private let kind: KeyKind
  private let base: BaseURL
  private let secretRanges: (String) -> [Range<Int>]
  /// The values of each variable's name; those after the first have a number in theirs.
  private var values: [String: [String]] = [:]
  /// The variables in the order of their marks.
  private var variables: [String] = []

  /// - Parameter secretRanges: the secret bytes of a url, an event or a value, in order and apart from each other.
  package init(for kind: KeyKind, at base: BaseURL, secretRanges: @escaping (String) -> [Range<Int>]) {
    self.kind = kind
    self.base = base
    self.secretRanges = secretRanges
  }

  /// The command that sends an operation.
  ///
  /// - Throws: `OperationError`, as `request(for:)` does.
  package mutating func command(for operation: APIOperation) throws(OperationError) -> String {
    let request = try marked(operation).request(for: kind)
    var words = ["curl --request \(request.method.rawValue) --url \(quoted(base.url(of: request.path)))"]
    words.append("--header \"Authorization: Bearer ${WH_API_KEY:?}\"")
    for field in request.fields { words.append("--header " + quoted("\(field.name): \(field.value)")) }
    if let body = request.body { words.append("--data " + quoted(String(decoding: body, as: UTF8.self))) }
    return words.joined(separator: " ")
  }

  /// The operation with a mark in the place of each secret.
  private mutating func marked(_ operation: APIOperation) -> APIOperation {
    switch operation {
    case .updateWebhook(let app, let id, var patch):
      if let url = patch.url { patch.url = marked(url, "WH_URL_SECRET") }
      if let events = patch.events { patch.events = events.map { marked($0, "WH_EVENT_SECRET") } }
      if let headers = patch.headers { patch.headers = marked(headers) }
      return .updateWebhook(app: app, id: id, patch: patch)
    case .createWebhook(let app, let draft):
      let events = draft.events.map { marked($0, "WH_EVENT_SECRET") }
      let result = WebhookDraft(
        url: marked(draft.url, "WH_URL_SECRET"), events: events, headers: marked(draft.headers))
      return .createWebhook(app: app, draft: result)
    case .listApps, .listWebhooks, .getWebhook, .deleteWebhook: return operation
    }
  }

  private mutating func marked(_ headers: Headers) -> Headers {
    Headers(
      headers.all.map { header in
        let name = "WH_HEADER_" + Self.variableName(header.name)
        let value = header.isSecret ? mark(name, header.value) : marked(header.value, name)
        return Header(name: header.name, value: value)
      })
  }

  private mutating func marked(_ text: String, _ name: String) -> String {
    let ranges = secretRanges(text)
    guard !ranges.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var result = ""
    var index = 0
    for range in ranges {
      result += String(decoding: bytes[index..<range.lowerBound], as: UTF8.self)
      result += mark(name, String(decoding: bytes[range], as: UTF8.self))
      index = range.upperBound
    }
    return result + String(decoding: bytes[index...], as: UTF8.self)
  }

  /// Stands for a variable until the text is quoted. A value that another webhook has too is the same variable.
  private mutating func mark(_ name: String, _ value: String) -> String {
    var known = values[name] ?? []
    let place = known.firstIndex(of: value) ?? known.count
    if place == known.count { known.append(value) }
    values[name] = known
    let variable = place == 0 ? name : "\(name)_\(place + 1)"
    let number = variables.firstIndex(of: variable) ?? variables.count
    if number == variables.count { variables.append(variable) }
    return Self.mark(number)
  }

  /// Of a plane that no text uses, so that it passes through JSON as it is.
  private static func mark(_ number: Int) -> String { "\u{10FFF0}\(number)\u{10FFF1}" }

  private static func variableName(_ name: String) -> String {
    String(
      name.uppercased().unicodeScalars.map {
        ("A"..."Z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "_"
      })
  }

  /// A shell word for the text, whatever it contains, with its marks as variables.
  private func quoted(_ text: String) -> String {
    let pieces = text.shellWord.split(separator: "\u{10FFF0}", omittingEmptySubsequences: false)
    return pieces.dropFirst().reduce(into: String(pieces.first ?? "")) { result, piece in
      let number = Int(piece.prefix { $0 != "\u{10FFF1}" }) ?? 0
      result += "'\"${\(variables[number]):?}\"'" + piece.drop { $0 != "\u{10FFF1}" }.dropFirst()
    }
  }
}
