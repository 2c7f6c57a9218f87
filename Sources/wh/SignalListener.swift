import Dispatch
import Foundation

/// Calls a function for each of some signals, on a thread of Dispatch's, until it is released.
final class SignalListener {
  private let sources: [any DispatchSourceSignal]

  init(_ signals: [Int32], _ handler: @escaping @Sendable () -> Void) {
    sources = signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler(handler: handler)
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }
}
