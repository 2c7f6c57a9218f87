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
  }

  package let kind: Kind
  /// Where the journal is.
  package let place: String
  /// The system's words, or the place of the damage; empty where the kind says all.
  package let detail: String

  init(_ kind: Kind, at place: String, _ detail: String = "") {
    self.kind = kind
    self.place = place
    self.detail = detail
  }

  /// The same error, with the run that it was met in.
  func inRun(_ number: Int) -> JournalError {
    kind == .corrupt(run: nil) ? JournalError(.corrupt(run: number), at: place, detail) : self
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
    }
  }

  /// What to do about it: one line, without a full stop.
  package var advice: String {
    switch kind {
    case .newerVersion: "install the latest wh, or set XDG_STATE_HOME to another folder"
    case .notAJournal: "move the file away, or set XDG_STATE_HOME to another folder"
    case .corrupt:
      "check it with `wh runs check`, then move it and its -wal and -shm files away; its runs can't be undone"
    case .unwritable: "make the file and its folder writable, or set XDG_STATE_HOME to another folder"
    case .unreadable: "make the file and its folder readable"
    case .exposed: "have its owner run `chmod 600` on it, or set XDG_STATE_HOME to another folder"
    case .full: "free some space, for example with `wh runs prune`, or set XDG_STATE_HOME to a folder on another disk"
    case .busy: "wait for the other wh process to finish, then try again"
    case .noSuchRun: "run `wh runs` for a list"
    case .executing(_, let holder?): holder.advice
    case .executing(_, nil): LockHolder.advice
    case .closed: "start wh again"
    }
  }
}
