import WhSession
import WhShell
import WhSystem

extension Console {
  /// A console for the process's terminal.
  ///
  /// - Parameter streams: where it writes; by default the process's own streams.
  static func standard(
    _ colour: ColourChoice, _ redactor: Redactor, _ streams: OutputStreams = .standard
  ) -> Console {
    let terminal = ThisProcess.terminal
    let traits = TerminalTraits(
      columns: terminal.isOutputTerminal ? terminal.columns : nil, hasColourOutput: terminal.hasColourOutput(colour),
      hasColourError: terminal.hasColourError(colour))
    return Console(terminal: traits, redactor: redactor, streams, columns: { terminal.columns })
  }
}

extension OutputStreams {
  /// The process's own.
  static var standard: OutputStreams {
    let output = StandardOutput()
    return OutputStreams(
      output: { output.write($0) }, error: { StandardStreams.writeError($0) }, outputProblem: { output.problem })
  }
}
