import WhDomain

/// What is wrong with a body that should be something else, in words for a user.
struct MalformedBody: Error {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}

/// Reading fields of a wire object. Common variations are accepted: a number instead of a string, null
/// for nothing, and an empty list for an empty object.
extension JSONValue {
  /// - Throws: `MalformedBody` when the field is not there or no text.
  func text(_ name: String) throws(MalformedBody) -> String {
    guard let value = try object()[name] else { throw MalformedBody("`\(name)` is missing") }
    if value == .null { throw MalformedBody("`\(name)` is null") }
    guard let text = value.text else { throw MalformedBody("`\(name)` is not a string") }
    return text
  }

  /// - Throws: `MalformedBody` when the field exists and is neither a string nor null.
  func optionalText(_ name: String) throws(MalformedBody) -> String? {
    switch self[name] {
    case nil, .null: nil
    default: try text(name)
    }
  }

  /// A moment that is for show only, and so nil where it can't be read.
  func time(_ name: String) -> Timestamp? {
    guard case .string(let text)? = self[name] else { return nil }
    return try? Timestamp(text)
  }

  /// A count; nil if it is missing or not a valid count.
  func count(_ name: String) -> Int? {
    self[name]?.text.flatMap { Int($0) }.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
  }

  /// - Throws: `MalformedBody` unless this is an object.
  @discardableResult
  func object() throws(MalformedBody) -> JSONValue {
    if case .object = self { return self }
    throw MalformedBody(self == .null ? "it is null" : "it is not an object")
  }
}

extension Identifier {
  init(wire text: String) throws(MalformedBody) {
    do throws(InvalidValue) {
      try self.init(text)
    } catch {
      throw MalformedBody("the id `\(text.cut(to: 140))` \(error.reason)")
    }
  }
}
