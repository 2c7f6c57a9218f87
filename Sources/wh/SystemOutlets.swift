import Foundation
import WhSession
import WhShell

/// The outlets of a process: its files, the shell's commands, and the user's pager.
enum SystemOutlets {
  static func outlets(isInteractive: Bool, _ interruption: Interruption) -> Outlets {
    Outlets(
      isFilled: { SystemFiles.isFilled(Paths.expand($0)) },
      write: { path, text, mode throws(FileProblem) in
        switch mode {
        case .replace: try SystemFiles.write(Paths.expand(path), text)
        case .append: try SystemFiles.append(Paths.expand(path), text)
        }
      },
      run: { await run($0, $1, isInteractive: isInteractive, interruption) },
      pager: isInteractive ? pager(interruption) : nil)
  }

  private static func run(
    _ text: String, _ input: String, isInteractive: Bool, _ interruption: Interruption
  ) async -> Outlets.CommandEnd {
    let command = SystemCommand(hasInterrupts: isInteractive)
    return await interruption.handingOver(to: {
      // Once the command has ended, nothing but this says that it was for an interrupt.
      interruption.cancel()
      command.terminate()
    }) {
      await command.run(text, input: input)
    }
  }

  private static func pager(_ interruption: Interruption) -> Pager? {
    let environment = ProcessInfo.processInfo.environment
    let program = environment["PAGER"] ?? "less -FRX"
    guard environment["TERM"] != "dumb", isInstalled(program) else { return nil }
    return Pager(size: { SystemTerminal.size }) { text in
      // A pager named by itself is told to show colours, and to end at once where all fits.
      let command = "LESS=${LESS-FRX} LV=${LV--c}; export LESS LV; \(program)"
      let end = await run(command, text, isInteractive: true, interruption)
      return end != .exited(127) && end != .exited(126)
    }
  }

  /// True when the first word of a command is a program that can be started.
  private static func isInstalled(_ command: String) -> Bool {
    guard let name = command.split(separator: " ").first.map(String.init) else { return false }
    if name.contains("/") { return access(name, X_OK) == 0 }
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
    return folders.contains { access($0 + "/" + name, X_OK) == 0 }
  }
}
