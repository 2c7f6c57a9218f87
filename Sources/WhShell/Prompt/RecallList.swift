/// The lines that can be recalled, and what of them the line editor does not have yet.
struct RecallList {
  private(set) var entries: [String] = []
  /// How many of them the editor has.
  private var known = 0
  /// What the editor has must go first.
  private var mustForget = false

  mutating func append(_ lines: [String]) { entries += lines }

  mutating func remove(where mustGo: (String) -> Bool) {
    let kept = entries.filter { !mustGo($0) }
    guard kept.count < entries.count else { return }
    (entries, known, mustForget) = (kept, 0, true)
  }

  /// What the editor does not know: entries, and that it must forget all it has before.
  typealias News = (mustForget: Bool, entries: [String])

  /// What the editor is to be told, which it knows from then on.
  mutating func takeNews() -> News {
    defer { (known, mustForget) = (entries.count, false) }
    return (mustForget, Array(entries[known...]))
  }

  /// The rest of the newest line that begins with what is typed; nil if there is none. Lines with line ends do not count.
  func suggestion(for line: String) -> String? {
    let typed = Array(line.utf8)
    let newline = UInt8(ascii: "\n")
    guard typed.contains(where: { $0 != UInt8(ascii: " ") }), !typed.contains(newline) else { return nil }
    let entry = entries.last {
      $0.utf8.count > typed.count && $0.utf8.starts(with: typed) && !$0.utf8.contains(newline)
    }
    return entry.map { String(decoding: $0.utf8.dropFirst(typed.count), as: UTF8.self) }
  }
}
