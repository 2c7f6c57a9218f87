import Foundation

/// True while a process runs; false for a zombie.
package func isRunning(_ processID: pid_t) -> Bool {
  guard kill(processID, 0) == 0 else { return false }
  let state = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
  return state.map { !$0.contains(") Z ") && !$0.contains(") X ") } ?? true
}
