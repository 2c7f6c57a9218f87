import Testing
import WhSyntax

/// `code line:column`, of each error.
private func errors(_ text: String) -> [String] {
  SmallTable.parse(text).diagnostics.map { diagnostic in
    let (line, column) = diagnostic.span.position
    return "\(diagnostic.code.rawValue) \(line):\(column)"
  }
}

@Suite("S14: the place is where the author must look")
struct FaultsS14 {
  @Test(
    "S14: curly quotes that are to quote are an error at the quote",
    arguments: [
      ("set url “https://x.example”", "1:9"), ("echo a ‘b’", "1:8"), ("let a=“x”", "1:7"), ("let a = “x y”", "1:9"),
      ("set header X-A “Bearer x”\ncommit", "1:16"), ("expect url~“x*”", "1:12"), ("echo „x“", "1:6"),
      ("expect not header X-A != ”x”", "1:26"),
    ])
  func curlyQuotes(_ text: String, _ place: String) {
    #expect(errors(text) == ["curly-quote \(place)"])
  }

  @Test(
    "S14: elsewhere they are text",
    arguments: ["echo don’t", "echo \"“quoted”\"", "echo '‘'", "# “x”", "let a = x“y", "echo —dash … €"])
  func curlyText(_ text: String) {
    #expect(errors(text) == [])
  }

  @Test(
    "S14: blanks between a backslash and the line end are shown, and the lines are one statement all the same",
    arguments: [
      ("set header X-A \\ \n  v", "1:17"), ("add event \\\t \r\n  A\ncommit", "1:12"),
      ("commit; add event \\ \n A", "1:20"), ("let a = x\\ \ny", "1:11"),
      ("echo x \\ ", "1:9"), ("echo x\\\t", "1:8"),
    ])
  func blanks(_ text: String, _ place: String) {
    #expect(errors(text).first == "blank-after-backslash \(place)")
    #expect(Set(errors(text).map { $0.split(separator: " ")[0] }) == ["blank-after-backslash"])
  }

  @Test("S14: a backslash elsewhere is text", arguments: ["echo a\\b c", "echo \\a", "echo \"a\\\\ \"", "echo 'a\\ '"])
  func backslashes(_ text: String) {
    #expect(errors(text) == [])
  }

  @Test(
    "S14: the quote that is not closed is the one that is shown",
    arguments: [
      ("set url \"https://a\nadd event \"B\"\ncommit", ["unclosed-quote 1:9"]),
      ("echo 'a\necho 'b'\necho c", ["unclosed-quote 1:6"]),
      ("echo a\nset header X-A \"b\necho c", ["unclosed-quote 2:16"]),
      ("echo \"a\nb\"\necho \"c", ["unclosed-quote 3:6"]), ("echo \"a\" \"b\necho \"c\"", ["unclosed-quote 1:10"]),
      ("echo \"a\nb\"", []), ("echo \"a\nb\" c; echo d", []), ("echo \"a\"b", ["text-after-quote 1:9"]),
    ])
  func quotes(_ text: String, _ found: [String]) {
    #expect(errors(text) == found)
  }

  @Test("S14: where another quote may be the one that is missing, a note says so")
  func note() {
    let diagnostics = SmallTable.parse("echo \"a\nb\" c\necho \" d").diagnostics
    #expect(diagnostics.map(\.notes.count) == [1])
  }
}

@Suite("S6 and S7: texts that are read as they are meant")
struct FaultsS7 {
  @Test(
    "S6: a carriage return alone is an error, a line end of Windows is not",
    arguments: [
      ("# x\rcommit", ["lone-carriage-return 1:4"]), ("commit\r", ["lone-carriage-return 1:7"]), ("commit\r\n", []),
    ])
  func lineEnds(_ text: String, _ found: [String]) {
    #expect(errors(text) == found)
  }

  @Test(
    "S7: operators need no blanks",
    arguments: ["webhook where url~\"x*\"", "let x=\"a b\"", "let x='a b'", "expect url!=\"x\" and not(event A)"])
  func operators(_ text: String) {
    #expect(errors(text) == [])
  }
}

@Suite("S11: invisible characters are seen")
struct FaultsS11 {
  private static let scalars: [Unicode.Scalar] = [
    "\u{A0}", "\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{2003}", "\u{3000}", "\u{180E}", "\u{E0020}", "\u{2028}",
  ]

  @Test("S11: between words and in them they are an error, and they are drawn as their number", arguments: scalars)
  func outside(_ scalar: Unicode.Scalar) {
    for text in ["echo a\(scalar)b", "echo \(scalar) b", "set url https://x.example/\(scalar)"] {
      #expect(errors(text).first?.hasPrefix("invisible-character") == true)
    }
    let number = "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    #expect(Printable.escaped("a\(scalar)b") == "a\(number)b")
    #expect(errors("echo \"a\(scalar)b\"") == [])
  }

  @Test("S11: what shapes the text around it is text", arguments: ["👨\u{200D}👩", "❤\u{FE0F}", "می\u{200C}خواهم"])
  func shaping(_ text: String) {
    #expect(Printable.escaped(text) == text)
  }
}
