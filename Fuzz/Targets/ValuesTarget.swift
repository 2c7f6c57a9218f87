import WhDomain
import WhSession
import WhSyntax

@testable import WhAPI
@testable import WhSession

/// Two texts, parted by a NUL, as every kind of value: pattern, url, secret, time, word of a script.
enum ValuesTarget: FuzzTarget {
  static let words = [
    "\0", "*", "[a-z]", "[!", "https://", "http://", "://", "user:pass@", "?token=", "&key=", "[::1]", ":443", "/../",
    "%2e",
    "2026-01-01T00:00:00Z", "+25:00", "0001-01-01", "1999-13-40", "now", "••••", "****", "\\", "\"", "${x}",
    "${app.id}",
    "\u{202E}", "\u{200B}", "\r\n", "\u{301}", "\u{1F1E6}", "Bearer ", "X-API-Key", "-----",
  ]

  static func run(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let left = String(decoding: parts[0], as: UTF8.self)
    let right = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : left
    checkPattern(left, right)
    checkURL(left)
    checkSecret(left, right)
    checkText(right)
    _ = right.replacingEvery(left, with: "x")
    if let time = try? Timestamp(left) {
      rule((try? Timestamp(time.text)) == time, "a time reads back as another")
    }
    for text in [left, right] {
      _ = try? AppID(text)
      _ = try? EventCatalogue.validate(text)
      _ = try? Header.validate(name: text)
      _ = try? BaseURL(text)
      _ = SecretName.isSecret(text)
      _ = Header(name: left, value: text).isMasked
    }
  }

  private static func checkPattern(_ pattern: String, _ text: String) {
    let isMatch = Glob(pattern).matches(text)
    if !Glob.isPattern(pattern) {
      rule(isMatch == (pattern.unicodeScalars.elementsEqual(text.unicodeScalars)), "a pattern without wildcards")
    }
    rule(Glob("*").matches(text), "`*` does not match all")
  }

  private static func checkURL(_ url: String) {
    let normal = WebhookURL.normalized(url)
    rule(WebhookURL.normalized(normal).isSame(as: normal), "the normal form has another normal form")
    if WebhookURL.isValid(url) {
      rule(WebhookURL.host(of: url) != nil, "a valid url has no host")
      rule(WebhookURL.isValid(normal), "the normal form of a valid url is not valid")
    }
    let redactor = Redactor()
    redactor.learn(urlsIn: url)
    let shown = redactor.redact(url)
    for secret in WebhookURL.secrets(in: url) where !(secret.lead + secret.value).contains("•") {
      rule(
        (secret.lead + secret.value).utf8.count < 4 || !shown.contains(secret.lead + secret.value),
        "a url shows its secret")
    }
  }

  private static func checkSecret(_ secret: String, _ text: String) {
    let isHidden = secret.utf8.count >= 4 && !secret.contains("•")
    let redactor = Redactor()
    redactor.learn(key: secret)
    for shown in [redactor.redact(text + secret + text), redactor.redact(text)] where isHidden {
      rule(!Self.contains(shown, secret), "a secret is shown")
    }
    let escaped = Printable.escaped(redactor.redact(Printable.escaped(text + secret)))
    rule(
      !isHidden || Printable.escaped(secret).utf8.count < 4 || !Self.contains(escaped, secret),
      "a secret is shown escaped")
  }

  /// By bytes: `contains` takes two spellings of a character for the same.
  private static func contains(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0..<$0 + part.count].elementsEqual(part) }
  }

  private static func checkText(_ text: String) {
    for shown in [Printable.escaped(text), Printable.escapedLines(text).filter { $0 != "\n" && $0 != "\t" }] {
      rule(!shown.unicodeScalars.contains(where: Printable.isHazard), "text is shown unescaped")
      _ = Printable.width(shown)
    }
    for word in [Quoter.word(text, avoiding: ["where"]), Quoter.quoted(text)] {
      let lexed = Lexer.lex(Source(name: "word", text: "echo \(word) end"))
      rule(
        lexed.diagnostics.isEmpty && lexed.tokens.count == 3, "a quoted word is not a word: \(word.debugDescription)")
      rule(
        lexed.tokens[1].word?.literal?.isSame(as: text) ?? false,
        "a quoted word reads as another: \(word.debugDescription)")
    }
    rule(JSONValue(Array(json(text).utf8)) == .string(text), "JSON reads back as another text")
  }
}
