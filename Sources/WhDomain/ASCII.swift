#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension String {
  /// True for a text of which each byte passes a test. It is looked at where it lies, which takes a small part of the time that
  /// a walk by index takes.
  @inline(__always) func isMade(of test: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.allSatisfy(test) } ?? utf8.allSatisfy(test)
  }

  /// True for a text of ASCII characters alone.
  package var isASCII: Bool { isMade { $0 < 0x80 } }

  /// True for a text that holds a character of C0 or C1, or DEL.
  package var hasControl: Bool {
    !isMade { $0 >= 0x20 && $0 < 0x7F } && unicodeScalars.contains(where: \.isControl)
  }
}

extension String {
  /// True for the same bytes. `==` takes two spellings of one character for equal, and the service does not.
  package func isSame(as other: String) -> Bool {
    let isSame = utf8.withContiguousStorageIfAvailable { bytes in
      other.utf8.withContiguousStorageIfAvailable { bytes.count == $0.count && hold(bytes, $0) }
    }
    return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}

/// True where two texts of one length have the same bytes.
private func hold(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let left = left.baseAddress, let start = right.baseAddress else { return true }
  return memcmp(left, start, right.count) == 0
}
