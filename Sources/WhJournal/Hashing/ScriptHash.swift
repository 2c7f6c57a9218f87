/// What a script is known by.
package enum ScriptHash {
  /// The SHA-256 of a script as 64 hexadecimal digits, with what it includes.
  ///
  /// A byte order mark, CR LF for LF and a last line end are nothing that a reader sees, and do not count: a checkout on
  /// another system, or by another editor, is the same script.
  ///
  /// - Parameter included: the scripts that it includes, in a fixed order.
  package static func hash(of script: [UInt8], including included: [[UInt8]] = []) -> String {
    let own = SHA256.hexadecimalDigest(of: normal(script))
    if included.isEmpty { return own }
    let all = [own] + included.map { SHA256.hexadecimalDigest(of: normal($0)) }
    return SHA256.hexadecimalDigest(of: Array(all.joined(separator: "\n").utf8))
  }

  /// The hash that version 0.1.0 gave: to a script with a last line end, without a byte order mark and inclusions it is the
  /// same.
  package static func formerHash(of script: [UInt8]) -> String {
    SHA256.hexadecimalDigest(of: withoutReturns(script[...]))
  }

  private static func normal(_ script: [UInt8]) -> [UInt8] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let unified = withoutReturns(script.starts(with: mark) ? script.dropFirst(mark.count) : script[...])
    return unified.last == UInt8(ascii: "\n") ? unified : unified + [UInt8(ascii: "\n")]
  }

  /// With LF for each CR LF.
  private static func withoutReturns(_ script: ArraySlice<UInt8>) -> [UInt8] {
    var unified: [UInt8] = []
    unified.reserveCapacity(script.count)
    for (index, byte) in zip(script.indices, script) {
      let isLineEnd =
        byte == UInt8(ascii: "\r") && index + 1 < script.endIndex && script[index + 1] == UInt8(ascii: "\n")
      if !isLineEnd { unified.append(byte) }
    }
    return unified
  }
}
