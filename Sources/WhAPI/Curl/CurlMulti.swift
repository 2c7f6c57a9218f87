import CCurl

/// A multi handle of libcurl.
///
/// `@unchecked Sendable` because `wake` may be called from any thread, and all else is called by the loop's thread alone.
struct CurlMulti: @unchecked Sendable {
  let handle: OpaquePointer

  /// Nil when memory ran out.
  init?() {
    guard let handle = ccurl_multi_new() else { return nil }
    self.handle = handle
  }

  func wake() {
    ccurl_multi_wake(handle)
  }

  func free() {
    ccurl_multi_free(handle)
  }
}
