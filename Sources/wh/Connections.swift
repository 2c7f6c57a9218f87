import Foundation
import Synchronization
import WhAPI
import WhDomain
import WhSandbox
import WhSession
import WhSyntax
import WhSystem

/// Makes connections: finds the server and the key of a profile, and starts the embedded sandbox where it is asked for.
final class Connections: Sendable {
  private let arguments: SessionArguments
  private let redactor: Redactor
  private let keys: KeySource
  private let log: (@Sendable (RequestLogEntry) -> Void)?
  private let onWait: @Sendable (PacingWait?) -> Void
  private let tell: @Sendable (ConnectionRemark) -> Void
  /// The sandbox, once started; it lives as long as the process.
  private let standIn = Mutex<Server?>(nil)
  private let told = Mutex<Set<ConnectionRemark>>([])
  /// The writes of all connections that are not answered yet.
  let writes = WritesInFlight()

  /// - Parameter tell: receives each note once.
  init(
    _ arguments: SessionArguments, redactor: Redactor, log: (@Sendable (RequestLogEntry) -> Void)?,
    onWait: @escaping @Sendable (PacingWait?) -> Void, tell: @escaping @Sendable (ConnectionRemark) -> Void
  ) {
    self.onWait = onWait
    self.tell = tell
    self.arguments = arguments
    self.redactor = redactor
    self.log = log
    keys = KeySource(ThisProcess.environment, ThisProcess.keyCommands) { redactor.learn(key: $0) }
  }

  func connect(_ profile: String?) async throws(ConnectionProblem) -> Connection {
    let server = try server(of: profile)
    guard let base = server.base else { return try await connectToStandIn() }
    if let hint = base.hint { say(.warning(hint)) }
    let key: APIKey
    do {
      key = try await self.key(for: base, server)
    } catch {
      throw ConnectionProblem(error)
    }
    return connection(server.profile, base, key, server.settings ?? Configuration.Profile())
  }

  private func key(for base: BaseURL, _ server: ChosenServer) async throws(KeyProblem) -> APIKey {
    let choice = server.keys.choice(for: base)
    let reading: KeyReading?
    switch choice {
    case .environment: reading = try keys.keyOfEnvironment()
    case .profile: reading = try await keys.key(of: server.settings ?? Configuration.Profile())
    case .none(let refusal): throw .refused(refusal, server: base)
    }
    guard let reading else { throw .refused(.noKey, server: base) }
    if let note = server.keys.note(on: choice) { say(.note(note)) }
    if let warning = reading.warning { say(.warning(warning)) }
    return reading.key
  }

  /// Sees that the server of the session's start is known.
  func check() throws(ConnectionProblem) { _ = try server(of: nil) }

  private func say(_ remark: ConnectionRemark) {
    if told.withLock({ $0.insert(remark).inserted }) { tell(remark) }
  }

  /// The profile and the server that a session begins with, as they are known without a key; nil where they are not.
  var place: (profile: String, host: String)? {
    guard let server = try? server(of: nil) else { return nil }
    return (server.profile, server.base?.description ?? Self.standInHost)
  }

  /// The server that a session begins with, as a transcript names it.
  var host: String {
    (try? server(of: nil)).map { $0.base?.description ?? $0.profile } ?? "an unknown server"
  }

  /// True where that is on this machine alone, so that nothing false can harm it.
  var isLocal: Bool { (try? server(of: nil)).map { $0.base?.isLoopback ?? true } ?? false }

  /// The options that lead a new command to the server of a profile, with a blank before each.
  func options(for profile: String, _ host: String) -> String {
    if host == Self.standInHost { return leads(nil, to: profile, host) ? "" : " --sandbox" }
    if leads(nil, to: profile, host) { return "" }
    if leads(profile, to: profile, host) { return " --profile \(Quoter.word(profile))" }
    let named = profile == "default" ? "" : " --profile \(Quoter.word(profile))"
    return named + " --base-url \(host)"
  }

