import Testing

@testable import WhSystem

@Suite("H8: a limit that is too low is named")
struct FaultsH8 {
  @Test("H8: open files", arguments: [0, 3, 6, 63])
  func openFiles(limit: Int) {
    let problem = ResourceLimits(openFiles: limit, memory: .max).problem
    #expect(problem == .openFiles(limit, least: 64))
    #expect(problem?.message == "the limit of open files is \(limit), but wh needs 64: raise it with `ulimit -n`")
  }

  @Test("H8: memory", arguments: [0, 100, 255])
  func memory(limit: Int) {
    let problem = ResourceLimits(openFiles: 1024, memory: limit).problem
    #expect(problem == .memory(limit, least: 256))
    #expect(
      problem?.message
        == "the limit of memory is \(limit) MiB, but wh needs 256 MiB: raise it with `ulimit -v` or `ulimit -d`")
  }

  @Test(
    "H8: usual limits are fine, and connections keep within them",
    arguments: [(64, 16), (100, 34), (160, 64), (1024, 64), (Int.max, 64)])
  func enough(openFiles: Int, connections: Int) {
    let limits = ResourceLimits(openFiles: openFiles, memory: 256)
    #expect(limits.problem == nil && limits.connections == connections)
  }

  @Test("H8: this process has its own")
  func own() {
    #expect(ResourceLimits.ofProcess().problem == nil)
  }
}
