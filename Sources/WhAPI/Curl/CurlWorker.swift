import CCurl

/// What the loop's thread holds: the requests that wait, those at the server, and the handles for the next ones.
///
/// Made and used on that thread alone.
final class CurlWorker {
  private let multi: CurlMulti
  private let base: BaseURL
  private let options: CurlOptions
  private var waiting = JobQueue()
  private var active: [ObjectIdentifier: CurlTransfer] = [:]
  private var idle: [CurlTransfer] = []

  init(multi: CurlMulti, base: BaseURL, options: CurlOptions) {
    self.multi = multi
    self.base = base
    self.options = options
    _ = ccurl_multi_set_long(multi.handle, CURLMOPT_MAXCONNECTS, options.maximumInFlight)
  }

  /// Takes the mail, moves every transfer as far as it goes, and waits for the network or the next mail.
  func turn(_ mail: CurlLoop.Mail) {
    for job in mail.submitted { waiting.append(job) }
    for job in mail.cancelled { cancel(job) }
    startWaiting()
    _ = ccurl_multi_perform(multi.handle)
    while true {
      var easy: UnsafeMutableRawPointer?
      var code = CURLE_OK
      guard ccurl_multi_next_ended(multi.handle, &easy, &code) else { break }
      if let easy, let context = ccurl_easy_get_context(easy) {
        finish(Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue(), code)
      }
    }
    startWaiting()
    _ = ccurl_multi_poll(multi.handle, 60_000)
  }

  /// Ends everything as cancelled and frees it.
  func end(_ mail: CurlLoop.Mail) {
    for job in mail.submitted { waiting.append(job) }
    for transfer in active.values {
      _ = ccurl_multi_remove(multi.handle, transfer.easy)
      transfer.job?.finish(.failure(.cancelled))
      transfer.free()
    }
    active = [:]
    for transfer in idle { transfer.free() }
    idle = []
    while let job = waiting.popFirst() { job.finish(.failure(.cancelled)) }
  }

  private func startWaiting() {
    while active.count < options.maximumInFlight, let job = waiting.popFirst() {
      if job.isCancelled {
        job.finish(.failure(.cancelled))
        continue
      }
      guard let transfer = idle.popLast() ?? CurlTransfer(base: base, options: options) else {
        job.finish(.failure(.internalFailure("out of memory")))
        continue
      }
      let code = transfer.prepare(job)
      guard code == CURLE_OK, ccurl_multi_add(multi.handle, transfer.easy) == CURLM_OK else {
        job.finish(.failure(.internalFailure(String(cString: ccurl_easy_error_text(code)))))
        transfer.free()
        continue
      }
      active[ObjectIdentifier(job)] = transfer
    }
  }

  private func finish(_ transfer: CurlTransfer, _ code: CURLcode) {
    guard let job = transfer.job else { return }
    let outcome = transfer.outcome(code)
    putBack(transfer, of: job)
    job.finish(outcome)
  }

  /// A job that waits is let go at once, and dropped when its turn comes.
  private func cancel(_ job: CurlJob) {
    if let transfer = active[ObjectIdentifier(job)] { putBack(transfer, of: job) }
    job.finish(.failure(.cancelled))
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
