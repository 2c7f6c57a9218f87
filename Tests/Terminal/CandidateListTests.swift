import Testing
import WhShell

@Suite("The list of candidates")
struct CandidateListTests {
  private func names(_ count: Int) -> [Candidate] { (0..<count).map { Candidate("name\($0 + 10)") } }

  @Test("Names fill the columns from top to bottom, as many as fit")
  func columns() {
    #expect(CandidateList(rows: 24, columns: 23).lines(names(5)) == ["name10  name12  name14", "name11  name13"])
    #expect(CandidateList(rows: 24, columns: 22).lines(names(5)) == ["name10  name13", "name11  name14", "name12"])
    #expect(CandidateList(rows: 24, columns: 80).lines(names(1)) == ["name10"])
    #expect(CandidateList(rows: 24, columns: 80).lines([]) == [])
  }

  @Test("No line fills the width of the terminal, so that none wraps", arguments: 2...40)
  func widths(columns: Int) {
    let candidates = names(9) + [Candidate("日本語日本語"), Candidate("😀", display: "😀😀😀😀😀😀😀😀😀😀😀")]
    let hinted = candidates.map { Candidate($0.text, display: $0.display, hint: "a hint of 日本 words") }
    for line in CandidateList(rows: 24, columns: columns).lines(candidates)
      + CandidateList(rows: 24, columns: columns)
      .lines(hinted)
    {
      #expect(DisplayText(line).width < columns, "\(line)")
    }
  }

  @Test("A list leaves three rows free and says how many were omitted", arguments: [1, 4, 5, 10, 24])
  func height(rows: Int) {
    for columns in [9, 20, 80] {
      for candidates in [names(300), names(300).map { Candidate($0.text, hint: "hint") }] {
        let lines = CandidateList(rows: rows, columns: columns).lines(candidates)
        #expect(lines.count <= max(rows - 3, 2))
        let shown = lines.dropLast().flatMap { $0.split(separator: " ") }.filter { $0.hasPrefix("name") }.count
        #expect(lines.last == "\(300 - shown) more")
      }
    }
  }

  @Test("A list that just fits is shown completely")
  func fits() {
    let hinted = names(7).map { Candidate($0.text, hint: "h") }
    #expect(CandidateList(rows: 10, columns: 80).lines(hinted).count == 7)
    #expect(CandidateList(rows: 9, columns: 8).lines(hinted).last == "2 more")
  }

  @Test("Hints are omitted if that makes room for all names")
  func hintsGiveWay() {
    let hinted = names(7).map { Candidate($0.text, hint: "h") }
    #expect(CandidateList(rows: 9, columns: 80).lines(hinted) == CandidateList(rows: 9, columns: 80).lines(names(7)))
    #expect(CandidateList(rows: 10, columns: 80).lines(hinted, omitted: 5).last == "6 more")
    #expect(CandidateList(rows: 24, columns: 80).lines(names(7), omitted: 5).last?.hasSuffix(" more") == true)
  }

  @Test("Hints form a column and are cut at the width of the terminal")
  func hints() {
    let candidates = [
      Candidate("a", hint: "first"), Candidate("longer", hint: "a hint that is too long for it"), Candidate("none"),
      Candidate("日本", hint: "wide"),
    ]
    #expect(
      CandidateList(rows: 24, columns: 24).lines(candidates)
        == ["a       first", "longer  a hint that is…", "none", "日本    wide"])
  }

  @Test("Control characters of a name never reach the terminal")
  func controls() {
    let evil = Candidate("x", display: "a\u{1B}[2Jb\u{9B}c\n\u{202E}d\u{7F}", hint: "\u{7}")
    let line = CandidateList(rows: 24, columns: 80).lines([evil])
    #expect(line == ["a\\u{1B}[2Jb\\u{9B}c\\n\\u{202E}d\\u{7F}  \\u{7}"])
  }

  @Test(
    "Text is cut by its width, not its count",
    arguments: [
      ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("abc", 1, "…"), ("abc", 0, ""),
      ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
    ])
  func truncation(text: String, width: Int, result: String) {
    #expect(DisplayText(text).truncated(to: width).text == result)
  }
}
