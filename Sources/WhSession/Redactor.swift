import Synchronization
import WhDomain
import WhSyntax

/// Keeps secrets out of every text that leaves: each sink passes its text through here.
///
/// It knows the key, and the values of secret headers as soon as a script or an answer shows them.
package final class Redactor: Sendable {
  /// A shorter text is too likely to be a part of innocent words.
  private static let shortest = 4
  package static let mask = "••••"

  private struct Secrets {
    /// By their first four bytes, so that a text is searched for all of them in one pass.
    var byPrefix: [UInt32: Set<[UInt8]>] = [:]
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
    // What stands for a secret is none.
    guard !secret.contains(Self.mask) else { return }
    let words = secret.split(whereSeparator: \.isWhitespace).map(String.init).filter { $0.utf8.count >= 8 }
    for text in Set([secret, Self.jsonEscaped(secret), Printable.escaped(secret)] + words) {
      let bytes = Array(text.utf8)
      guard bytes.count >= Self.shortest else { continue }
      let isNew = secrets.withLock { secrets in
        secrets.beginsOne[Int(bytes[0])] = true
        return secrets.byPrefix[Self.prefix(bytes, at: 0), default: []].insert(bytes).inserted
      }
      if isNew { learned.add(1, ordering: .relaxed) }
    }
  }

  /// Hides a secret as a source writes it, line by line, with its escapes and joins.
  func learn(written text: String) {
    for line in text.split(whereSeparator: \.isNewline) { learn(String(line)) }
  }

  package func learn(headersOf webhook: Webhook) {
    for header in webhook.headers.all where header.isSecret { learn(header.value) }
  }

  package func redact(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let ranges = maskedRanges(bytes)
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
      let rest = bytes[index...]
      let found = known.byPrefix[Self.prefix(bytes, at: index)]?.lazy.compactMap { Self.length(of: $0, in: rest) }.max()
      if let found { ranges.append(index..<index + found) }
      index += found ?? 1
    }
    return ranges
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
