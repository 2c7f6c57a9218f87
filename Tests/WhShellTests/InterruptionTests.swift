import Synchronization
import Testing
import WhDomain
import WhSession
import WhShell
import WhTestSupport

@Suite("Ctrl-C and similar")
struct InterruptionTests {
  private final class Ends: Sendable {
    private let count = Atomic(0)
    var value: Int { count.load(ordering: .relaxed) }
    func add() { count.add(1, ordering: .relaxed) }
  }

  private let world = FakeWorld()
  private let ends = Ends()

  private func interruption() -> Interruption {
    let ends = ends
    return Interruption(clock: world.effects.time.monotonic, endProcess: { ends.add() })
  }

  /// Interrupts work that continues anyway, at some moments.
  ///
  /// - Returns: whether the work was cancelled.
  private func interrupt(at milliseconds: [Int]) async -> Bool {
    let (interruption, world) = (interruption(), world)
    return await interruption.guarding {
      var last = 0
      for moment in milliseconds {
        world.advance(by: .milliseconds(moment - last))
        last = moment
        interruption.interrupt()
      }
      return Task.isCancelled
    }
  }

  @Test(
    "The first cancels, and one at least a second later ends the process; those in between are ignored",
    arguments: [
      ([0], 0), ([0, 0], 0), ([0, 1, 2, 999], 0), ([0, 1000], 1), ([0, 500, 1200], 1), ([0, 999, 1998], 1),
      ([0, 1000, 1001], 2),
    ])
  func moments(milliseconds: [Int], expected: Int) async {
    #expect(await interrupt(at: milliseconds))
    #expect(ends.value == expected)
  }

  @Test(
    "T3: at a prompt the first waits for the requests, the second gives them up, and a third ends the process",
    arguments: [
      ([0], ["waiting for 8"], 0), ([0, 999], ["waiting for 8"], 0), ([0, 1000], ["waiting for 8", "given up"], 0),
      ([0, 1000, 1999], ["waiting for 8", "given up"], 0), ([0, 1000, 2000], ["waiting for 8", "given up"], 1),
    ])
  func atPrompt(milliseconds: [Int], told: [String], expected: Int) async {
    let (world, ends) = (world, ends)
    let words = Mutex<[String]>([])
    let interruption = Interruption(
      isPrompt: true, clock: world.effects.time.monotonic,
      requests: Interruption.Requests(
        count: { 8 }, giveUp: { words.withLock { $0.append("given up") } },
        announce: { count in words.withLock { $0.append("waiting for \(count)") } }), endProcess: { ends.add() })
    await interruption.guarding {
      var last = 0
      for moment in milliseconds {
        world.advance(by: .milliseconds(moment - last))
        last = moment
        interruption.interrupt()
      }
    }
    #expect(words.withLock(\.self) == told && ends.value == expected)
  }

  @Test("T3: a termination at a prompt gives nothing up, but ends the process")
  func termination() async {
    let (world, ends) = (world, ends)
    let interruption = Interruption(
      isPrompt: true, clock: world.effects.time.monotonic,
      requests: Interruption.Requests(
        count: { 0 }, giveUp: { Issue.record("given up") }, announce: { _ in Issue.record("told") }),
      endProcess: { ends.add() })
    await interruption.guarding {
      interruption.interrupt(isTermination: true)
      world.advance(by: .seconds(2))
      interruption.interrupt(isTermination: true)
    }
    #expect(ends.value == 1)
  }

  @Test("An interrupt is forgotten with its work")
  func twoWorks() async {
    let (interruption, world) = (interruption(), world)
    for _ in 0..<2 {
      let isCancelled = await interruption.guarding {
        world.advance(by: .seconds(5))
        interruption.interrupt()
        return Task.isCancelled
      }
      #expect(isCancelled)
    }
    #expect(ends.value == 0)
  }

  @Test("The end of its time cancels the work, and is its cause")
  func timeLimit() async {
    let interruption = interruption()
    let slept = Mutex<Duration?>(nil)
    let limit = TimeLimit(.seconds(30), cause: "the time is over") { duration in slept.withLock { $0 = duration } }
    let cause = await interruption.guarding(within: limit) {
      // A stream without an element ends when its reader is cancelled, and not before.
      for await _ in AsyncStream<Void>(Void.self, { _ in }) {}
      return interruption.cause
    }
    #expect(cause == "the time is over" && slept.withLock(\.self) == .seconds(30))
    #expect(ends.value == 0)
  }

  @Test("Work that ends sooner ends the timer too, and what interrupts first is the cause")
  func timeLimitThatIsNotReached() async {
    let interruption = interruption()
    let timer = AsyncStream<Void>.makeStream()
    let limit = TimeLimit(.seconds(30), cause: "the time is over") { _ throws(CancellationError) in
      for await _ in AsyncStream<Void>(Void.self, { _ in }) {}
      timer.continuation.yield()
      throw CancellationError()
    }
    let cause = await interruption.guarding(within: limit) {
      interruption.interrupt()
      return interruption.cause
    }
    #expect(cause == "interrupted")
    for await _ in timer.stream { break }
    #expect(interruption.cause == "interrupted" && ends.value == 0)
  }
}
