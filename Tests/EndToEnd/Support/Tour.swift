import Foundation
import WhTestSupport

/// A page with screens of the prompt: a comment `<!-- keys: … -->` says what is typed, and the block after it is what a
/// person sees from that line on. `<Enter>`, `<Tab>`, `<Up>` and `<C-c>` stand for keys.
struct Tour {
  struct Step {
    let keys: String
    /// The rows of the block.
    var screen: [String]
    fileprivate let lines: Range<Int>
  }

  private var lines: [String]
  private(set) var steps: [Step] = []

  init(_ page: String) {
    lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var keys: String?
    var start: Int?
    for (number, line) in lines.enumerated() {
      if let match = line.wholeMatch(of: /<!-- keys:(.*)-->/) {
        keys = match.1.trimmingCharacters(in: .whitespaces)
      } else if let opened = start, let typed = keys, line == "```" {
        steps.append(Step(keys: typed, screen: Array(lines[opened..<number]), lines: opened..<number))
        (keys, start) = (nil, nil)
      } else if keys != nil, line.hasPrefix("```") {
        start = number + 1
      }
    }
  }

  /// The page with other screens in its blocks.
  func page(with screens: [[String]]) -> String {
    var lines = lines
    for (step, screen) in zip(steps, screens).reversed() { lines.replaceSubrange(step.lines, with: screen) }
    return lines.joined(separator: "\n")
  }
}

extension Tour.Step {
  /// What the keys send.
  var typed: String {
    let names = ["<Enter>": Keys.enter, "<Tab>": Keys.tab, "<Up>": Keys.up, "<C-c>": Keys.control("c")]
    return names.reduce(keys) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
  }

  /// What stands on a terminal from a row on, without the prompt that waits for more, and with one port for all.
  static func seen(_ screen: Screen, from row: Int) -> [String] {
    var rows = Array(screen.transcript[min(row, screen.transcriptCount)...])
    if rows.count > 1, rows.last?.hasSuffix(">") == true { rows.removeLast() }
    return rows.map { $0.replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:50000") }
  }
}
