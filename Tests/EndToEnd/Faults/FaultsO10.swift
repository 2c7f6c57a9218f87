import Testing
import WhTestSupport

@Suite("Formatting leaves what was recorded, and line ends, alone")
struct FaultsO10 {
  @Test("O10: a formatted transcript is still as recorded")
  func transcript() async throws {
    let home = try Home()
    let text = "#: wh transcript 1, 2026-11-24T16:00:00Z, sandbox\n#: mode batch\nECHO  \"a  \"\n#> a  \n"
    try home.write("t.wh", text)
    #expect(try await home.wh("fmt", "t.wh").exit == 0)
    #expect(try home.text("work/t.wh") == text.replacing("ECHO  ", with: "echo "))
    let check = try await home.wh("replay", "--check", "t.wh", "--sandbox")
    #expect(check.exit == 0, "\(check.testDescription)")
  }

  @Test("O10: a CRLF checkout of a formatted script is formatted")
  func checkout() async throws {
    let home = try Home()
    try home.write("a.wh", "use app *  # all\r\n\r\nwebhook *\r\n")
    let check = try await home.wh("fmt", "--check", "a.wh")
    #expect(check.exit == 0 && check.output.isEmpty, "\(check.testDescription)")
  }

  @Test("O10: formatting keeps CRLF, and makes mixed line ends LF")
  func lineEnds() async throws {
    let home = try Home()
    try home.write("a.wh", "USE app *\r\nwebhook  *\r\n")
    try home.write("b.wh", "USE app *\r\nwebhook  *\n")
    #expect(try await home.wh("fmt", "a.wh", "b.wh").exit == 0)
    #expect(try home.text("work/a.wh") == "use app *\r\nwebhook *\r\n")
    #expect(try home.text("work/b.wh") == "use app *\nwebhook *\n")
  }
}
