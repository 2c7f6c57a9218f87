import Foundation
import Testing
import WhDeterminism
import WhTestSupport

@Suite("Kills at random moments")
struct CrashTests {
  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(
    "Nothing is lost or sent twice, and everything can be undone",
    .enabled(if: python != nil, "there is no python3 to drive it"),
    arguments: Seeds.first(1))
  func crash(seed: UInt64) async throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../scripts/crash-test"
    ).standardized.path
    let child = try WhChild(
      Home(), [script, "--rounds", "10", "--seed", String(seed), "--wh", BuiltProducts.path(of: "wh")],
      executable: try #require(Self.python), patience: .seconds(600))
    let run = try await child.finished()
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(run.output.contains("10 rounds"), "\(run.testDescription)")
  }
}