  /// True where a command without options, or with a profile alone, talks to the server with that profile.
  private func leads(_ option: String?, to profile: String, _ host: String) -> Bool {
    guard let configuration = try? ConfigurationFile(ThisProcess.paths.configuration).load(),
      let server = try? ServerChoice(configuration, ThisProcess.environment, profile: option).server()
    else { return false }
    return server.profile == profile && (server.base?.description ?? Self.standInHost) == host
  }

  /// What the configuration file says.
  func configuration() throws(ConnectionProblem) -> Configuration {
    do {
      return try ConfigurationFile(ThisProcess.paths.configuration).load()
    } catch {
      throw ConnectionProblem(error.isUnreadable ? .unreadableFile : .failed, .unreadableFile, error.message)
    }
  }

  private func server(of profile: String?) throws(ConnectionProblem) -> ChosenServer {
    let choice = arguments.server.choice(in: try configuration())
    do {
      return try choice.server(ofStatement: profile)
    } catch {
      throw ConnectionProblem(error)
    }
  }

  /// The name of the sandbox in the journal; its port is different each time.
  static var standInHost: String { "sandbox \(ThisProcess.paths.sandbox)" }

  private func connectToStandIn() async throws(ConnectionProblem) -> Connection {
    do {
      let server: Server
      if let running = standIn.withLock(\.self) {
        server = running
      } else {
        try Folder.make(FilePath.folder(of: ThisProcess.paths.sandbox))
        // A name that the configuration adds is to be tried here too.
        server = try Server(
          options: Options(ownEvents: arguments.ownEvents), store: try Store(path: ThisProcess.paths.sandbox))
        standIn.withLock { $0 = server }
      }
      let url = try await server.start()
      return connection(
        Configuration.sandbox, try BaseURL(url.absoluteString), try APIKey(Server.demoKey), Configuration.Profile(),
        host: Self.standInHost)
    } catch let problem as FileProblem {
      throw ConnectionProblem(.failed, .unwritableFile, "can't create \(ThisProcess.paths.sandbox): \(problem.reason)")
    } catch {
      throw ConnectionProblem(.unreachable, .apiUnreachable, "the sandbox failed to start: \(error)")
    }
  }

  private func connection(
    _ name: String, _ base: BaseURL, _ key: APIKey, _ settings: Configuration.Profile, host: String? = nil
  ) -> Connection {
    redactor.learn(key: key.secret.reveal())
    var options = CurlOptions()
    options.userAgent = "wh/\(Version.text)"
    options.certificateFile = Self.certificateFile
    options.connectTimeout = .seconds(settings.connectTimeout)
    options.firstByteTimeout = .seconds(settings.responseTimeout)
    options.maximumInFlight = ThisProcess.limits.connections
    options.maximumBodyBytes = settings.responseLimit << 20
    let counter = RequestCounter()
    let log = log
    let connection = APIConnection(
      base: base, key: key, curl: options, writes: writes,
      onRequest: { entry in
        counter.add()
        log?(entry)
      }, onWait: onWait)
    return Connection(
      profile: name, baseURL: base, client: connection.client, host: host, isProtected: settings.isProtected,
      requestCount: { counter.value }, rate: { connection.governor.rate },
      clockOffset: { connection.clockOffset })
  }

  /// As OpenSSL and curl name it: certificates to trust in place of the system's, for a company's own authority.
  private static var certificateFile: String? {
    ThisProcess.environment["SSL_CERT_FILE"]
  }
}

/// Counts the requests of a connection.
private final class RequestCounter: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .relaxed) }

  func add() { count.add(1, ordering: .relaxed) }
}

extension ConnectionProblem {
  fileprivate init(_ problem: ServerProblem) {
    let code: DiagnosticCode = if case .unknownProfile = problem { .unknownProfile } else { .invalidURL }
    self.init(.failed, code, problem.message, label: problem.label)
  }

  fileprivate init(_ problem: KeyProblem) {
    switch problem {
    case .interrupted: self.init(.stopped, .interrupted, problem.message, label: problem.label)
    case .unreadable(_, .notRegular): self.init(.unreadableFile, .unreadableFile, problem.message, label: problem.label)
    default: self.init(.keyRefused, .noKey, problem.message, label: problem.label)
    }
  }
}
