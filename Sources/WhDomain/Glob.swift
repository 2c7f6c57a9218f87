/// A pattern in which `*` matches any text, `?` any character and `[a-z]` or `[!a-z]` for one of a set.
package struct Glob: Hashable, Sendable {
  package let text: String
  private let parts: [Part]

  private enum Part: Hashable, Sendable {
    case any
    case one
    case literal(Unicode.Scalar)
    case set([ClosedRange<Unicode.Scalar>], negated: Bool)
  }

  package init(_ text: String) {
    self.text = text
    parts = Self.parse(Array(text.unicodeScalars))
  }

  /// True when a text is a pattern and not just a name.
  package static func isPattern(_ text: String) -> Bool {
    !text.isMade { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "[") }
  }

  package func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var part = 0
    var position = 0
    var retry: (part: Int, position: Int)?
    while position < scalars.count {
      if part < parts.count, parts[part] == .any {
        retry = (part, position)
        part += 1
      } else if part < parts.count, accepts(parts[part], scalars[position]) {
        part += 1
        position += 1
      } else if let last = retry {
        part = last.part + 1
        position = last.position + 1
        retry = (last.part, position)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == .any }
  }

  private func accepts(_ part: Part, _ scalar: Unicode.Scalar) -> Bool {
    switch part {
    case .any, .one: true
    case .literal(let literal): literal == scalar
    case .set(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
    }
  }

  private static func parse(_ scalars: [Unicode.Scalar]) -> [Part] {
    var parts: [Part] = []
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*": parts.append(.any)
      case "?": parts.append(.one)
      case "[":
        if let (set, end) = parseSet(scalars, from: index + 1) {
          parts.append(set)
          index = end
        } else {
          parts.append(.literal("["))
        }
      case let scalar: parts.append(.literal(scalar))
      }
      index += 1
    }
    return parts
  }

  /// Reads what follows a `[`, and the index of its `]`; nil if there is none, and the `[` is literal.
  private static func parseSet(_ scalars: [Unicode.Scalar], from start: Int) -> (Part, end: Int)? {
    var index = start
    let negated = index < scalars.count && scalars[index] == "!"
    if negated { index += 1 }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while index < scalars.count {
      if scalars[index] == "]", !ranges.isEmpty { return (.set(ranges, negated: negated), index) }
      if index + 2 < scalars.count, scalars[index + 1] == "-", scalars[index + 2] != "]" {
        let (low, high) = (scalars[index], scalars[index + 2])
        guard low <= high else { return nil }
        ranges.append(low...high)
        index += 3
      } else {
        ranges.append(scalars[index]...scalars[index])
        index += 1
      }
    }
    return nil
  }
}
