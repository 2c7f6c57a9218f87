/// Why the journal can't be used, with what to do about it.
package struct JournalError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Kind: Equatable, Sendable {
    /// Written by a later version of this tool.
    case newerVersion
    /// A file, and even a database, that some other program made.
    case notAJournal
    /// Damaged: the file as such, or what is written in a run.
    case corrupt(run: Int?)
    case unwritable
    case unreadable
    /// Other users may read or write it, and that can't be changed.
    case exposed
    case full
    /// Another process held it for too long.
    case busy
    case noSuchRun(Int)
    /// Another process is at the run.
    case executing(Int, by: LockHolder?)
    /// It was closed, or the process that opened it counts as dead.
    case closed
    /// What is given for its address is not one.
    case badAddress
    /// The library that speaks to its server is missing.
    case noLibrary
    /// There is no connection to its server.
    case unreachable
    /// There was a connection to its server, and another one could not be had in time.
    case lost
    /// Its server can't hold a journal.
    case unsupported
    /// While the connection was lost, another process took the lock that this one held.
    case taken(by: LockHolder?)
  }

  /// What the journal is kept in.
  package enum Medium: Equatable, Sendable {
    case file, database
  }

  package let kind: Kind
  /// Where the journal is.
  package let place: String
  /// The system's words, or the place of the damage; empty where the kind says all.
  package let detail: String
  let medium: Medium

  package init(_ kind: Kind, at place: String, _ detail: String = "", in medium: Medium = .file) {
    self.kind = kind
    self.place = place
    self.detail = detail
    self.medium = medium
  }

  /// The same error, with the run that it was met in.
  func inRun(_ number: Int) -> JournalError {
    kind == .corrupt(run: nil) ? JournalError(.corrupt(run: number), at: place, detail, in: medium) : self
  }
}

// MARK: - Wording

extension JournalError {
  /// One line, without a full stop.
  package var description: String {
    let reason = detail.isEmpty ? "" : ": \(detail)"
    switch kind {
    case .newerVersion: return "the journal \(place) was written by a newer version of wh"
    case .notAJournal: return "\(place) is not a wh journal"
    case .corrupt(let run?): return "the journal \(place) is damaged in run \(run)\(reason)"
    case .corrupt(nil): return "the journal \(place) is damaged\(reason)"
    case .unwritable: return "the journal \(place) can't be written\(reason)"
    case .unreadable: return "the journal \(place) can't be read\(reason)"
    case .exposed: return "the journal file \(place) is readable or writable by other users"
    case .full: return "no space left on the disk for the journal \(place)"
    case .busy: return "the journal \(place) is locked by another process"
    case .noSuchRun(let number): return "the journal has no run \(number)"
    case .executing(let number, let holder?): return "run \(number) is in progress: \(holder)"
    case .executing(let number, nil): return "run \(number) is in progress in another wh process"
    case .closed: return "the journal \(place) is closed"
    case .badAddress: return "the address of the journal in \(place) is not valid: it \(detail)"
    case .noLibrary: return "the journal \(place) can't be used\(reason)"
    case .unreachable: return "the journal \(place) can't be reached\(reason)"
    case .lost: return "the connection to the journal \(place) was lost\(reason)"
    case .unsupported: return "the journal \(place) can't be used\(reason)"
    case .taken(let holder?): return "another wh process took over while the journal was out of reach: \(holder)"
    case .taken(nil): return "another wh process took over while the journal was out of reach"
    }
  }

  /// What to do about it: one line, without a full stop.
  package var advice: String {
    switch kind {
    case .newerVersion: "install the latest wh, or \(medium.elsewhere)"
    case .notAJournal: medium == .file ? "move the file away, or \(medium.elsewhere)" : medium.elsewhere
    case .corrupt: medium.afterDamage
    case .unwritable: medium.toWrite
    case .unreadable: "make the file and its folder readable"
    case .exposed: "have its owner run `chmod 600` on it, or set XDG_STATE_HOME to another folder"
    case .full: medium.afterFull
    case .busy: "wait for the other wh process to finish, then try again"
    case .noSuchRun: "run `wh runs` for a list, or `show runs` at the prompt"
    case .executing(_, let holder?): holder.advice
    case .executing(_, nil): LockHolder.advice
    case .closed: "start wh again"
    case .badAddress: "write it as `postgresql://USER@HOST/DATABASE`"
    case .noLibrary: "or keep the journal in a file, without `journal` in the profile, WH_JOURNAL and --journal"
    case .unreachable: trustAdvice ?? "check the url, the server and its password, then try again"
    case .lost: "try again when the server is back"
    case .unsupported: "use a database with the encoding UTF8 on a newer server"
    case .taken: "run `wh runs` to see what it did"
    }
  }
}

extension JournalError {
  /// What to do where the server is not trusted, or wants to be reached over TLS, by libpq's words; nil where it is not that.
  private var trustAdvice: String? {
    if detail.contains("does not match host name") {
      return "use a host name in the url that the certificate contains"
    }
    if detail.contains("certificate") {
      return
        "set `sslrootcert` in the url, or PGSSLROOTCERT, to the file of the certificate authority"
    }
    return detail.contains("no encryption") ? "connect over TLS, with `sslmode=verify-full` in the url" : nil
  }
}

extension JournalError.Medium {
  fileprivate var elsewhere: String {
    switch self {
    case .file: "set XDG_STATE_HOME to another folder"
    case .database: "name another schema in the url, as in `?schema=wh2`"
    }
  }

  fileprivate var afterDamage: String {
    switch self {
    case .file:
      "check it with `wh runs check`, then move it and its -wal and -shm files away; its runs can't be undone"
    case .database: "check it with `wh runs check`, and restore it from a backup of the database"
    }
  }

  fileprivate var toWrite: String {
    switch self {
    case .file: "make the file and its folder writable, or \(elsewhere)"
    case .database: "grant the database user rights on the schema, and use a server that accepts writes"
    }
  }

  fileprivate var afterFull: String {
    switch self {
    case .file: "free some space, for example with `wh runs prune`, or set XDG_STATE_HOME to a folder on another disk"
    case .database: "free some space on the disk of the server, for example with `wh runs prune`"
    }
  }
}
