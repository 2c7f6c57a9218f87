import Testing
import WhSyntax

@testable import WhShell

@Suite("The rows of the menu")
struct CandidateMenuTests {
  private static func menu(
    _ count: Int, hint: String? = nil, omitted: Int = 0, columns: Int = 40, space: Bool = true
  ) -> CandidateMenu {
    let candidates = (0..<count).map { Candidate("name-\($0)", hint: hint) }
    return CandidateMenu(
      CompletionResult(replaceFrom: 0, candidates: candidates, omitted: omitted, appendSpace: space), typed: "n",
      columns: columns)
  }

  /// A row without its rendition.
  private static func plain(_ row: String) -> String {
    row.replacing("\u{1B}[7m", with: "").replacing("\u{1B}[0m", with: "")
  }

  @Test(
    "No row is wider than the screen, and of all moves one candidate is marked",
    arguments: [1, 2, 7, 60, 500], [4, 20, 40, 80, 200])
  func fits(count: Int, columns: Int) {
    for hint in [nil, "a hint of some words with 日本語 in it"] {
      var menu = Self.menu(count, hint: hint, columns: columns)
      for move in [CandidateMenu.Move.next, .right, .down, .left, .up, .previous, .previous, .previous] {
        menu.move(move)
        let rows = menu.lines(rows: 23)
        #expect(rows.count <= 11 && rows.allSatisfy { Printable.width(Self.plain($0)) < columns })
        #expect(rows.count { $0.contains("\u{1B}[7m") } == 1, "\(rows)")
      }
    }
  }

  @Test("Of candidates that are left out the last one, which only shows how far they agree, is no choice")
  func omitted() {
    var menu = Self.menu(4, omitted: 100, columns: 60)
    menu.move(.previous)
    #expect(menu.text == "name-2")
    #expect(menu.lines(rows: 20).last == "3 of 104, type more to see the last 101")
    menu.move(.next)
    #expect(menu.text == "name-0")
  }

  @Test("What is taken has a space after it, unless a path goes on", arguments: [(true, "name-0 "), (false, "name-0")])
  func taken(space: Bool, text: String) {
    #expect(Self.menu(2, space: space).taken == text)
    let folders = CompletionResult(replaceFrom: 0, candidates: [Candidate("a/"), Candidate("b.wh")])
    #expect(CandidateMenu(folders, typed: "", columns: 80).taken == "a/")
  }

  @Test("The rows follow the selected one", arguments: [0, 5, 9, 10, 30, 59])
  func following(selected: Int) {
    var menu = Self.menu(60, hint: "h")
    for _ in 0..<selected { menu.move(.next) }
    let rows = menu.lines(rows: 23)
    #expect(rows.last == "\(selected + 1) of 60")
    #expect(rows.contains { $0.hasPrefix("\u{1B}[7mname-\(selected) ") }, "\(rows)")
  }

  @Test("Where there is hardly any room there are no rows", arguments: [0, 1])
  func noRoom(rows: Int) {
    var menu = Self.menu(3)
    #expect(menu.lines(rows: rows).isEmpty)
  }
}
