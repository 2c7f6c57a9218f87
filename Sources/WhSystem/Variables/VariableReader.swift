import WhDomain

/// The value of a variable, and what is to be said with it.
package struct VariableReading: Equatable, Sendable {
  package let value: String
  /// What is wrong with the place where it stands.
  package let warning: String?
}

/// Reads the values of variables from where the command line says that they are.
package struct VariableReader: Sendable {
  private let environment: Environment
  private let command: CapturedCommand

  /// - Parameter clock: the time since some moment; never goes back.
  package init(_ environment: Environment, _ shell: Shell, clock: @escaping @Sendable () -> Duration) {
    self.environment = environment
    command = CapturedCommand(
      shell, clock: clock, mostTime: .seconds(CapturedCommand.Secret.seconds),
      mostBytes: CapturedCommand.Secret.kibibytes << 10)
  }

  /// The value of a variable. Of a file and of a command it is the text without the line ends at its end, as `$(…)` of a
  /// shell.
  ///
  /// - Throws: `VariableProblem` where there is none, or an empty one.
  package func read(_ variable: CommandLineVariable) async throws(VariableProblem) -> VariableReading {
    do throws(VariableProblem.Kind) {
      let reading = try await reading(variable)
      guard !reading.value.isEmpty else { throw .empty }
      return reading
    } catch {
      throw VariableProblem(variable: variable, kind: error)
    }
  }

  private func reading(_ variable: CommandLineVariable) async throws(VariableProblem.Kind) -> VariableReading {
    switch variable.source {
    case .text(let text): return VariableReading(value: text, warning: nil)
    case .environment:
      guard let value = environment[variable.name] else {
        throw environment.isSet(variable.name) ? .empty : .notSet
      }
      return VariableReading(value: value, warning: nil)
    case .file(let path): return try read(file: path, of: variable)
    case .command(let text): return VariableReading(value: try Self.text(try await output(of: text)), warning: nil)
    }
  }

  private func read(
    file path: String, of variable: CommandLineVariable
  ) throws(VariableProblem.Kind) -> VariableReading {
    let file = Paths(environment).expand(path)
    let bytes: [UInt8]
    do {
      bytes = try FileReader.read(file)
    } catch {
      throw .unreadable(error)
    }
    let isOpenToOthers = FileInformation(file).map { $0.permissions & 0o077 != 0 } ?? false
    return VariableReading(
      value: try Self.text(bytes),
      warning: isOpenToOthers
        ? "the file `\(path)` of \(variable.option) \(variable.name) is accessible to other users: run `chmod 600` on it"
        : nil)
  }

  private func output(of text: String) async throws(VariableProblem.Kind) -> [UInt8] {
    switch await command.run(text) {
    case .printed(let bytes): return bytes
    case .ended(let end): throw .commandEnded(end)
    case .timedOut: throw .commandTimedOut(seconds: CapturedCommand.Secret.seconds)
    case .printedTooMuch: throw .commandPrintedTooMuch(kibibytes: CapturedCommand.Secret.kibibytes)
    case .cancelled: throw .interrupted
    }
  }

  /// A byte order mark does not count.
  private static func text(_ bytes: [UInt8]) throws(VariableProblem.Kind) -> String {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    let ends = text.reversed().prefix { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.count
    guard let value = String(validating: text.dropLast(ends), as: UTF8.self) else { throw .notUTF8 }
    return value
  }
}
