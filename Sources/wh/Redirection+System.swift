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

  /// - Parameter input: the text that the command reads; nil for the standard input of this process.
  static func run(
    _ text: String, _ input: String?, isInteractive: Bool, _ interruption: Interruption
  ) async -> CommandEnd {
    let command = SystemCommand(ThisProcess.shell, hasInterrupts: isInteractive)
    return await interruption.handingOver(to: {
      // Once the command has ended, nothing but this says that it was for an interrupt.
      interruption.cancel()
      command.terminate()
    }) {
      await command.run(text, input: input)
    }
  }
}

extension Pager {
  /// The user's pager; nil where there is none.
  static func system(_ interruption: Interruption, _ typedAhead: TypedAhead) -> Pager? {
    guard let program = PagerProgram(ThisProcess.environment) else { return nil }
    return Pager(size: { ThisProcess.terminal.size }, isTypedAhead: { typedAhead.isWaiting }) { text in
      switch await Redirection.run(program.command, text, isInteractive: true, interruption) {
      case .exited(let status): status == 0
      // The user ended it.
      case .killed: true
      case .notStarted: false
      }
    }
  }
}

extension SystemRecordedFile: RecordedFile {}
