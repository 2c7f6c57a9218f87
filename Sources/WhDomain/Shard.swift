/// One machine's share of the apps, out of several machines that each take another one.
///
/// The share of an app is the one with the highest score for its id (rendezvous hashing), so that all machines agree
/// without talking, and a change of the count moves few apps.
package struct Shard: Hashable, Sendable {
  /// From 1 to `count`.
  package let number: Int
  package let count: Int

  /// Reads `K/N`, with K from 1 to N and N at most 10,000.
  package init?(_ text: String) {
    let pieces = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard pieces.count == 2, let number = pieces[0], let count = pieces[1], (1...10_000).contains(count),
      (1...count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
  }

  package func contains(_ app: AppID) -> Bool {
    let best = (1...count).max { Self.score(app, $0) < Self.score(app, $1) }
    return best == number
  }

  /// FNV-1a over the id and the share's number, with a final mix so that neighbouring numbers differ in all bits.
  private static func score(_ app: AppID, _ number: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in Array(app.text.utf8) + [0] + Array(String(number).utf8) {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash >> 33)
  }
}

extension Shard: CustomStringConvertible {
  /// As it is read: `K/N`.
  package var description: String { "\(number)/\(count)" }
}
