import Synchronization
import WhAPI
import WhDomain
import WhSyntax

/// Keeps secrets out of every text that leaves: each sink passes its text through here.
///
/// It knows the key, and the values of secret headers as soon as a script or an answer shows them.
package final class Redactor: Sendable {
  /// A shorter text is too likely to be a part of innocent words.
  private static let shortest = 4
  /// What stands in a secret's place, on every screen and in every file.
  package static let mask = Secret.mask

  /// A text that is hidden, or the end of one.
  private struct Hidden: Hashable {
    let bytes: [UInt8]
    /// How many of its bytes only say where the secret stands.
    let shown: Int
  }

  private struct Secrets {
    /// By their first four bytes, so that a text is searched for all of them in one pass.
    var byPrefix: [UInt32: Set<Hidden>] = [:]
    /// For each byte whether one of them begins with it, which most places of a text rule out at once.
    var beginsOne = [Bool](repeating: false, count: 256)
  }

  private let secrets = Mutex(Secrets())

  /// Rises when a secret is learned.
  private let learned = Atomic(0)

  package init() {}

  /// Another number when more secrets are known: what was kept until then may hold one of them.
  package var generation: Int { learned.load(ordering: .relaxed) }

  /// True for the name of a header, or of a variable, that says that what it holds is a secret.
  package static func isSecret(name: String) -> Bool { Header.isSecret(name: name) }

  /// Hides a text from now on. Of one with spaces in it, as `Bearer abc`, each long word is hidden too.
  package func learn(_ secret: String) {
    // A placeholder for a secret is not a secret.
    guard !secret.contains(Self.mask) else { return }
    let words = secret.split(whereSeparator: \.isWhitespace).map(String.init).filter { $0.utf8.count >= 8 }
    for text in Set([secret, Self.jsonEscaped(secret), Printable.escaped(secret)] + words) { insert(text) }
  }

  private func insert(_ text: String, shown: Int = 0) {
    let bytes = Array(text.utf8)
    guard bytes.count >= Self.shortest else { return }
    let isNew = secrets.withLock { secrets in
      secrets.beginsOne[Int(bytes[0])] = true
      return secrets.byPrefix[Self.prefix(bytes, at: 0), default: []].insert(Hidden(bytes: bytes, shown: shown))
        .inserted
    }
    if isNew { learned.add(1, ordering: .relaxed) }
  }

  /// Hides a word of a source that is too short to be hidden wherever it stands: after the name before it, as in
  /// `X-Token abc`, and where a message quotes it.
  func learn(short word: Span) {
    let text = word.text
    guard text.utf8.count < Self.shortest + 2, !text.contains(Self.mask) else { return }
    let before = word.source.bytes[..<word.range.lowerBound]
    let signs = before.reversed().prefix { " \t\r\n\\=!~".utf8.contains($0) }
    let name = before.dropLast(signs.count).reversed().prefix { !" \t\r\n;".utf8.contains($0) }.reversed()
    insert("`\(text)`")
    guard !name.isEmpty else { return }
    let sign = String(decoding: signs.reversed().filter { "=!~".utf8.contains($0) }, as: UTF8.self)
    let gaps = [String(decoding: signs.reversed(), as: UTF8.self), sign.isEmpty ? " " : " \(sign) "]
    for gap in Set(gaps) {
      let shown = String(decoding: name, as: UTF8.self) + gap
      for form in [{ $0 }, Self.jsonEscaped, Printable.escaped] {
        insert(form(shown + text), shown: form(shown).utf8.count)
      }
    }
  }

  /// Hides a secret as a source writes it, line by line, with its escapes and joins.
  func learn(written text: String) {
    for line in text.split(whereSeparator: \.isNewline) { learn(String(line)) }
  }

  package func learn(headersOf webhook: Webhook) {
    for header in webhook.headers.all where header.isSecret { learn(header.value) }
  }

  /// A secret of this length does not appear in a value, such as a url, by accident; a shorter one might.
  private static let leastInValues = 8

  /// Hides secrets in a sentence.
  package func redact(_ text: String) -> String { redact(text, atLeast: 1) }

  /// Hides secrets in a value of the domain, such as a url, that a script or a service put them in.
  package func redact(value: String) -> String { redact(value, atLeast: Self.leastInValues) }

  private func redact(_ text: String, atLeast length: Int) -> String {
    let bytes = Array(text.utf8)
    let ranges = maskedRanges(bytes).filter { $0.count >= length }
    guard !ranges.isEmpty else { return text }
    var result: [UInt8] = []
    var index = 0
    for range in ranges {
      result += bytes[index..<range.lowerBound]
      result += Self.mask.utf8
      index = range.upperBound
    }
    return String(decoding: result + bytes[index...], as: UTF8.self)
  }

  /// The ranges that hold secrets, in order and apart from each other.
  package func maskedRanges(_ bytes: [UInt8]) -> [Range<Int>] {
    let known = secrets.withLock { $0 }
    guard !known.byPrefix.isEmpty, bytes.count >= Self.shortest else { return [] }
    var ranges: [Range<Int>] = []
    var index = 0
    while index + Self.shortest <= bytes.count {
      guard known.beginsOne[Int(bytes[index])] else {
        index += 1
        continue
      }
      var whole = 0
      for secret in known.byPrefix[Self.prefix(bytes, at: index)] ?? [] {
        guard let length = Self.length(of: secret.bytes, in: bytes[index...]), length > secret.shown else { continue }
        ranges.append(index + secret.shown..<index + length)
        if secret.shown == 0 { whole = max(whole, length) }
      }
      index += max(whole, 1)
    }
    return Self.joined(ranges)
  }

  /// The ranges in order, with those that overlap made one.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound < last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// How many bytes at the beginning of a text are of a secret: all of its, or those that an excerpt left before its `…`.
  private static func length(of secret: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    let common = zip(secret, text).prefix { $0 == $1 }.count
    return common == secret.count || text.dropFirst(common).starts(with: "…".utf8) ? common : nil
  }

  private static func prefix(_ bytes: [UInt8], at index: Int) -> UInt32 {
    bytes[index..<index + shortest].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func jsonEscaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
  }
}

extension DiagnosticRenderer {
  /// Draws with the secrets of a redactor hidden.
  package init(isColoured: Bool = false, mostNotes: Int = .max, redactor: Redactor) {
    self.init(
      isColoured: isColoured, mostNotes: mostNotes, mask: Redactor.mask,
      maskedRanges: { redactor.maskedRanges($0) })
  }
}
