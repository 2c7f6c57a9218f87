import CTestSupport
import Foundation
import Testing
import WhTestSupport

@Suite("Broken scripts")
struct BrokenScriptTests {
  @Test("Each is refused with every error at its place, and nothing is sent", arguments: BrokenScripts.all)
  func refused(script: BrokenScript) async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    try home.write(BrokenScript.name, bytes: script.bytes)
    for (name, text) in script.files { try home.write(name, text) }
    let run = try await home.wh("run", BrokenScript.name, environment: WhRun.environment(server))

    let isUnreadable = script.findings.contains { $0.code == "unreadable-file" }
    #expect(run.exit == (isUnreadable ? 66 : 65), "\(run.testDescription)")
    #expect(run.output.isEmpty, "\(run.testDescription)")
    #expect(server.connectionCount == 0)

    let drawings = Drawing.all(in: run.error).filter { $0.severity == "error" }
    try #require(drawings.count == script.findings.count, "\(run.testDescription)")
    for (drawing, finding) in zip(drawings, script.findings) {
      #expect(drawing.code == finding.code, "\(run.testDescription)")
      let place = "\(finding.file ?? BrokenScript.name):\(finding.line):\(finding.column)"
      #expect(drawing.place == place, "\(run.testDescription)")
      #expect(
        drawing.marked == Drawing.shown(finding.caret).replacing("user:pw@", with: "••••@"), "\(run.testDescription)")
      if let label = finding.label { #expect(drawing.label.contains(label), "\(run.testDescription)") }
    }
  }
}

/// A diagnostic as it stands on standard error, taken apart.
struct Drawing {
  var severity = ""
  var code = ""
  var place = ""
  /// The text above the carets.
  var marked = ""
  /// The text after the carets.
  var label = ""

  static func all(in text: String) -> [Drawing] {
    let lines = text.components(separatedBy: "\n")
    return lines.indices.compactMap { Drawing(lines[$0...]) }
  }

  /// Nil where no diagnostic begins.
  private init?(_ lines: ArraySlice<String>) {
    let lines = Array(lines.prefix(5))
    guard lines.count == 5, let head = lines[0].firstMatch(of: /^(error|warning)\[([a-z0-9-]+)\]: ./),
      let place = lines[1].firstMatch(of: /^ *--> (.+)$/), let bar = lines[3].firstIndex(of: "|"),
      let caretBar = lines[4].firstIndex(of: "|")
    else { return nil }
    severity = String(head.1)
    code = String(head.2)
    self.place = String(place.1)
    let line = Self.cells(lines[3][bar...].dropFirst(2))
    let caretLine = lines[4][caretBar...].dropFirst(2)
    let start = caretLine.prefix { $0 == " " }.count
    let carets = caretLine.dropFirst(start).prefix { $0 == "^" }
    guard !carets.isEmpty else { return nil }
    let end = min(start + carets.count, line.count)
    marked = start < end ? line[start..<end].joined() : ""
    label = String(caretLine.dropFirst(start + carets.count + 1))
  }

  /// One text a column, so that a wide character is followed by an empty one.
  private static func cells(_ line: Substring) -> [String] {
    var cells: [String] = []
    for scalar in line.unicodeScalars {
      let width = Int(cts_width(scalar.value))
      if width <= 0, let last = cells.indices.last {
        cells[last].unicodeScalars.append(scalar)
      } else {
        cells += [String(scalar)] + Array(repeating: "", count: max(width, 1) - 1)
      }
    }
    return cells
  }

  /// How words of a source are drawn: those of the first line alone.
  static func shown(_ words: String) -> String {
    String(words.prefix { $0 != "\n" }).replacing("\t", with: "    ")
  }
}
