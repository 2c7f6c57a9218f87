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
    /// Values that are hidden where they are all of a value of the domain, whatever their length.
    var wholes: Set<[UInt8]> = []
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
    // Quotes with nothing between them hold no secret, and messages quote them.
    guard text.utf8.count < Self.shortest + 2, !text.contains(Self.mask), !["\"\"", "''"].contains(text) else { return }
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

  /// Hides what a webhook holds that is a secret: the values of headers whose names say so, and parts of urls.
  package func learn(secretsOf webhook: Webhook) {
    learn(secretsOf: webhook.url, webhook.headers)
  }

  /// The same of the fields of one, as far as there are any.
  func learn(secretsOf url: String?, _ headers: Headers?) {
    if let url { learn(urlsIn: url) }
    for header in headers?.all ?? [] {
      if header.isSecret { learn(header.value) } else { learn(urlsIn: header.value) }
    }
  }

  /// A secret of this length is hidden wherever it stands; a shorter one of a url only after what says so.
  private static let leastOfURLs = 12

  /// Hides the secrets of the urls in a text: user names and passwords, and parameters such as `?token=`.
  package func learn(urlsIn text: String) {
    for secret in WebhookURL.secrets(in: text) where !secret.value.contains(Self.mask) {
      for form in [{ $0 }, Self.jsonEscaped, Printable.escaped] {
        insert(form(secret.lead + secret.value), shown: form(secret.lead).utf8.count)
      }
      let decoded = Self.percentDecoded(secret.value)
      let password = secret.lead == "://" ? secret.value.split(separator: ":", maxSplits: 1).last.map(String.init) : nil
      for text in [secret.value, decoded, password].compactMap(\.self) where text.utf8.count >= Self.leastOfURLs {
        learn(text)
      }
    }
  }

  private static func percentDecoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Hides a key, also in base64, where a server may echo it in, alone or within a longer text.
  package func learn(key: String) {
    learn(key)
    let bytes = Array(key.utf8)
    guard bytes.count >= Self.leastInValues else { return }
    for offset in 0..<3 {
      let code = Self.base64([UInt8](repeating: 0, count: offset) + bytes)
      // The first characters depend on what stands before the key too, and the last on what stands after it.
      let known = code.dropFirst(offset == 0 ? 0 : offset + 1).prefix((bytes.count * 8 - (offset == 0 ? 0 : 6)) / 6)
      insert(String(known))
      insert(String(known.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }))
    }
  }

  /// Hides a value that is a secret whatever its name says: wherever it stands, as a key, and where it is all of a value of
  /// the domain, however short.
  package func learn(value: String) {
    learn(key: value)
    let bytes = Array(value.utf8)
    guard !bytes.isEmpty, secrets.withLock({ $0.wholes.insert(bytes).inserted }) else { return }
    learned.add(1, ordering: .relaxed)
  }

  /// Without padding.
  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var (result, buffer, count) = ("", 0, 0)
    for byte in bytes {
      buffer = (buffer << 8 | Int(byte)) & 0xFFFF
      count += 8
      while count >= 6 {
        count -= 6
        result.append(alphabet[buffer >> count & 63])
      }
    }
    if count > 0 { result.append(alphabet[buffer << (6 - count) & 63]) }
    return result
  }

  /// A secret of this length does not appear in a value, such as a url, by accident; a shorter one might.
  private static let leastInValues = 8

  /// Hides secrets in a sentence.
  package func redact(_ text: String) -> String { Self.masked(text, maskedRanges(Array(text.utf8))) }

  /// Hides secrets in a value of the domain, such as a url, that a script or a service put them in.
  package func redact(value: String) -> String { Self.masked(value, maskedRanges(ofValue: value)) }

  private static func masked(_ text: String, _ ranges: [Range<Int>]) -> String {
    guard !ranges.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    for range in ranges {
      result += bytes[index..<range.lowerBound]
      result += mask.utf8
      index = range.upperBound
    }
    return String(decoding: result + bytes[index...], as: UTF8.self)
  }

  /// The ranges of a value of the domain that hold secrets, in order and apart from each other.
  package func maskedRanges(ofValue text: String) -> [Range<Int>] {
    let bytes = Array(text.utf8)
    if secrets.withLock({ $0.wholes.contains(bytes) }) { return [0..<bytes.count] }
    return maskedRanges(bytes, atLeast: Self.leastInValues)
  }

  /// The ranges that hold secrets, in order and apart from each other.
  package func maskedRanges(_ bytes: [UInt8]) -> [Range<Int>] { maskedRanges(bytes, atLeast: 1) }

  /// - Parameter least: shorter ones do not count, unless what stands before them says that they are secrets.
  private func maskedRanges(_ bytes: [UInt8], atLeast least: Int) -> [Range<Int>] {
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
        if secret.shown > 0 || length >= least { ranges.append(index + secret.shown..<index + length) }
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
    UInt32(bytes[index]) << 24 | UInt32(bytes[index + 1]) << 16 | UInt32(bytes[index + 2]) << 8
      | UInt32(bytes[index + 3])
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
