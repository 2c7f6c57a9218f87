extension Header {
  package static func isMasked(value: String) -> Bool {
    value.utf8.count >= 3 && value.allSatisfy { "*•●".contains($0) }
  }
}
