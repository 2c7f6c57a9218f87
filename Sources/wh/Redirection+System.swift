import Foundation
import WhDomain
import WhShell
import WhSystem

extension Redirection {
  /// The files of this process, and commands that its shell runs.
  static func system(isInteractive: Bool, _ interruption: Interruption) -> Redirection {
    let paths = ThisProcess.paths
    return Redirection(
      isFilled: { FileInformation.isFilled(paths.expand($0)) },
      write: { path, text, mode throws(FileProblem) in
        switch mode {
        case .replace: try FileWriter.write(paths.expand(path), text)
        case .append: try FileWriter.append(paths.expand(path), text)
        }
      },
      run: { await run($0, $1, isInteractive: isInteractive, interruption) })
  }

  fileprivate static func run(
    _ text: String, _ input: String, isInteractive: Bool, _ interruption: Interruption
  ) async -> CommandEnd {
    let command = SystemCommand(ThisProcess.shell, hasInterrupts: isInteractive)
    return await interruption.handingOver(to: {
      // Once the command has ended, nothing but this says that it was for an interrupt.
      interruption.cancel()
      command.terminate()
    }) {
      let end = await command.run(text, input: input)
      // Ctrl-C reaches the command first, so that it may end before the signal is seen here. Shells judge by the same sign.
      if end == .killed(signal: Int(SIGINT)) { interruption.cancel() }
      return end
    }
  }
}

extension Pager {
  /// The user's pager; nil where there is none.
  static func system(_ interruption: Interruption) -> Pager? {
    guard let program = PagerProgram(ThisProcess.environment) else { return nil }
    return Pager(size: { ThisProcess.terminal.size }) { text in
      let end = await Redirection.run(program.command, text, isInteractive: true, interruption)
      return end != .exited(127) && end != .exited(126)
    }
  }
}

extension SystemRecordedFile: RecordedFile {}
