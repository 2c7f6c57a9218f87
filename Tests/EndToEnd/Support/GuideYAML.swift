import Foundation
import Testing

/// The fenced YAML of a guide, as far as its examples use YAML: blocks by their indentation, and values on one line.
struct GuideYAML {
  /// A line without its indentation, and the lines below it.
  struct Node {
    let text: String
    /// The lines of a literal block, with their indentation less the block's.
    var literal: [String] = []
    var below: [Node] = []

    var key: String { String(text.prefix { $0 != ":" }) }

    /// What stands after the key, without a comment.
    var value: String {
      let value = text.dropFirst(key.count + 1).trimmingCharacters(in: .whitespaces)
      if let comment = value.range(of: " #") {
        return value[..<comment.lowerBound].trimmingCharacters(in: .whitespaces)
      }
      return value
    }

    /// The node of a key below.
    subscript(key: String) -> Node? { below.first { $0.key == key } }

    /// The text of a value on one line, or of a literal block.
    var script: String { value == "|" ? literal.joined(separator: "\n") : value }

    /// The pairs below.
    var pairs: [(String, String)] { below.map { ($0.key, $0.value) } }
  }

  let nodes: [Node]

  /// The block that stands first after a heading.
  init(of guide: String, after heading: String) throws {
    let start = try #require(guide.range(of: "\n### \(heading)\n"), "no heading \(heading)")
    let block = try #require(guide[start.upperBound...].firstMatch(of: /```yaml\n((?s).*?)\n```/), "no YAML")
    var lines = block.1.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    nodes = Self.nodes(&lines, deeperThan: -1)
  }

  private static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  private static func nodes(_ lines: inout ArraySlice<String>, deeperThan outer: Int) -> [Node] {
    var nodes: [Node] = []
    while let line = lines.first {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty || text.hasPrefix("#") {
        lines.removeFirst()
        continue
      }
      let depth = indentation(line)
      guard depth > outer else { break }
      lines.removeFirst()
      if text.hasPrefix("- ") {
        // An item: its first line stands below it, as the lines do that are as deep as its text.
        lines.insert(String(repeating: " ", count: depth + 2) + text.dropFirst(2), at: lines.startIndex)
        nodes.append(Node(text: "-", below: Self.nodes(&lines, deeperThan: depth)))
        continue
      }
      var node = Node(text: text)
      if text.hasSuffix(": |") {
        while let next = lines.first, next.isEmpty || indentation(next) > depth {
          node.literal.append(lines.removeFirst())
        }
        let inner = node.literal.filter { !$0.isEmpty }.map(indentation).min() ?? 0
        node.literal = node.literal.map { String($0.dropFirst(inner)) }
      } else {
        node.below = Self.nodes(&lines, deeperThan: depth)
      }
      nodes.append(node)
    }
    return nodes
  }

  subscript(key: String) -> Node? { nodes.first { $0.key == key } }
}
