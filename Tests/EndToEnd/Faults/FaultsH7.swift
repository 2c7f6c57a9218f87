import Testing
import WhTestSupport

@Suite("H7: an argument is shown escaped")
struct FaultsH7 {
  private static let bad = "\u{1B}]0;x\u{7}\u{202E}\u{9B}31m\u{200B}\u{FEFF}\r\u{7F}"

  @Test(
    "H7: in each message about options, arguments, files and names",
    arguments: [
      ["--\(bad)"], [bad], ["run", bad], ["run", "--\(bad)", "x"], ["check", bad], ["fmt", bad], ["-c", bad],
      ["--profile", bad, "-c", "show apps"], ["--base-url", bad, "-c", "show apps"], ["--var", bad, "-c", "quit"],
      ["--jobs", bad], ["--output", bad], ["--report", bad], ["--report", "junit=none/\(bad)", "-c", "quit"],
      ["--transcript", "none/\(bad)", "-c", "quit"], ["--shard", bad], ["runs", bad], ["migrate", "status", bad],
      ["migrate", bad], ["replay", bad], ["sandbox", "--port", bad], ["profile", "remove", bad],
      ["profile", "add", "p", "--base-url", bad],
    ])
  func arguments(arguments: [String]) async throws {
    let run = try await Home().wh(arguments)
    #expect(run.exit != 0, "\(run.testDescription)")
    let hazards: Set<Unicode.Scalar> = [
      "\u{1B}", "\u{7}", "\u{202E}", "\u{9B}", "\u{200B}", "\u{FEFF}", "\r", "\u{7F}",
    ]
    #expect(!(run.output + run.error).unicodeScalars.contains(where: hazards.contains), "\(run.error.debugDescription)")
  }
}
