import ArgumentParser
import Foundation
import WhDomain
import WhSession
import WhSyntax
import WhSystem

/// The values of the variables of the command line, as they were read before anything else.
struct VariableValues {
  private(set) var values: [String: String] = [:]
  /// The names of those that are secrets whatever their names say.
  private(set) var secrets: Set<String> = []
  private(set) var warnings: [String] = []
  private(set) var problems: [VariableProblem] = []

  /// Those of a command that takes none.
  static let none = VariableValues()

  private init() {}

  /// Reads them one after the other: a command may ask something at the terminal.
  init(reading variables: [CommandLineVariable]) async {
    let reading = Task { await Self.read(variables) }
    let hasCommands = variables.contains { if case .command = $0.source { true } else { false } }
    // The processes of a command are not those of this one, and would stay.
    let signals = hasCommands ? SignalListener([SIGINT, SIGTERM, SIGHUP]) { _ in reading.cancel() } : nil
    defer { withExtendedLifetime(signals) {} }
    self = await reading.value
  }

  private static func read(_ variables: [CommandLineVariable]) async -> VariableValues {
    let reader = VariableReader(ThisProcess.environment, ThisProcess.shell, clock: Runtime.effects.time.monotonic)
    var values = VariableValues()
    for variable in variables {
      do throws(VariableProblem) {
        let reading = try await reader.read(variable)
        values.values[variable.name] = reading.value
        if variable.isSecret { values.secrets.insert(variable.name) }
        if let warning = reading.warning { values.warnings.append(warning) }
      } catch {
        values.problems.append(error)
        if error.kind == .interrupted { break }
      }
    }
    return values
  }

  /// Hides what is a secret from now on.
  func hide(by redactor: Redactor) {
    for (name, value) in values {
      if secrets.contains(name) {
        redactor.learn(value: value)
      } else if Redactor.isSecret(name: name) {
        redactor.learn(value)
      }
      redactor.learn(urlsIn: value)
    }
  }

  func scope(ownEvents: [String]) -> Scope { Scope(fixed: values, secrets: secrets, ownEvents: ownEvents) }
}

extension VariableProblem {
  /// The exit code of a command that can't begin without the value.
  var exit: ExitCode {
    switch kind {
    case .notSet, .empty: ExitStatus.wrongUsage
    case .unreadable, .notUTF8, .commandEnded, .commandTimedOut, .commandPrintedTooMuch: ExitStatus.unreadableFile
    case .interrupted: ExitStatus.code(for: .stopped)
    }
  }

  var diagnostic: Diagnostic {
    let code: DiagnosticCode =
      switch kind {
      case .notSet: .unknownVariable
      case .empty: .emptyText
      case .unreadable, .notUTF8: .unreadableFile
      case .commandEnded, .commandTimedOut, .commandPrintedTooMuch: .commandFailed
      case .interrupted: .interrupted
      }
    return Diagnostic(code, message, at: .whole(of: "wh"))
  }
}
