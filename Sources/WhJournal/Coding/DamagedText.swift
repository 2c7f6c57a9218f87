/// Text of the journal that says nothing this version understands.
struct DamagedText: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
