import Testing

@testable import WhAPI

@Suite("The header section of an answer")
struct HeaderLinesTests {
  @Test(
    "A line is a field with its value, without the blanks around it",
    arguments: [
      ("X-A: b\r\n", ["X-A=b"]),
      ("X-A:b\n", ["X-A=b"]),
      ("X-A: \t b c \t\r\n", ["X-A=b c"]),
      ("X-A:\r\n", ["X-A="]),
      ("X-A: b\r\n c\r\n", ["X-A=b c"]),
      ("X-A: b:c\r\n", ["X-A=b:c"]),
      (": b\r\n", []),
      ("no colon\r\n", []),
      ("\r\n", []),
    ])
  func fields(line: String, fields: [String]) {
    var lines = HeaderLines()
    Array("Server: x\r\n".utf8).withUnsafeBytes { lines.append($0) }
    Array(line.utf8).withUnsafeBytes { lines.append($0) }
    #expect(lines.fields.map { "\($0.name)=\($0.value)" } == ["Server=x"] + fields)
  }

  @Test("A field that is folded is one, whether its lines come alone or together", arguments: [" 10\r\n", "\t10 \r\n"])
  func folded(rest: String) {
    var lines = HeaderLines()
    for line in ["Server: x\r\n", "X-A:\r\n", rest, "X-B: c\r\n", rest, "\r\n"] {
      Array(line.utf8).withUnsafeBytes { lines.append($0) }
    }
    #expect(lines.fields.map(\.name) == ["Server", "X-A", "X-B"])
    #expect(lines.fields[1].value == "10")
    #expect(lines.fields[2].value.hasPrefix("c") && lines.fields[2].value.hasSuffix("10"))
  }

  @Test("An interim answer's fields are not those of the answer")
  func interim() {
    var answer = CurlAnswer(maximumBodyBytes: 10)
    for line in ["HTTP/1.1 103 Early Hints\r\n", "Link: a\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "Server: x\r\n", "\r\n"]
    {
      #expect(Array(line.utf8).withUnsafeBytes { answer.take(field: $0) })
    }
    #expect(answer.head.fields == [HTTPField("Server", "x")])
  }
}
