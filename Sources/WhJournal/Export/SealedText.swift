import CCrypto

/// A text that is encrypted with a passphrase.
struct SealedText: Equatable, Sendable {
  /// What a guess of a passphrase costs (OWASP's advice for PBKDF2 with SHA-256).
  static let iterations = 600_000
  /// A file may not ask for more work than this.
  private static let mostIterations = 10_000_000

  let iterations: Int
  let salt: [UInt8]
  let nonce: [UInt8]
  let tag: [UInt8]
  let bytes: [UInt8]

  init(iterations: Int, salt: [UInt8], nonce: [UInt8], tag: [UInt8], bytes: [UInt8]) {
    self.iterations = iterations
    self.salt = salt
    self.nonce = nonce
    self.tag = tag
    self.bytes = bytes
  }

  /// - Throws: `RunFileProblem` where the library is missing or fails.
  init(_ text: String, passphrase: [UInt8], iterations: Int = SealedText.iterations) throws(RunFileProblem) {
    if let problem = ccrypto_load() { throw .noLibrary(String(cString: problem)) }
    let input = Array(text.utf8)
    var output = [UInt8](repeating: 0, count: input.count)
    var salt = [UInt8](repeating: 0, count: Int(CCRYPTO_SALT))
    var nonce = [UInt8](repeating: 0, count: Int(CCRYPTO_NONCE))
    var tag = [UInt8](repeating: 0, count: Int(CCRYPTO_TAG))
    guard
      ccrypto_seal(
        passphrase, passphrase.count, Int32(iterations), input, input.count, &output, &salt, &nonce, &tag)
    else { throw .noLibrary("libcrypto could not encrypt") }
    self.init(iterations: iterations, salt: salt, nonce: nonce, tag: tag, bytes: output)
  }

  /// The text.
  ///
  /// - Throws: `RunFileProblem` with another passphrase, and for what was changed since.
  func open(_ passphrase: [UInt8]) throws(RunFileProblem) -> String {
    if let problem = ccrypto_load() { throw .noLibrary(String(cString: problem)) }
    guard salt.count == Int(CCRYPTO_SALT), nonce.count == Int(CCRYPTO_NONCE),
      tag.count == Int(CCRYPTO_TAG), (1...Self.mostIterations).contains(iterations)
    else { throw .notARun }
    var output = [UInt8](repeating: 0, count: bytes.count)
    guard
      ccrypto_open(passphrase, passphrase.count, Int32(iterations), bytes, bytes.count, &output, salt, nonce, tag)
    else { throw .wrongPassphrase }
    return String(decoding: output, as: UTF8.self)
  }
}
