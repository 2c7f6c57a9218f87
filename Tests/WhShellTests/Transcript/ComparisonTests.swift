import Testing
import WhSession

@testable import WhShell

@Suite("A replay compared with its transcript")
struct ComparisonTests {
  /// Rows as `=`, `-` and `+` before the line.
  private static func compare(
    _ expected: String, _ printed: String, isFailed: Bool = false, failure: Failure.Kind? = nil
  ) throws -> (rows: [String], isEqual: Bool) {
    let text = "#: wh transcript 1, 2026-11-24T16:00:00Z, x\n\(isFailed ? "#? " : "")echo\n\(expected)"
    let entry = try #require(Transcript(name: "t", bytes: Array(text.utf8)).parts.first?.entries.first)
    let lines = printed.split(separator: "\n").map { line in
      PrintedLine(line.hasPrefix("#!") ? .error : .output, String(line.dropFirst(3)))
    }
    let comparison = Comparison(Replay.Step(entry: entry, printed: lines, failure: failure), TranscriptMask())
    let rows = comparison.rows.map { row in
      switch row {
      case .same(let line): "=\(line.comment)"
      case .missing(let line): "-\(line.comment)"
      case .new(let line): "+\(line.comment)"
      }
    }
    return (rows, comparison.isEqual)
  }

  @Test(arguments: [
    ("", ""), ("#> a", "#> a"), ("#> a\n#! b", "#> a\n#! b"), ("#~ *", "#> a"), ("#~ *", "#> a\n#! b\n#> c"),
    ("#> a\n#~ x*\n#> b", "#> a\n#> x1\n#> x2\n#> b"), ("#~ *\n#> b", "#> b\n#> a\n#> b"),
    ("#~ a*\n#~ *z", "#> az\n#> az"),
    ("#> run 1", "#> run 2"), ("#~ #> a*", "#> ab"), ("#~ x", "#! x"),
  ])
  func equal(_ expected: String, _ printed: String) throws {
    let result = try Self.compare(expected, printed)
    #expect(result.isEqual, "\(result.rows)")
  }

  @Test(arguments: [
    ("#> a", "", ["-#> a"]), ("", "#> a", ["+#> a"]),
    ("#> a\n#> b\n#> c", "#> a\n#> x\n#> c", ["=#> a", "-#> b", "+#> x", "=#> c"]),
    ("#> a", "#! a", ["-#> a", "+#! a"]), ("#~ x*", "#> a", ["-#~ x*", "+#> a"]), ("#~ *", "", ["-#~ *"]),
    ("#~ x*\n#> b", "#> x\n#> y\n#> b", ["=#~ x*", "+#> y", "=#> b"]),
    ("#> b\n#~ x*", "#> x1\n#> x2", ["-#> b", "=#~ x*"]),
  ])
  func different(_ expected: String, _ printed: String, _ rows: [String]) throws {
    let result = try Self.compare(expected, printed)
    #expect(!result.isEqual)
    #expect(result.rows == rows)
  }

  @Test(arguments: [
    ("#! error[a]: x", "#! error[a]: x\n#!   fix\n#!   note", true),
    ("#! error[a]: x\n#!   fix", "#! error[a]: x\n#!   fix\n#!   note", false),
    ("#! error[a]: x", "#! error[a]: y\n#!   fix", false),
    ("#! error[a]: x\n#~ *fi*", "#! error[a]: x\n#!   fix", true),
    ("#! error[a]: x\n#! error[b]: y", "#! error[a]: x\n#!   fix\n#! error[b]: y\n#!   fix", true),
  ])
  func theDetailsOfAnErrorMayBeLeftOut(_ expected: String, _ printed: String, _ isEqual: Bool) throws {
    #expect(try Self.compare(expected, printed, failure: .failed).isEqual == isEqual)
  }

  @Test func whetherItFailsIsCompared() throws {
    #expect(try !Self.compare("#~ *", "#> a", failure: .failed).isEqual)
    #expect(try !Self.compare("#~ *", "#> a", isFailed: true).isEqual)
    #expect(try Self.compare("#~ *", "#> a", isFailed: true, failure: .script).isEqual)
  }

  @Test func longTextsThatDifferInTimesAreEqual() throws {
    func text(_ year: Int) -> String { (0..<5000).map { "#> \($0) at \(year)-11-24T16:00:00Z\n" }.joined() }
    #expect(try Self.compare(text(2026), text(2027)).isEqual)
  }

  @Test func longTextsThatHaveNothingInCommonAreNotLaidSideBySide() throws {
    let expected = (0..<3000).map { "#> a\($0)\n" }.joined()
    let printed = (0..<3000).map { "#> b\($0)\n" }.joined()
    let result = try Self.compare(expected, printed)
    #expect(!result.isEqual && result.rows.count == 6000)
  }
}
