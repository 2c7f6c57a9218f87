import Testing
import WhDomain

@testable import WhSystem

@Suite("Work that is waited for no longer than a time")
struct PatienceTests {
  /// Time in which a wait ends at once, or only when it is cancelled.
  private static func time(isOver: Bool) -> TimeSource {
    TimeSource(
      now: { .zero }, monotonic: { .zero },
      sleep: { _ throws(CancellationError) in
        if isOver { return }
        await untilCancelled()
        throw CancellationError()
      })
  }

  private static func untilCancelled() async {
    let (stream, continuation) = AsyncStream<Never>.makeStream()
    await withTaskCancellationHandler {
      for await _ in stream {}
    } onCancel: {
      continuation.finish()
    }
  }

  @Test("What is done in time has its value")
  func inTime() async {
    #expect(await Patience.value(within: .seconds(1), Self.time(isOver: false)) { 7 } == 7)
  }

  @Test("What takes longer has none, and is cancelled")
  func late() async {
    let (ended, continuation) = AsyncStream<Bool>.makeStream()
    let value = await Patience.value(within: .seconds(1), Self.time(isOver: true)) {
      await Self.untilCancelled()
      continuation.yield(Task.isCancelled)
      return 7
    }
    #expect(value == nil)
    var answers = ended.makeAsyncIterator()
    #expect(await answers.next() == true)
  }

  @Test("What is left behind is not waited for")
  func leftBehind() async {
    let (gate, continuation) = AsyncStream<Never>.makeStream()
    let value = await Patience.value(within: .seconds(1), Self.time(isOver: true)) {
      // As a call that blocks, it takes no notice of being cancelled.
      await Task.detached { for await _ in gate {} }.value
      return 7
    }
    #expect(value == nil)
    continuation.finish()
  }

  @Test("A task that is cancelled does not wait")
  func cancelled() async {
    let task = Task {
      await Patience.value(within: .seconds(1), Self.time(isOver: false)) {
        await Self.untilCancelled()
        return 7
      }
    }
    task.cancel()
    #expect(await task.value == nil)
  }
}
