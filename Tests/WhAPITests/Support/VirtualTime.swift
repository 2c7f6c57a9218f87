import Synchronization

@testable import WhAPI

/// A clock that goes on to the next sleeper when every task sleeps, and the executor that knows when they do.
///
/// All runs on the thread that calls `run`, in one order, and takes no real time.
final class VirtualTime: TaskExecutor {
  private let state = Mutex(State())

  private struct State {
    var jobs: [UnownedJob] = []
    var now = Duration.seconds(1000)
    var sleepers: [Sleeper] = []
    var nextID = 0
  }

  private struct Sleeper {
    let id: Int
    let until: Duration
    let continuation: CheckedContinuation<Void, Never>
  }

  /// The wall clock at the monotonic moment 0.
  let epoch: Duration
  private let random: @Sendable () -> Double

  init(epoch: Duration = .seconds(1_700_000_000), random: @escaping @Sendable () -> Double = { 0.5 }) {
    self.epoch = epoch
    self.random = random
  }

  var now: Duration { state.withLock { $0.now } }
  var wall: Duration { epoch + now }

  var environment: APIEnvironment {
    APIEnvironment(
      now: { self.wall }, monotonic: { self.now },
      sleep: { duration throws(CancellationError) in try await self.sleep(duration) },
      random: random)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
  }

  /// Runs to the end of `body`.
  func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
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
        fatalError("every task waits for another")
      }
    }
  }

  func sleep(_ duration: Duration) async throws(CancellationError) {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isLate = state.withLock { state in
          if Task.isCancelled { return true }
          let sleeper = Sleeper(id: id, until: state.now + max(.zero, duration), continuation: continuation)
          state.sleepers.append(sleeper)
          return false
        }
        if isLate { continuation.resume() }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
      }
      sleeper?.continuation.resume()
    }
    if Task.isCancelled { throw CancellationError() }
  }

  private func nextJob() -> UnownedJob? {
    state.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
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
