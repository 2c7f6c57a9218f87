import Foundation
import Synchronization
import WhDomain
import WhFiles

/// A command of the shell's, in the terminal's foreground beside this process.
package final class SystemCommand: Sendable {
  private struct State {
    var child: ChildProcess?
    var isTerminated = false
  }

  /// True where no terminal is in play: then the command is a process group of its own, which can be ended as a whole. On
  /// a terminal it must be in the foreground with this process, and has its Ctrl-C from there.
  private let hasOwnGroup = ![STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO].contains { isatty($0) == 1 }

  private let state = Mutex(State())
  private let hasInterrupts: Bool
  private let shell: Shell

  /// - Parameter hasInterrupts: true for a command at a prompt, which Ctrl-C is to end, and nothing else.
  package init(_ shell: Shell, hasInterrupts: Bool) {
    self.shell = shell
    self.hasInterrupts = hasInterrupts
  }

  /// Runs a command, waits for its end, and restores the terminal.
  ///
  /// - Parameter input: the text that it reads; nil for the standard input of this process.
  package func run(_ command: String, input: String?) async -> CommandEnd {
    await withCheckedContinuation { continuation in
      // The command may take its time to read, which is not to hold up one of the pool's threads.
      Thread { [self] in continuation.resume(returning: runHere(command, input)) }.start()
    }
  }

  /// Asks the command to end, or to end as soon as it has begun.
  package func terminate() {
    state.withLock { state in
      state.isTerminated = true
      state.child?.signal(SIGTERM)
    }
  }

  private func runHere(_ command: String, _ input: String?) -> CommandEnd {
    var settings = termios()
    let isTerminal = tcgetattr(STDIN_FILENO, &settings) == 0
    defer {
      // A program that was killed may leave the terminal raw.
      if isTerminal { tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) }
    }
    // As `system` has it: the terminal sends Ctrl-C to this process too, and handling it later, when the command has ended,
    // it would take it for its own.
    let handlers = hasInterrupts ? [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) } : []
    defer {
      for (number, handler) in handlers { signal(number, handler) }
    }
    do throws(SystemError) {
      guard let input else {
        let child = try shell.start(Self.staying(command), hasOwnGroup: hasOwnGroup)
        note(child)
        return child.reap()
      }
      let (child, inlet) = try start(command)
      note(child)
      // A command that has read enough ends, which is not an error.
      _ = Descriptor.write(Array(input.utf8), to: inlet)
      close(inlet)
      return child.reap()
    } catch {
      return .notStarted(error.reason)
    }
  }

  private func note(_ child: ChildProcess) {
    state.withLock { state in
      state.child = child
      if state.isTerminated { child.signal(SIGTERM) }
    }
  }

  /// The shell stays until its programs have ended: a Ctrl-C is theirs, and some, as a pager, live on.
  private static func staying(_ command: String) -> String { "trap : INT QUIT\n" + command }

  /// - Returns: the command, and where its input is written.
  private func start(_ command: String) throws(SystemError) -> (ChildProcess, Int32) {
    let ends = try PipeEnds()
    defer { close(ends.source) }
    do throws(SystemError) {
      return (
        try shell.start(Self.staying(command), input: .descriptor(ends.source), hasOwnGroup: hasOwnGroup), ends.sink
      )
    } catch {
      close(ends.sink)
      throw error
    }
  }
}
