import Testing
import WhTestSupport

@Suite("What tests wait with")
struct WatchedTests {
  @Test("A wait ends when its condition holds, now or later, and returns the state that fulfilled it")
  func fulfilled() async throws {
    let watched = Watched(1)
    #expect(try await watched.wait(for: "one") { $0 == 1 } == 1)
    async let seen = watched.wait(for: "three") { $0 >= 3 }
    for _ in 0..<5 { watched.change { $0 += 1 } }
    #expect(try await seen >= 3)
  }

  @Test("A wait that times out says what it waited for, how long, and what there was instead")
  func late() async throws {
    let watched = Watched(1, describe: { "the number is \($0)" })
    let error = try await #require(throws: NotSeen.self) {
      try await watched.wait(for: "a two", within: .milliseconds(5)) { $0 == 2 }
    }
    #expect(error.description == "did not see a two within 0.005 s; the number is 1")
  }

  @Test(
    "A wait for something that can no longer happen ends at once, whether it began before or after",
    arguments: [true, false])
  func final(isBefore: Bool) async throws {
    let watched = Watched(1, isFinal: { $0 < 0 })
    if isBefore { watched.change { $0 = -1 } }
    let waiting = Task { try await watched.wait(for: "a two") { $0 == 2 } }
    if !isBefore { watched.change { $0 = -1 } }
    let error = try await #require(throws: NotSeen.self) { try await waiting.value }
    #expect(error.description == "did not see a two before the end; it is -1")
  }
}
