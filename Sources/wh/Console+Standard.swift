import WhSession
import WhShell
import WhSystem

extension Console {
  /// A console on the process's own streams.
  ///
  /// - Parameter isShown: false for a console that drops what it gets.
  static func standard(_ colour: ColourChoice, _ redactor: Redactor, isShown: Bool = true) -> Console {
    guard isShown else {
      return Console(terminal: TerminalTraits(), redactor: redactor, output: { _ in true }, error: { _ in true })
    }
    let terminal = ThisProcess.terminal
    let traits = TerminalTraits(
      columns: terminal.isOutputTerminal ? terminal.columns : nil, hasColourOutput: terminal.hasColourOutput(colour),
      hasColourError: terminal.hasColourError(colour))
    let output = StandardOutput()
    return Console(
      terminal: traits, redactor: redactor, output: { output.write($0) }, error: { StandardStreams.writeError($0) },
      outputProblem: { output.problem }, columns: { terminal.columns })
  }
}
