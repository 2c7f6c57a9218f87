import Foundation
import Synchronization
import WhAPI
import WhDomain
import WhSandbox
import WhSession
import WhSyntax
import WhSystem

/// Makes connections: finds the server and the key of a profile, and starts the embedded stand-in where it is asked for.
final class Connections: Sendable {
  private let arguments: SessionArguments
  private let redactor: Redactor
  private let log: (@Sendable (RequestLogEntry) -> Void)?
  private let onWait: @Sendable (PacingWait?) -> Void
  /// The stand-in, once it was started; it lives as long as the process.
  private let standIn = Mutex<Server?>(nil)

  init(
    _ arguments: SessionArguments, redactor: Redactor, log: (@Sendable (RequestLogEntry) -> Void)?,
    onWait: @escaping @Sendable (PacingWait?) -> Void
  ) {
    self.onWait = onWait
    self.arguments = arguments
    self.redactor = redactor
    self.log = log
  }

  func connect(_ profile: String?) async throws(ConnectionProblem) -> Connection {
    let address = try address(of: profile)
    guard let base = address.base else { return try await connectToStandIn() }
    let settings = address.settings
    let own = address.own
    let isOwnHost = base.scheme == own.scheme && base.host == own.host && base.port == own.port
    let key: APIKey
    do {
      key = try KeySource(ThisProcess.environment).key(
        of: settings, named: address.name, mayUseProfile: isOwnHost, isNamedByScript: profile != nil)
    } catch {
      throw ConnectionProblem(.keyRefused, .noKey, error.message, label: error.label)
    }
    return connection(address.name, base, key, isProtected: settings?.isProtected ?? false)
  }

  /// The server that a session begins with, as it is known without a key.
  var host: String {
    (try? address(of: nil)).map { $0.base?.description ?? $0.name } ?? "an unknown server"
  }

  /// True where that is on this machine alone, so that nothing false can harm it.
  var isLocal: Bool { (try? address(of: nil)).map { $0.base?.isLoopback ?? true } ?? false }

  /// Where a profile's server is.
  private struct Address {
    let name: String
    /// Nil for the stand-in in this process.
    let base: BaseURL?
    var own = BaseURL.service
    var settings: Configuration.Profile?
  }

  private func address(of profile: String?) throws(ConnectionProblem) -> Address {
    let configuration: Configuration
    do {
      configuration = try ConfigurationFile(ThisProcess.paths.configuration).load()
    } catch {
      throw ConnectionProblem(error.isUnreadable ? .unreadableFile : .failed, .unreadableFile, error.message)
    }
    let environment = ThisProcess.environment
    let isSandbox = profile == nil && arguments.sandbox
    let named = profile ?? arguments.profile ?? environment["WH_PROFILE"] ?? configuration.defaultProfile
    let name = isSandbox ? Configuration.sandbox : named ?? "default"
    if name == Configuration.sandbox, configuration.profiles[name] == nil { return Address(name: name, base: nil) }
    guard named == nil || configuration.profiles[name] != nil else {
      throw ConnectionProblem(
        .failed, .unknownProfile, "no profile is named `\(name)`",
        label: "known are " + (configuration.profiles.keys + [Configuration.sandbox]).sorted().joined(separator: ", "))
    }
    let settings = configuration.profiles[name]
    let own = try Self.baseURL(settings?.baseURL) ?? .service
    let override = profile == nil ? arguments.baseURL ?? environment["WH_BASE_URL"] : nil
    let base = try Self.baseURL(override) ?? own
    return Address(name: name, base: base, own: own, settings: settings)
  }

  private func connectToStandIn() async throws(ConnectionProblem) -> Connection {
    do {
      let server: Server
      if let running = standIn.withLock(\.self) {
        server = running
      } else {
        try Folder.make(FilePath.folder(of: ThisProcess.paths.sandbox))
        server = try Server(store: try Store(path: ThisProcess.paths.sandbox))
        standIn.withLock { $0 = server }
      }
      let url = try await server.start()
      let text = ThisProcess.environment["WH_API_KEY"] ?? Server.demoKey
      return connection(
        Configuration.sandbox, try BaseURL(url.absoluteString), try APIKey(text),
        host: "sandbox \(ThisProcess.paths.sandbox)",
        isProtected: false)
    } catch let problem as FileProblem {
      throw ConnectionProblem(.failed, .unwritableFile, "\(ThisProcess.paths.sandbox) can't be made: \(problem.reason)")
    } catch let problem as InvalidValue {
      throw ConnectionProblem(.keyRefused, .noKey, "the key in WH_API_KEY \(problem.reason)")
    } catch {
      throw ConnectionProblem(.unreachable, .apiUnreachable, "the stand-in does not start: \(error)")
    }
  }

  private func connection(
    _ name: String, _ base: BaseURL, _ key: APIKey, host: String? = nil, isProtected: Bool
  ) -> Connection {
    redactor.learn(key.secret.reveal())
    var options = CurlOptions()
    options.userAgent = "wh/\(Version.text)"
    options.certificateFile = Self.certificateFile
    let counter = RequestCounter()
    let log = log
    let connection = APIConnection(
      base: base, key: key, curl: options,
      onRequest: { entry in
        counter.add()
        log?(entry)
      }, onWait: onWait)
    return Connection(
      profile: name, baseURL: base, client: connection.client, host: host, isProtected: isProtected,
      requestCount: { counter.value }, rate: { connection.governor.rate },
      clockOffset: { connection.clockOffset })
  }

  /// As OpenSSL and curl name it: certificates to trust in place of the system's, for a company's own authority.
  private static var certificateFile: String? {
    ThisProcess.environment["SSL_CERT_FILE"]
  }

  private static func baseURL(_ text: String?) throws(ConnectionProblem) -> BaseURL? {
    guard let text else { return nil }
    do {
      return try BaseURL(text)
    } catch {
      throw ConnectionProblem(
        .failed, .invalidURL, "`\(text)` can't be the server's url: it \(error.reason)")
    }
  }
}

/// Counts the requests of a connection.
private final class RequestCounter: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .relaxed) }

  func add() { count.add(1, ordering: .relaxed) }
}
