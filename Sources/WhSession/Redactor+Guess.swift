import WhDomain

extension Redactor {
  /// True for a text that holds a secret that is known, or that looks as if it held one: the user or a parameter of a url, or
  /// credentials after the name of a scheme, whatever the name of the header is.
  package func mayHoldSecret(_ text: String) -> Bool {
    if !maskedRanges(Array(text.utf8)).isEmpty { return true }
    if WebhookURL.secrets(in: text).contains(where: { Self.isWritten($0.value) }) { return true }
    let words = text.split { $0.isWhitespace || $0 == "\"" || $0 == "'" }
    return zip(words, words.dropFirst()).contains { scheme, credentials in
      Self.schemes.contains(scheme.lowercased()) && credentials.utf8.count >= Self.leastOfCredentials
        && Self.isWritten(String(credentials))
    }
  }

  private static let schemes: Set<String> = ["bearer", "basic", "digest", "token", "apikey"]
  private static let leastOfCredentials = 6

  /// False for a value that is a variable or a mask.
  private static func isWritten(_ value: String) -> Bool { !value.hasPrefix("${") && !value.contains(mask) }
}
