import CCurl
import WhDomain

/// What the loop's thread holds: the requests that wait, those at the server, and the handles for the next ones.
///
/// Made and used on that thread alone.
final class CurlWorker {
  private let multi: CurlMulti
  private let base: BaseURL
  private let options: CurlOptions
  private let environment: APIEnvironment
  private let onWait: @Sendable (PacingWait?) -> Void
  private var waiting = JobQueue()
  private var active: [ObjectIdentifier: CurlTransfer] = [:]
  private var idle: [CurlTransfer] = []
  /// When the server last gave a sign, or the first request after a pause went out.
  private var lastSign = Duration.zero
  private var told: PacingWait.Reason?

  init(
    multi: CurlMulti, base: BaseURL, options: CurlOptions, environment: APIEnvironment,
    onWait: @escaping @Sendable (PacingWait?) -> Void
  ) {
    self.multi = multi
    self.base = base
    self.options = options
    self.environment = environment
    self.onWait = onWait
    _ = ccurl_multi_set_long(multi.handle, CURLMOPT_MAXCONNECTS, options.maximumInFlight)
  }

  /// Takes the mail, and begins what can begin.
  ///
  /// - Returns: how long the next turn may wait.
  func take(_ mail: CurlLoop.Mail) -> Duration {
    for job in mail.submitted { waiting.append(job) }
    for job in mail.cancelled { cancel(job) }
    if mail.endsWrites { endWrites() }
    let pause = watch()
    repeat {
      startWaiting()
      ccurl_multi_start(multi.handle)
      // What ended at once, as where no connection can be made, makes room for others.
    } while handOut() && !waiting.isEmpty
    return active.isEmpty ? .seconds(60) : pause
  }

  /// Waits for the network or the next mail, moves every transfer as far as it goes, and hands out what has ended.
  func turn(waiting pause: Duration) {
    ccurl_multi_wait(multi.handle, pause == .zero ? 0 : Int32(pause.inMilliseconds))
    _ = handOut()
  }

  /// - Returns: false where nothing has ended.
  private func handOut() -> Bool {
    var hasEnded = false
    while true {
      var easy: UnsafeMutableRawPointer?
      var code = CURLE_OK
      guard ccurl_multi_next_ended(multi.handle, &easy, &code) else { break }
      if let easy, let context = ccurl_easy_get_context(easy) {
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        finish(transfer, transfer.outcome(code))
        hasEnded = true
      }
    }
    return hasEnded
  }

  /// Ends everything as cancelled and frees it.
  func end(_ mail: CurlLoop.Mail) {
    for job in mail.submitted { waiting.append(job) }
    for transfer in active.values {
      let outcome = CurlJob.Outcome.failure(transfer.cancelled)
      _ = ccurl_multi_remove(multi.handle, transfer.easy)
      transfer.job?.finish(outcome)
      transfer.free()
    }
    active = [:]
    for transfer in idle { transfer.free() }
    idle = []
    while let job = waiting.popFirst() { job.finish(.failure(.unsent(.cancelled))) }
    tell(nil)
  }

  // MARK: Silence

  /// Ends the requests whose answer has not begun in time, reports a silence, and returns when to look again.
  private func watch() -> Duration {
    let now = environment.time.monotonic()
    var next = Duration.seconds(1)
    var end = now
    var isConnected = false
    for transfer in active.values {
      if transfer.hasTalked() { lastSign = now }
      guard let sentAt = transfer.sentAt else {
        end = max(end, transfer.startedAt + options.connectTimeout)
        continue
      }
      isConnected = true
      guard !transfer.hasBegunAnswer else { continue }
      let left = sentAt + options.firstByteTimeout - now
      end = max(end, now + left)
      next = min(next, left)
      if left <= .zero { finish(transfer, .failure(transfer.timedOut)) }
    }
    let patience = lastSign + options.patience - now
    let isSilent = !active.isEmpty && patience <= .zero
    if !isSilent { next = min(next, patience) }
    tell(isSilent ? isConnected ? .answer : .connection : nil, until: environment.time.now() + (end - now))
    return max(next, .milliseconds(1))
  }

  private func tell(_ reason: PacingWait.Reason?, until: Duration = .zero) {
    guard reason != told else { return }
    told = reason
    onWait(reason.map { PacingWait(reason: $0, until: until) })
  }

  // MARK: Jobs

  private func startWaiting() {
    let now = environment.time.monotonic()
    if active.isEmpty { lastSign = now }
    while active.count < options.maximumInFlight, let job = waiting.popFirst() {
      if job.isCancelled {
        job.finish(.failure(.unsent(.cancelled)))
        continue
      }
      guard let transfer = idle.popLast() ?? CurlTransfer(base: base, options: options) else {
        job.finish(.failure(.unsent(.internalFailure("out of memory"))))
        continue
      }
      let code = transfer.prepare(job, at: now)
      guard code == CURLE_OK, ccurl_multi_add(multi.handle, transfer.easy) == CURLM_OK else {
        job.finish(.failure(.unsent(.internalFailure(String(cString: ccurl_easy_error_text(code))))))
        transfer.free()
        continue
      }
      active[ObjectIdentifier(job)] = transfer
    }
  }

  private func finish(_ transfer: CurlTransfer, _ outcome: CurlJob.Outcome) {
    guard let job = transfer.job else { return }
    lastSign = environment.time.monotonic()
    putBack(transfer, of: job)
    // Before the task goes on, which may print.
    tell(nil)
    job.finish(outcome)
  }

  /// A waiting job is released at once, and dropped when its turn comes.
  private func cancel(_ job: CurlJob) {
    var error = TransportError.unsent(.cancelled)
    if let transfer = active[ObjectIdentifier(job)] {
      error = transfer.cancelled
      putBack(transfer, of: job)
      if active.isEmpty { tell(nil) }
    }
    job.finish(.failure(error))
  }

  private func endWrites() {
    for job in active.values.compactMap(\.job) + waiting.all where !job.request.isRead {
      job.markCancelled()
      cancel(job)
    }
  }

  private func putBack(_ transfer: CurlTransfer, of job: CurlJob) {
    active[ObjectIdentifier(job)] = nil
    _ = ccurl_multi_remove(multi.handle, transfer.easy)
    transfer.clear()
    idle.append(transfer)
  }
}

/// First in, first out, without moving what waits.
private struct JobQueue {
  private var jobs: [CurlJob] = []
  private var head = 0

  mutating func append(_ job: CurlJob) {
    jobs.append(job)
  }

  var isEmpty: Bool { head == jobs.count }

  var all: ArraySlice<CurlJob> { jobs[head...] }

  mutating func popFirst() -> CurlJob? {
    guard head < jobs.count else { return nil }
    defer {
      head += 1
      if head == jobs.count || head >= 1024 {
        jobs.removeFirst(head)
        head = 0
      }
    }
    return jobs[head]
  }
}
