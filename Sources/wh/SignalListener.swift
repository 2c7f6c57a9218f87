import Dispatch
import Foundation

/// Calls a function for each of some signals, on a thread of Dispatch's, from when it is made until it is released.
final class SignalListener {
  private let sources: [any DispatchSourceSignal]

  init(_ signals: [Int32], _ handler: @escaping @Sendable () -> Void) {
    // A queue of its own has a thread of its own, however busy the others are.
    let queue = DispatchQueue(label: "signals")
    let registration = DispatchGroup()
    sources = signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler(handler: handler)
      registration.enter()
      source.setRegistrationHandler { registration.leave() }
      source.resume()
      return source
    }
    // Dispatch registers a source some time later, and until then the signal would be lost.
    registration.wait()
  }

  deinit {
    for source in sources { source.cancel() }
  }
}
