import Foundation
import Synchronization
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// The checks of `wh doctor`, in their order. None of them stops another one, and none waits without a bound.
struct Doctor: Sendable {
  private let arguments: SessionArguments
  private let runtime: Runtime
  private let remarks: Remarks

  /// How long the service and then the journal are waited for. A key command has a time of its own.
  private static let patience = Duration.seconds(30)

  /// - Parameter remarks: what connecting has to say.
  init(_ arguments: SessionArguments, _ runtime: Runtime, _ remarks: Remarks) {
    self.arguments = arguments
    self.runtime = runtime
    self.remarks = remarks
  }

  /// - Parameter tell: takes each finding as soon as it is there.
  /// - Returns: all of them; those up to the interrupt where there was one.
  func examine(_ tell: (Finding) async -> Void) async -> [Finding] {
    let (finding, configuration) = ConfigurationFile(ThisProcess.paths.configuration).examined()
    var findings = [finding]
    await tell(finding)
    let checks: [() async -> [Finding]] = [
      { await connectionFindings(configuration) }, { await journalFindings() }, { terminalFindings() },
    ]
    for check in checks where !Task.isCancelled {
      for finding in await check() where !Task.isCancelled {
        findings.append(finding)
        await tell(finding)
      }
    }
    return findings
  }

  // MARK: The service

  private static func skipped(_ subjects: [Finding.Subject], because reason: String) -> [Finding] {
    subjects.map { .skipped($0, because: reason) }
  }

  private func connectionFindings(_ configuration: Configuration?) async -> [Finding] {
    guard let configuration else {
      return Self.skipped(
        [.profile, .server, .key, .service, .clock, .limit], because: "the configuration is not valid")
    }
    let choice = arguments.server.choice(in: configuration)
    do {
      let server = try choice.server()
      let settings = ProfileSettings(server, namedBy: choice.profileSource, in: configuration, Journals(arguments))
      return [.profile(settings), .server(server)] + (await keyFindings(settings, server))
    } catch {
      let finding = Finding.problem(error)
      let subjects: [Finding.Subject] = [.profile, .server, .key, .service, .clock, .limit]
      return [finding]
        + Self.skipped(
          subjects.filter { $0 != finding.subject }, because: "the \(finding.subject.rawValue) is not known")
    }
  }

  private func keyFindings(_ settings: ProfileSettings, _ server: ChosenServer) async -> [Finding] {
    let session = runtime.session
    switch await Self.result({ () async throws(Failure) in try await session.connect(profile: nil) }) {
    case .failure(let failure):
      return [.problem(.key, failure, advice: "check the key of the profile in the configuration")]
        + Self.skipped([.service, .clock, .limit], because: "there is no key")
    case .success(let connection):
      let key = Finding.key(
        connection.client.keyKind, settings["key"], warnings: remarks.warnings.filter { $0 != connection.baseURL.hint },
        notes: remarks.notes)
      return [key] + (await serviceFindings(connection))
    }
  }

  private func serviceFindings(_ connection: Connection) async -> [Finding] {
    let clock = Runtime.effects.time.monotonic
    let start = clock()
    let tested = await Patience.value(within: Self.patience, Runtime.effects.time) { [session = runtime.session] in
      await Self.result { () async throws(Failure) in try await session.testKey() }
    }
    let advice = "check the server's url, the network, and the proxy in https_proxy"
    switch tested ?? .failure(.late("the service did not answer for \(Self.patience.components.seconds) s")) {
    case .success(let test):
      return [
        .service(test, in: clock() - start), .clock(offset: connection.clockOffset()), .limit(connection.rate()),
      ]
    case .failure(let failure):
      let service = Finding.problem(.service, failure, advice: advice)
      guard let offset = connection.clockOffset() else {
        return [service] + Self.skipped([.clock, .limit], because: "there is no response")
      }
      return [service, .clock(offset: offset), .limit(connection.rate())]
    }
  }

  private static func result<Value: Sendable>(
    _ work: @Sendable () async throws(Failure) -> Value
  ) async -> Result<Value, Failure> {
    do throws(Failure) {
      return .success(try await work())
    } catch {
      return .failure(error)
    }
  }

  // MARK: The journal

  private func journalFindings() async -> [Finding] {
    let location = Result { () throws(JournalError) in try Journals(arguments).location() }
    let health = await Patience.value(within: Self.patience, Runtime.effects.time) {
      await Self.health(of: location)
    }
    switch health {
    case .success(let health)?:
      let runs = Finding.runs(unfinished: health.unfinished) { run in
        runtime.finishCommand(ofRun: run.number, run.metadata)
      }
      return [.journal(health), runs]
    case .failure(let error)?:
      return [.journal(error), .skipped(.runs, because: "the journal can't be used")]
    case nil:
      return [
        .problem(
          .journal, "the journal did not answer for \(Self.patience.components.seconds) s",
          advice: "check whether its server or its disk is overloaded"),
        .skipped(.runs, because: "the journal can't be used"),
      ]
    }
  }

  private static func health(
    of location: Result<JournalLocation, JournalError>
  ) async -> Result<JournalHealth, JournalError> {
    do throws(JournalError) {
      return .success(try await location.get().health())
    } catch {
      return .failure(error)
    }
  }

  // MARK: The terminal

  private func terminalFindings() -> [Finding] {
    let (terminal, environment) = (ThisProcess.terminal, ThisProcess.environment)
    return [
      .terminal(TerminalFacts(terminal, environment, arguments.color)),
      .prompt(
        isInteractive: terminal.isInteractive, problem: terminal.isInteractive ? Self.lineEditorProblem() : nil),
      .pager(environment), .editor(environment), .locale(SystemLocale(environment)),
    ]
  }

  private static func lineEditorProblem() -> String? {
    do throws(LineReaderError) {
      let reader = try EditLineReader(
        history: nil, colour: false, completer: { _, cursor in CompletionResult(replaceFrom: cursor, candidates: []) })
      reader.close()
      return nil
    } catch {
      return error.description
    }
  }
}

/// What connecting had to say.
final class Remarks: Sendable {
  private let all = Mutex<[ConnectionRemark]>([])

  func add(_ remark: ConnectionRemark) { all.withLock { $0.append(remark) } }

  var notes: [String] {
    all.withLock { $0.compactMap { if case .note(let text) = $0 { text } else { nil } } }
  }

  var warnings: [String] {
    all.withLock { $0.compactMap { if case .warning(let text) = $0 { text } else { nil } } }
  }
}

extension ProfileSettings {
  /// With the journal that a command uses.
  init(
    _ server: ChosenServer, namedBy source: SettingSource, in configuration: Configuration, _ journals: Journals
  ) {
    self.init(
      server, namedBy: source, in: configuration,
      journal: Result { () throws(JournalError) in try journals.location() }, givenBy: journals.source)
  }
}

extension Finding {
  /// - Parameter advice: what is to be done where the failure does not say it.
  fileprivate static func problem(_ subject: Subject, _ failure: Failure, advice: String) -> Finding {
    .problem(subject, failure.diagnostic.message, advice: failure.diagnostic.label ?? advice)
  }
}

extension Failure {
  fileprivate static func late(_ message: String) -> Failure {
    Failure(.unreachable, Diagnostic(.apiUnreachable, message, at: .whole(of: "wh")))
  }
}
