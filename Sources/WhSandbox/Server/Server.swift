import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// The sandbox: an HTTP server on 127.0.0.1.
package actor Server {
  /// An admin key that a server accepts unless its options name others.
  package static let demoKey = "sk_admin_sandbox"

  /// The seed of the faults in use, to have the same ones again.
  package nonisolated let seed: UInt64

  private let options: Options
  private let adapter: HTTPAdapter
  private let boundPort: BoundPort
  private let headGuard = HeadGuard()
  private var running: (server: HTTPServer, task: Task<Void, any Error>)?

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
    let service = Service(options: options, store: store, effects: effects)
    let boundPort = BoundPort()
    self.options = options
    self.boundPort = boundPort
    seed = service.faults.seed
    adapter = HTTPAdapter(service: service, log: log, port: { boundPort.value }, headGuard: headGuard)
  }

  /// The port in use; nil while the server is stopped.
  package nonisolated var port: UInt16? {
    boundPort.value
  }

  /// Starts to listen, and gives the base URL, such as `http://127.0.0.1:49152`. Does nothing if it listens already.
  /// - Throws: `ServerError` if the port is taken or may not be used.
  @discardableResult
  package func start() async throws(ServerError) -> URL {
    if running == nil { try await listen() }
    guard let port, let url = URL(string: "http://127.0.0.1:\(port)") else {
      throw ServerError("the server was stopped during startup")
    }
    return url
  }

  /// Stops listening and closes every connection. Requests that are being answered are dropped.
  package func stop() async {
    guard let (server, task) = running else { return }
    running = nil
    boundPort.value = nil
    headGuard.stop()
    await server.stop()
    _ = await task.result
  }

  private func listen() async throws(ServerError) {
    let server: HTTPServer
    do {
      server = HTTPServer(
        address: try sockaddr_in.inet(ip4: "127.0.0.1", port: options.port),
        // The service's own faults decide how long an answer takes, so FlyingFox's limit stays out of their way.
        timeout: 86_400, logger: .disabled, handler: adapter)
      let (events, progress) = AsyncStream<Result<Void, any Error>>.makeStream()
      let task = Task {
        do { try await server.run() } catch {
          progress.yield(.failure(error))
          throw error
        }
      }
      running = (server, task)
      let waiter = Task {
        try await server.waitUntilListening()
        progress.yield(.success(()))
      }
      defer { waiter.cancel() }
      // The first of two: that it listens, or that it fails.
      for await event in events {
        try event.get()
        break
      }
    } catch {
      running = nil
      throw ServerError("can't listen on 127.0.0.1:\(options.port): \(error.localizedDescription)")
    }
    guard case .ip4(_, port: let port) = await server.listeningAddress else {
      throw ServerError("the server was stopped during startup")
    }
    OwnSockets.sendAtOnce(onPort: port)
    boundPort.value = port
    headGuard.start(port: port)
  }
}
