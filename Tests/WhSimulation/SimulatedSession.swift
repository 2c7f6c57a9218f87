import WhAPI
import WhDeterminism
import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// The real interpreter in a simulated process.
struct SimulatedSession {
  static let profile = "simulated"
  static let host = "https://api.example.com"

  private let process: SimulatedProcess
  private let interpreter: Interpreter
  private let isPrompt: Bool

  /// - Parameter program: nil for a process that resumes.
  init(_ process: SimulatedProcess, _ program: History.Program?) {
    self.process = process
    process.isResuming = program == nil
    isPrompt = program?.isPrompt ?? false
    let world = process.world
    let journal = SimulatedJournal(process)
    let connection = Self.connection(process)
    let context = RunContext(
      openJournal: { _ in journal }, findJournal: { _ in journal }, user: "user", version: "1",
      processID: Int32(process.number), script: program.map { $0.isPrompt ? nil : "script.wh" } ?? nil,
      ignoresUnfinished: program?.ignoresUnfinished ?? false)
    let time = world.time
    let effects = Effects(
      time: TimeSource(now: { time.wall }, monotonic: { time.now }) { duration throws(CancellationError) in
        guard process.step() else { throw CancellationError() }
        try await time.sleep(duration)
        guard process.step() else { throw CancellationError() }
      },
      readFile: { _ throws(FileProblem) in throw FileProblem("no such file") })
    interpreter = Interpreter(
      Surroundings(
        effects: effects, redactor: Redactor(), connector: { _ throws(ConnectionProblem) in connection },
        context: context), options: Self.options(world.history.settings), answer: { _ in true })
  }

  private static func options(_ settings: History.Settings) -> SessionOptions {
    var options = SessionOptions()
    options.jobs = settings.jobs
    options.recheck = settings.recheck
    options.conflicts = SessionOptions.ConflictPolicy(rawValue: settings.conflicts) ?? .skip
    return options
  }

  /// The real client, over the simulated way to the service.
  private static func connection(_ process: SimulatedProcess) -> Connection {
    let environment = process.world.time.environment
    let governor = Governor(environment: environment)
    let paced = PacedTransport(SimulatedTransport(process: process), governor: governor)
    let client = HTTPAPIClient(
      sender: RetryingSender(paced, environment: environment), base: .service, key: key, environment: environment)
    return Connection(
      profile: profile, baseURL: .service, client: client, host: host, clockOffset: { governor.clockOffset })
  }

  private static let key: APIKey = {
    guard let key = try? APIKey("sk_admin_simulated") else { preconditionFailure("the key is well-formed") }
    return key
  }()

  // MARK: Work

  func run(_ steps: [History.Step]) async {
    for step in steps where !process.isOver {
      if case .wait(let milliseconds) = step {
        await process.world.pause(milliseconds)
      } else if let failure = await run(step), await stops(after: failure) {
        break
      }
    }
    await close()
  }

  /// What could not be written ends with the process.
  private func close() async {
    process.forgetUndurable()
    await interpreter.close()
  }

  private func stops(after failure: Failure) async -> Bool {
    if isPrompt { return false }
    return await interpreter.stops(after: failure)
  }

  /// - Returns: why the statement failed.
  private func run(_ step: History.Step) async -> Failure? {
    guard let text = step.text(apps: process.world.history.apps.count), let statement = Statements.statement(text)
    else {
      return nil
    }
    process.world.tell("process \(process.number): \(text)")
    do throws(Failure) {
      let reply = try await process.interruptible { [interpreter] in
        await Self.result { () async throws(Failure) in try await interpreter.execute(statement) }
      }.get()
      if let failure = reply.failure { tell(failure) }
      if process.isOver { return nil }
      process.expectation.note(step, reply, await interpreter.snapshot().view, process)
      if case .commit = step { ReplyRule(process).check(reply) }
      return reply.failure
    } catch {
      tell(error)
      return error
    }
  }

  private static func result(
    _ work: () async throws(Failure) -> Reply
  ) async -> Result<Reply, Failure> {
    do throws(Failure) {
      return .success(try await work())
    } catch {
      return .failure(error)
    }
  }

  private func tell(_ failure: Failure) {
    process.world.tell("process \(process.number) fails: \(failure.diagnostic.message)")
  }

  /// - Parameter number: the run; nil for all that are unfinished.
  func resume(_ number: Int?) async {
    process.world.tell("process \(process.number): resume \(number.map { "\($0)" } ?? "")")
    do throws(Failure) {
      let reply = try await process.interruptible { [interpreter] in
        await Self.result { () async throws(Failure) in try await interpreter.resume(number) }
      }.get()
      if let failure = reply.failure { tell(failure) }
      if !process.isOver { ReplyRule(process).check(reply) }
    } catch {
      tell(error)
    }
    await close()
  }
}

/// Statements that were parsed before, since the same few come again and again.
enum Statements {
  private final class Book: @unchecked Sendable {
    var statements: [String: Statement] = [:]
  }

  private static let book = Book()

  static func statement(_ text: String) -> Statement? {
    if let known = book.statements[text] { return known }
    let binder = Binder(
      readFile: { _ throws(FileProblem) in throw FileProblem("no such file") }, redactor: Redactor())
    let script = binder.bind(Source(name: "script.wh", text: text), in: Scope())
    precondition(!script.hasErrors && script.statements.count == 1, "`\(text)` is not a statement")
    book.statements[text] = script.statements[0]
    return script.statements[0]
  }
}
