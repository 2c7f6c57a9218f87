import WhJournal
import WhSession

/// Does single steps of a migration, and says what is wrong with one that fails.
struct MigrationSteps: Sendable {
  let runner: any MigrationRunner

  /// Does what a session does.
  func session<Value: Sendable>(
    _ work: @Sendable () async throws(Failure) -> Value
  ) async throws(MigrationStop) -> Value {
    do {
      return try await work()
    } catch {
      await runner.report(.diagnostic(error.diagnostic))
      throw MigrationStop(kind: error.kind)
    }
  }

  /// Does what the journal does.
  func journal<Value: Sendable>(
    _ work: @Sendable () async throws(JournalError) -> Value
  ) async throws(MigrationStop) -> Value {
    do {
      return try await work()
    } catch {
      throw await stop(.journal(error))
    }
  }

  /// Says what is wrong.
  ///
  /// - Returns: the end that this means.
  func stop(_ problem: MigrationProblem) async -> MigrationStop {
    await report(problem)
    return MigrationStop(kind: problem.kind)
  }

  func report(_ problem: MigrationProblem) async { await runner.report(.diagnostic(problem.diagnostic)) }
}

/// The end of a migration before its time; what is wrong was said.
struct MigrationStop: Error {
  let kind: Failure.Kind
}
