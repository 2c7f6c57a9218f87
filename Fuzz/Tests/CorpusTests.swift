import Foundation
import Testing
import WhFuzzTargets

/// The kept inputs of scripts/fuzz. A broken rule ends the process that runs them, and its message is in the output of the test.
@Suite("The corpora of fuzzing")
struct CorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "corpus")

  private static func seeds(of target: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder.appending(path: target), includingPropertiesForKeys: nil)
  }

  @Test("are those of the targets")
  func targets() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(names) == Set(FuzzTargets.all.keys))
    for name in names { #expect(try !Self.seeds(of: name).isEmpty, "\(name) has no seed") }
  }

  @Test("break no rule", arguments: FuzzTargets.all.keys.sorted())
  func rules(name: String) async {
    await #expect(processExitsWith: .success) { [name] in
      let target = try #require(FuzzTargets.all[name])
      for seed in try Self.seeds(of: name) { target.run(Array(try Data(contentsOf: seed))) }
    }
  }

  @Test("end the process at a broken rule")
  func broken() async {
    await #expect(processExitsWith: .failure) { rule(false, "a rule for this test") }
  }
}
