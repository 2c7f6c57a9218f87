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
    let isSame = utf8.withContiguousStorageIfAvailable { own -> Bool? in
      other.utf8.withContiguousStorageIfAvailable { other in
        guard own.count == other.count else { return false }
        guard let start = own.baseAddress, let otherStart = other.baseAddress else { return true }
        return memcmp(start, otherStart, own.count) == 0
      }
    }
    return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}
