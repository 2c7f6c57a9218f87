import WhDomain

extension ConfigurationFile {
  /// What is to be said of the file, with what it says where it is valid.
  package func examined() -> (finding: Finding, configuration: Configuration?) {
    guard let information = FileInformation(path) else {
      return (.ok(.configuration, "no \(path): all settings have their defaults"), Configuration())
    }
    do {
      let configuration = try load()
      let detail = "\(path), \(configuration.profiles.count.counting("profile"))"
      let finding: Finding =
        information.isOpenToOthers
        ? .warning(
          .configuration, "\(detail), accessible to other users", advice: "run `chmod 600` on it")
        : .ok(.configuration, detail)
      return (finding, configuration)
    } catch {
      return (.problem(.configuration, error.message, advice: error.advice), nil)
    }
  }
}

// MARK: - Wording

extension ConfigurationProblem {
  /// What to do about a file that can't be used.
  fileprivate var advice: String {
    isUnreadable ? "make sure that only you can read and write the file and its folder" : "fix the file"
  }
}
