import Synchronization
import WhAPI
import WhDomain

/// A clock that advances to the next sleeper when every task sleeps, and the executor that knows when they do.
///
/// All runs on the thread that calls `run`, in one order, and takes no real time.
package final class VirtualTime: TaskExecutor {
  private let state = Mutex(State())

  private struct State {
    var jobs: [UnownedJob] = []
    /// How many of `jobs` have run.
    var done = 0
    var now = Duration.seconds(1000)
    var sleepers: [Sleeper] = []
    var nextID = 0
  }

  private struct Sleeper {
    let id: Int
    let until: Duration
    let continuation: CheckedContinuation<Void, Never>
  }

  /// Every task waits for another one.
  package struct Stuck: Error {}

  /// The wall clock at the monotonic moment 0.
  package let epoch: Duration
  private let random: @Sendable () -> Double

  package init(epoch: Duration = .seconds(1_700_000_000), random: @escaping @Sendable () -> Double = { 0.5 }) {
    self.epoch = epoch
    self.random = random
  }

  package var now: Duration { state.withLock { $0.now } }
  package var wall: Duration { epoch + now }

  /// Time and chance as the API client takes them.
  package var environment: APIEnvironment {
    APIEnvironment(
      time: TimeSource(
        now: { self.wall }, monotonic: { self.now },
        sleep: { duration throws(CancellationError) in try await self.sleep(duration) }),
      random: random)
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
  }

  /// Runs to the end of `body`.
  ///
  /// - Throws: what `body` throws, and `Stuck` when it would never end.
  package func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
    let result = Mutex<Result<Value, any Error>?>(nil)
    Task(executorPreference: self) {
      let value: Result<Value, any Error>
      do { value = .success(try await body()) } catch { value = .failure(error) }
      result.withLock { $0 = value }
    }
    while true {
      if let job = nextJob() {
        job.runSynchronously(on: asUnownedTaskExecutor())
      } else if let value = result.withLock({ $0 }) {
        return try value.get()
      } else if let sleeper = nextSleeper() {
        sleeper.continuation.resume()
      } else {
        throw Stuck()
      }
    }
  }

  /// Waits; ends early by throwing when the task is cancelled.
  package func sleep(_ duration: Duration) async throws(CancellationError) {
    let id = nextID()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled { return continuation.resume() }
        add(continuation, id, duration)
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
      }
      sleeper?.continuation.resume()
    }
    if Task.isCancelled { throw CancellationError() }
  }

  /// Waits, whether the task is cancelled or not.
  package func wait(_ duration: Duration) async {
    let id = nextID()
    await withCheckedContinuation { add($0, id, duration) }
  }

  private func nextID() -> Int {
    state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
  }

  private func add(_ continuation: CheckedContinuation<Void, Never>, _ id: Int, _ duration: Duration) {
    state.withLock { state in
      state.sleepers.append(Sleeper(id: id, until: state.now + max(.zero, duration), continuation: continuation))
    }
  }

  private func nextJob() -> UnownedJob? {
    state.withLock { state in
      guard state.done < state.jobs.count else { return nil }
      defer {
        state.done += 1
        if state.done == state.jobs.count {
          state.jobs.removeAll(keepingCapacity: true)
          state.done = 0
        }
      }
      return state.jobs[state.done]
    }
  }

  private func nextSleeper() -> Sleeper? {
    state.withLock { state in
      let next = state.sleepers.indices.min {
        (state.sleepers[$0].until, state.sleepers[$0].id) < (state.sleepers[$1].until, state.sleepers[$1].id)
      }
      guard let next else { return nil }
      let sleeper = state.sleepers.remove(at: next)
      state.now = max(state.now, sleeper.until)
      return sleeper
    }
  }
}
