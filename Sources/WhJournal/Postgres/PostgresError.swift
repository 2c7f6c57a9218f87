/// Why a statement, or a connection, failed.
enum PostgresError: Error, Equatable {
  /// There is no connection any more; what was sent last may have been done or not.
  case lost(String)
  /// The server refused a statement, with the code of SQLSTATE and its words; nothing of it was done.
  case refused(code: String, String)
}

extension PostgresError {
  /// The words of libpq or the server in one line.
  static func line(_ message: String) -> String {
    message.split(separator: "\n").filter { !$0.hasPrefix("\t") }.joined(separator: "; ")
  }

  /// - Parameter code: nil where the server did not answer.
  init(code: String?, _ message: String) {
    let message = Self.line(message)
    guard let code else {
      self = .lost(message)
      return
    }
    // 08: connection exceptions; 57P: the server shuts down, has crashed, or is starting.
    self = code.hasPrefix("08") || code.hasPrefix("57P") ? .lost(message) : .refused(code: code, message)
  }
}

extension JournalError {
  /// What anything thrown on the way means for the journal.
  init(_ error: any Error, at address: PostgresAddress) {
    switch error {
    case let error as JournalError: self = error
    case let error as DamagedText: self = address.error(.corrupt(run: nil), error.description)
    case PostgresError.lost(let words): self = address.error(.lost, words)
    case PostgresError.refused(let code, let words): self = address.error(Kind(code), words)
    default: self = address.error(.unwritable, "\(error)")
    }
  }
}

extension JournalError.Kind {
  /// What a code of SQLSTATE means for the journal (PostgreSQL's manual, "PostgreSQL Error Codes").
  fileprivate init(_ code: String) {
    switch code {
    case "53100": self = .full
    // A lock or an answer that took too long, and what two transactions wait for of each other.
    case "55P03", "57014", "40P01", "40001": self = .busy
    // A table or a column is missing, a value has the wrong type, or a rule of a table is broken.
    case "42P01", "42703", "42804", "3F000": self = .corrupt(run: nil)
    case let code where code.hasPrefix("22") || code.hasPrefix("23"): self = .corrupt(run: nil)
    default: self = .unwritable
    }
  }
}
