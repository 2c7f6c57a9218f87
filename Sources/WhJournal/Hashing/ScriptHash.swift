/// What a script is known by.
package enum ScriptHash {
  /// The SHA-256 of a script as 64 hexadecimal digits. CR LF counts as LF, so that a checkout on another system is the
  /// same script.
  package static func hash(of script: [UInt8]) -> String {
    var unified: [UInt8] = []
    unified.reserveCapacity(script.count)
    for (index, byte) in script.enumerated() {
      let isLineEnd = byte == UInt8(ascii: "\r") && index + 1 < script.count && script[index + 1] == UInt8(ascii: "\n")
      if !isLineEnd { unified.append(byte) }
    }
    return SHA256.hexadecimalDigest(of: unified)
  }
}
