/// Tells by the words of a 404 whether an app or a webhook is missing, or the route: the status is the same.
enum MissingThing {
  private static let things = ["app", "application"]
  private static let routes = ["route", "endpoint", "path", "operation", "method", "page"]
  private static let methods = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"]

  /// - Parameter code: as `resource_missing` and `webhook_not_found`.
  static func isNamed(byCode code: String?) -> Bool {
    guard let code else { return false }
    return isNamed(in: code.split(separator: "_")) || code == "resource_missing"
  }

  /// - Parameter message: as `No such webhook`. Paths and marks of HTML, as in `Cannot GET /v1/webhooks`, say nothing.
  static func isNamed(in message: String) -> Bool {
    let words = message.split(whereSeparator: \.isWhitespace).filter { word in
      !word.contains { "/<>=".contains($0) }
    }
    return isNamed(in: words)
  }

  private static func isNamed(in words: [Substring]) -> Bool {
    let plain = words.map { $0.drop { !$0.isLetter }.prefix(while: \.isLetter) }
    if plain.contains(where: { routes.contains($0.lowercased()) || methods.contains(String($0)) }) { return false }
    return plain.contains { word in
      let word = word.lowercased()
      return word.hasPrefix("webhook") || things.contains { word == $0 || word == $0 + "s" }
    }
  }
}
