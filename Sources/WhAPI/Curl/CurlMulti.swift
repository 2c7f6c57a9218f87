import CCurl

/// A multi handle of libcurl.
///
/// `@unchecked Sendable` because `curl_multi_wakeup` may be called from any thread (its manual says so) and all else is
/// called by the loop's thread alone.
struct CurlMulti: @unchecked Sendable {
  let handle: UnsafeMutableRawPointer

  /// Nil when memory ran out.
  init?() {
    guard let handle = ccurl_multi_new() else { return nil }
    self.handle = handle
  }

  func wake() {
    _ = ccurl_multi_wakeup(handle)
  }

  func free() {
    ccurl_multi_free(handle)
  }
}
