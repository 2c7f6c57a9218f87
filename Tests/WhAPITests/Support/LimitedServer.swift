import Foundation
import Synchronization
import WhDeterminism

@testable import WhAPI

/// A service with a limit, in virtual time.
final class LimitedServer: HTTPTransport {
  enum Windows: Sendable {
    /// Back to back, beginning at the given moment of the server's clock.
    case fixed(phase: Duration)
    /// Each begins with the first request after the last one's end.
    case fromFirstRequest
  }

  enum Rounding: Sendable { case down, up }

  struct Configuration: Sendable {
    var limit = 120
    var window = Duration.seconds(6)
    var windows = Windows.fixed(phase: .zero)
    var rounding = Rounding.up
    /// How far the server's clock is ahead.
    var skew = Duration.zero
    var latency = Duration.milliseconds(50)
    /// Added to the latency of each answer times a number from 0 to 1, so that answers overtake each other.
    var jitter = Duration.zero
    var tellsDate = true
    var tellsLimit = true
    var tellsRetryAfter = true
  }

  private let time: VirtualTime
  private let configuration: Configuration
  private let state = Mutex(State())

  struct State {
    var windowEnd = Duration.zero
    var used = 0
    var served = 0
    var refused = 0
    var foreignServed = 0
    var foreignRefused = 0
    var most = 0
    var inFlight = 0
    var random = SeededGenerator(seed: 42)
  }

  init(_ time: VirtualTime, _ configuration: Configuration) {
    self.time = time
    self.configuration = configuration
  }

  var seen: State { state.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let isForeign = request.path == "/foreign"
    let chance = state.withLock { state in
      state.inFlight += 1
      state.most = max(state.most, state.inFlight)
      return state.random.chance()
    }
    defer { state.withLock { $0.inFlight -= 1 } }
    do throws(CancellationError) {
      try await time.sleep(configuration.latency / 2)
      let response = answer(isForeign)
      try await time.sleep(configuration.latency / 2 + configuration.jitter * chance)
      return response
    } catch {
      throw TransportError(.cancelled, wasSent: true)
    }
  }

  private func answer(_ isForeign: Bool) -> HTTPResponse {
    let now = time.wall + configuration.skew
    let (isServed, left, end) = state.withLock { state in
      if now >= state.windowEnd {
        state.used = 0
        switch configuration.windows {
        case .fromFirstRequest: state.windowEnd = now + configuration.window
        case .fixed(let phase):
          let past = Int(((now - phase) / configuration.window).rounded(.down))
          state.windowEnd = phase + configuration.window * (past + 1)
        }
      }
      let isServed = state.used < configuration.limit
      if isServed { state.used += 1 }
      switch (isServed, isForeign) {
      case (true, true): state.foreignServed += 1
      case (true, false): state.served += 1
      case (false, true): state.foreignRefused += 1
      case (false, false): state.refused += 1
      }
      return (isServed, configuration.limit - state.used, state.windowEnd)
    }
    var fields: [HTTPField] = []
    let exact = end.inSeconds
    if configuration.tellsDate { fields.append(HTTPField("Date", Self.date(now))) }
    if configuration.tellsLimit {
      let reset = configuration.rounding == .up ? (exact - 1e-6).rounded(.up) : exact.rounded(.down)
      fields += [
        HTTPField("X-RateLimit-Limit", "\(configuration.limit)"), HTTPField("X-RateLimit-Remaining", "\(left)"),
        HTTPField("X-RateLimit-Reset", "\(Int(reset))"),
      ]
    }
    if !isServed, configuration.tellsRetryAfter {
      fields.append(HTTPField("Retry-After", "\(Int((end - now).inSeconds.rounded(.up)))"))
    }
    return HTTPResponse(status: isServed ? 200 : 429, fields: fields, body: Array("{}".utf8))
  }

  private static func date(_ wall: Duration) -> String {
    var seconds = time_t(wall.components.seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 64)
    strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
