import CCurl

/// Sets options of an easy handle, and remembers the first refusal.
struct CurlSetter {
  private let easy: UnsafeMutableRawPointer
  private(set) var code = CURLE_OK

  init(_ easy: UnsafeMutableRawPointer) {
    self.easy = easy
  }

  mutating func long(_ option: CURLoption, _ value: Int) {
    note(ccurl_easy_set_long(easy, option, value))
  }

  mutating func offset(_ option: CURLoption, _ value: Int64) {
    note(ccurl_easy_set_offset(easy, option, value))
  }

  mutating func text(_ option: CURLoption, _ value: String) {
    note(ccurl_easy_set_text(easy, option, value))
  }

  /// Hands over an address that libcurl keeps, so it must stay good until the next one.
  mutating func pointer(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) {
    note(ccurl_easy_set_pointer(easy, option, value))
  }

  /// Sets the body of a request, of which libcurl makes a copy.
  mutating func body(_ bytes: [UInt8]) {
    offset(CURLOPT_POSTFIELDSIZE_LARGE, Int64(bytes.count))
    // An empty body still needs an address, which a spare byte gives it.
    (bytes.isEmpty ? [0] : bytes).withUnsafeBytes { bytes in
      pointer(CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
  }

  mutating func sink(_ option: CURLoption, _ value: ccurl_sink) {
    note(ccurl_easy_set_sink(easy, option, value))
  }

  mutating func gate(_ value: ccurl_gate) {
    note(ccurl_easy_set_gate(easy, value))
  }

  private mutating func note(_ result: CURLcode) {
    if code == CURLE_OK { code = result }
  }
}

extension Duration {
  /// As libcurl takes it, to which 0 would mean without end.
  var inMilliseconds: Int { Int(max(1, min(inSeconds * 1000, 1e9))) }
}
