import Foundation

extension Environment {
  /// True when the first word of a command is a program that can be started.
  func hasProgram(of command: String) -> Bool {
    guard let name = command.split(separator: " ").first.map(String.init) else { return false }
    if name.contains("/") { return access(name, X_OK) == 0 }
    let folders = self["PATH"]?.split(separator: ":").map(String.init) ?? []
    return folders.contains { access($0 + "/" + name, X_OK) == 0 }
  }
}
