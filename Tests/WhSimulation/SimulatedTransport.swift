import WhAPI
import WhDeterminism
import WhDomain

/// The way from a process to the service, on which anything may happen to a request.
struct SimulatedTransport: HTTPTransport {
  let process: SimulatedProcess

  private var world: World { process.world }

  /// How long a client waits for an answer that does not come, in milliseconds.
  private static let patience = 30_000
  private static let longestWay = 8000

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    guard process.step() else { throw .neverSent }
    let call = nextCall()
    world.tell("process \(process.number) sends \(Books.name(request)), request \(call.number): \(call.fate)")
    let response: HTTPResponse
    if let read = Wire.Read(request) {
      response = try await answer(to: read, call)
    } else {
      response = try await write(request, call)
    }
    guard process.step() else { throw .neverSent }
    await process.flushSome()
    await process.link.pass()
    return response
  }

  /// One request, and what becomes of it.
  private struct Call {
    let number: Int
    let fate: Fate
    /// What is left of the limit; nil where there is none.
    let allowance: SimulatedService.Allowance?
  }

  private func nextCall() -> Call {
    let (number, fate) = (world.requestCount, world.nextFate())
    switch fate {
    case .noConnection, .lost: return Call(number: number, fate: fate, allowance: nil)
    default:
      let allowance = world.service.spend(at: world.now)
      return Call(number: number, fate: allowance?.isRefused ?? false ? .refused(429) : fate, allowance: allowance)
    }
  }

  private func wire(_ call: Call) -> Wire {
    let turn = world.history.settings.shufflesEvents ? world.upTo(3) : 0
    return Wire(
      service: world.service, settings: world.history.settings, now: world.now, allowance: call.allowance, turn: turn)
  }

  private func latency() -> Int { world.upTo(world.history.settings.latency) }

  private func way(_ call: Call) -> Int {
    if case .slow(let delay) = call.fate { latency() + delay } else { latency() }
  }

  // MARK: Reads

  private func answer(to read: Wire.Read, _ call: Call) async throws(TransportError) -> HTTPResponse {
    let start = world.now
    defer { process.longestRead = max(process.longestRead, world.now - start) }
    try await interruptiblePause(way(call))
    let response: HTTPResponse
    switch call.fate {
    case .noConnection: throw .noConnection
    case .lost(let loss), .answerLost(let loss): try await lose(loss)
    case .late: try await lose(.reset)
    case .brokenOff: throw TransportError(.truncated, wasSent: true)
    case .refused(let status), .appliedThenFailed(let status): response = wire(call).refusal(status)
    case .appliedWithoutBody(let status): response = wire(call).response(status, "")
    case .answered, .slow:
      world.service.catchUp(to: world.now)
      response = wire(call).answer(to: read)
      world.books.noteLook(by: process.number)
    }
    try await interruptiblePause(latency())
    return response
  }

  private func interruptiblePause(_ milliseconds: Int) async throws(TransportError) {
    do throws(CancellationError) {
      try await world.time.sleep(.milliseconds(milliseconds))
    } catch {
      throw .interruptedRead
    }
  }

  // MARK: Writes

  private func write(_ request: HTTPRequest, _ call: Call) async throws(TransportError) -> HTTPResponse {
    if Task.isCancelled { throw .neverSent }
    let name = Books.name(request)
    guard let place = SendingRule(process).place(of: name), let change = world.books.intent(place)?.change else {
      throw .neverSent
    }
    world.books.note(
      Books.Request(
        number: call.number, name: name, change: change, place: place, process: process.number, time: world.now,
        longestRead: process.longestRead))
    let teller = Books.Teller(process: process.number, place: place)
    switch call.fate {
    case .noConnection:
      await world.pause(latency())
      throw .noConnection
    case .refused(let status):
      await world.pause(latency() + latency())
      return hear(wire(call).refusal(status), teller)
    case .lost(let loss):
      world.books.noteUncertain(teller)
      try await lose(loss)
    case .late(let delay):
      world.books.noteUncertain(teller)
      _ = world.service.schedule(change, request: call.number, at: world.now + latency() + delay)
      try await lose(.reset)
    case .answered, .appliedThenFailed, .appliedWithoutBody, .answerLost, .brokenOff, .slow:
      // No longer than what is on its way when a process dies may take.
      let way = min(way(call), Self.longestWay)
      let answer = world.service.schedule(change, request: call.number, at: world.now + way)
      await world.pause(way)
      world.service.catchUp(to: world.now)
      return try await tell(answer, call, teller)
    }
  }

  /// How the service answers what has arrived, and what of it comes back.
  private func tell(
    _ answer: SimulatedService.Answer, _ call: Call, _ teller: Books.Teller
  ) async throws(TransportError) -> HTTPResponse {
    let whole = wire(call).answer(answer)
    var response = whole
    switch call.fate {
    case .answerLost(let loss):
      world.books.noteUncertain(teller)
      try await lose(loss)
    case .brokenOff:
      // A status without a body says what came of it.
      response.body = []
      await world.pause(latency())
      throw TransportError(.truncated, wasSent: true, partial: hear(response, teller))
    case .appliedThenFailed(let status) where whole.isSuccess: response = wire(call).refusal(status)
    case .appliedWithoutBody(let status) where whole.isSuccess:
      let path = answer.key.map { "/v1/organization/apps/\($0.app)/webhooks/\($0.webhook)" }
      response = wire(call).response(status, "", location: world.happens(0.5) ? path : nil)
    default: break
    }
    await world.pause(way(call))
    if process.isOver { throw .neverSent }
    return hear(response, teller)
  }

  private func hear(_ response: HTTPResponse, _ teller: Books.Teller) -> HTTPResponse {
    let change = world.books.intent(teller.place)?.change
    switch response.status {
    // It is yet to be done.
    case 202 where change?.isCreation == false: world.books.noteUncertain(teller)
    case 200..<300: world.books.noteDone(teller)
    case 404 where change?.isDeletion == true: world.books.noteGone(teller)
    case 408, 425, 500...: world.books.noteUncertain(teller)
    default: break
    }
    return response
  }

  /// Ends without an answer.
  private func lose(_ loss: Fate.Loss) async throws(TransportError) -> Never {
    switch loss {
    case .reset:
      await world.pause(latency())
      throw .reset
    case .timeout:
      await world.pause(Self.patience)
      throw .noAnswer
    }
  }
}

extension TransportError {
  fileprivate static let neverSent = TransportError.unsent(.cancelled)
  fileprivate static let interruptedRead = TransportError(.cancelled, wasSent: true)
  fileprivate static let noConnection = TransportError.unsent(.couldNotConnect("refused"))
  fileprivate static let reset = TransportError(.connectionLost("reset"), wasSent: true)
  fileprivate static let noAnswer = TransportError(.timedOut, wasSent: true)
}
