import CCurl
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The mailbox between the tasks and the one thread that talks to libcurl.
final class CurlLoop: Sendable {
  private let base: BaseURL
  private let options: CurlOptions
  private let environment: APIEnvironment
  private let onWait: @Sendable (PacingWait?) -> Void
  private let shared = Mutex(State())

  private struct State {
    var phase = Phase.asleep
    var mail = Mail()
    /// True while the thread waits and was not woken.
    var isWaiting = false
    var waitingForEnd: [CheckedContinuation<Void, Never>] = []
  }

  private enum Phase {
    case asleep
    case running(CurlMulti)
    case ended
  }

  /// What the tasks want of the thread.
  struct Mail {
    var submitted: [CurlJob] = []
    var cancelled: [CurlJob] = []
    /// True where the writes are to end without their answers.
    var endsWrites = false
    var isStopping = false

    var isEmpty: Bool { submitted.isEmpty && cancelled.isEmpty && !endsWrites && !isStopping }
  }

  init(
    base: BaseURL, options: CurlOptions, environment: APIEnvironment, onWait: @escaping @Sendable (PacingWait?) -> Void
  ) {
    self.base = base
    self.options = options
    self.environment = environment
    self.onWait = onWait
  }

  func submit(_ job: CurlJob) {
    let refusal = shared.withLock { shared -> TransportError.Kind? in
      if shared.mail.isStopping { return .cancelled }
      if let failure = start(&shared) { return failure }
      post(&shared) { $0.submitted.append(job) }
      return nil
    }
    if let refusal { job.finish(.failure(.unsent(refusal))) }
  }

  func cancel(_ job: CurlJob) {
    shared.withLock { shared in
      post(&shared) { $0.cancelled.append(job) }
    }
  }

  /// Ends all writes that were submitted until now, as cancelled.
  func endWrites() {
    shared.withLock { shared in
      post(&shared) { $0.endsWrites = true }
    }
  }

  func stop() {
    shared.withLock { shared in
      if case .asleep = shared.phase { shared.phase = .ended }
      post(&shared) { $0.isStopping = true }
    }
  }

  /// Returns when the thread is gone.
  func ended() async {
    await withCheckedContinuation { continuation in
      let isOver = shared.withLock { shared in
        if case .running = shared.phase {
          shared.waitingForEnd.append(continuation)
          return false
        }
        return true
      }
      if isOver { continuation.resume() }
    }
  }

  /// Puts something into the mailbox, and wakes the thread if it waits: else it looks there before it does.
  private func post(_ shared: inout State, _ add: (inout Mail) -> Void) {
    add(&shared.mail)
    guard shared.isWaiting, case .running(let multi) = shared.phase else { return }
    shared.isWaiting = false
    multi.wake()
  }

  private func start(_ shared: inout State) -> TransportError.Kind? {
    guard case .asleep = shared.phase else { return nil }
    if let failure = ccurl_load() { return .libraryUnavailable(String(cString: failure)) }
    guard let multi = CurlMulti() else { return .internalFailure("out of memory") }
    shared.phase = .running(multi)
    let context = Unmanaged.passRetained(Start(loop: self, multi: multi)).toOpaque()
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let status = pthread_create(&thread, nil, { runLoop($0) }, context)
    guard status == 0 else {
      Unmanaged<Start>.fromOpaque(context).release()
      multi.free()
      shared.phase = .asleep
      return .internalFailure("cannot start a thread: \(String(cString: strerror(status)))")
    }
    pthread_detach(thread)
    return nil
  }

  fileprivate func run(_ multi: CurlMulti) {
    let worker = CurlWorker(
      multi: multi, base: base, options: options, environment: environment, onWait: onWait)
    while true {
      let mail = shared.withLock { shared in
        defer { shared.mail = Mail(isStopping: shared.mail.isStopping) }
        return shared.mail
      }
      if mail.isStopping {
        worker.end(mail)
        break
      }
      let pause = worker.take(mail)
      let waits = shared.withLock { shared in
        shared.isWaiting = shared.mail.isEmpty
        return shared.isWaiting
      }
      worker.turn(waiting: waits ? pause : .zero)
      shared.withLock { $0.isWaiting = false }
    }
    let waiting = shared.withLock { shared in
      shared.phase = .ended
      multi.free()
      return shared.waitingForEnd
    }
    for continuation in waiting { continuation.resume() }
  }
}

/// What the thread is given to begin with.
private final class Start: Sendable {
  let loop: CurlLoop
  let multi: CurlMulti

  init(loop: CurlLoop, multi: CurlMulti) {
    self.loop = loop
    self.multi = multi
  }
}

private func runLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
  // The program's signals are for its other threads, and a write to a closed socket is an error, never a SIGPIPE.
  var signals = sigset_t()
  sigfillset(&signals)
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  start.loop.run(start.multi)
  return nil
}
