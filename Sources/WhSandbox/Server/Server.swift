import Foundation

/// The sandbox: an HTTP server on 127.0.0.1.
package actor Server {
  /// An admin key that a server accepts unless its options name others.
  package static let demoKey = "sk_admin_sandbox"

  /// The seed of the faults in use, to have the same ones again.
  package nonisolated let seed: UInt64

  private let options: Options
  private let service: Service
  private let log: (@Sendable (RequestLog) -> Void)?
  private let listener = Locked<Listener>()

  /// Makes a server that is yet to start.
  /// - Parameter log: called for every request as it is answered, from any thread; without it nothing is logged.
  /// - Throws: `InvalidOptions` if an option is out of its range.
  package init(
    options: Options = Options(),
    store: Store,
    effects: Effects = Effects(),
    log: (@Sendable (RequestLog) -> Void)? = nil
  ) throws(InvalidOptions) {
    try options.validate()
    service = Service(options: options, store: store, effects: effects)
    self.options = options
    self.log = log
    seed = service.faults.seed
  }

  /// The port in use; nil while the server is stopped.
  package nonisolated var port: UInt16? {
    listener.value?.port
  }

  /// Starts to listen, and gives the base URL, such as `http://127.0.0.1:49152`. Does nothing if it listens already.
  /// - Throws: `ServerError` if the port is taken or may not be used.
  @discardableResult
  package func start() async throws(ServerError) -> URL {
    if listener.value == nil { listener.value = try listen() }
    guard let port, let url = URL(string: "http://127.0.0.1:\(port)") else {
      throw ServerError("the server was stopped during startup")
    }
    return url
  }

  /// Stops listening and closes every connection. Requests that are being answered are dropped.
  package func stop() async {
    guard let running = listener.value else { return }
    listener.value = nil
    await running.stop()
  }

  private func listen() throws(ServerError) -> Listener {
    try Listener(port: options.port) { [service, log] file, listener in
      Connection(
        file: file, service: service, log: log, run: { file, work in listener.run(for: file, work) }
      ).serve()
    }
  }
}
