import Foundation
import Synchronization
import Testing
import WhDeterminism
import WhTestSupport

/// What a round of kills does to a process, or to the database of its journal.
struct Blow: Sendable {
  let name: String
  /// True where the process does not live on.
  let kills: Bool
  let strike: @Sendable (WhChild) -> Void

  static let kill = Blow(name: "killed", kills: true) { $0.signal(SIGKILL) }

  /// A moment for it. The database is only struck once the run has begun: before, nothing is sent without it.
  func moment(writes: Int, jobs: Int, _ random: inout SeededGenerator) -> Killer.Moment {
    if name == Blow.kill.name { return .random(writes: writes, jobs: jobs, using: &random) }
    return .atWrite(1 + random.below(max(writes, 1)))
  }
}

/// A database that is struck while a run uses it.
final class CrashDatabase: Sendable {
  private let server: PostgresServer
  private let schema = SharedJournal.newSchema()
  /// Held for as long as a blow takes.
  private let striking = Mutex(())

  init(_ server: PostgresServer) {
    self.server = server
  }

  var url: String { server.url(schema: schema) }

  func blow(_ random: inout SeededGenerator) -> Blow {
    let blows = [
      Blow.kill,
      Blow(name: "its backend ended", kills: false) { [self] _ in strike { try self.endBackends() } },
      Blow(name: "its backend ended and killed", kills: true) { [self] child in
        strike { try self.endBackends() }
        child.signal(SIGKILL)
      },
      Blow(name: "its database crashed", kills: false) { [self] _ in
        strike {
          try self.server.stopAtOnce()
          try self.server.start()
        }
      },
      Blow(name: "its database crashed and killed", kills: true) { [self] child in
        strike {
          try self.server.stopAtOnce()
          child.signal(SIGKILL)
          try self.server.start()
        }
      },
    ]
    return blows[random.below(blows.count)]
  }

  /// Waits for the end of a blow.
  func awaitBlow() { striking.withLock { _ in } }

  private func strike(_ work: () throws -> Void) {
    striking.withLock { _ in
      do { try work() } catch { Issue.record("the database could not be struck: \(error)") }
    }
  }

  private func endBackends() throws {
    try server.sql("SELECT pg_terminate_backend(backend, 10000) FROM \(schema).live_locks")
  }
}
