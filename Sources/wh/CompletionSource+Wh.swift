import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhShell
import WhSystem

extension CompletionSource {
  /// One with the profiles, the files and the kept names of this process's user.
  static func ofThisProcess(_ redactor: Redactor) -> CompletionSource {
    let profiles = (try? ConfigurationFile(ThisProcess.paths.configuration).load())?.profiles.keys.map(\.self) ?? []
    return CompletionSource(
      profiles: (Set(profiles).union([Configuration.sandbox])).sorted(), names: .ofThisProcess, redactor: redactor,
      readFile: { path in
        let path = ThisProcess.paths.expand(path)
        guard let file = FileInformation(path), file.isRegular, file.size < 1 << 20 else { return nil }
        return try? FileReader.read(path)
      }, listFolder: { Folder.list(ThisProcess.paths.expand($0)) })
  }
}

extension NameKeeping {
  fileprivate static let ofThisProcess = NameKeeping(
    load: { try? FileReader.read(ThisProcess.paths.names(ofProfile: $0)) },
    save: { profile, text in
      let path = ThisProcess.paths.names(ofProfile: profile)
      try? Folder.make(FilePath.folder(of: path))
      try? FileWriter.write(path, text)
    })
}

/// Completes the statements of `-c` for a shell, with the names that prompts have kept.
struct StatementCompletion {
  /// The newest first.
  let runs: [WhJournal.Run]

  /// What a text may become.
  ///
  /// - Parameter given: the options before it, of which earlier statements count, and what leads to a server.
  func candidates(
    _ text: String, after given: [CommandLineCompleter.GivenOption]
  ) -> [CommandLineCompletion.Candidate] {
    let earlier = given.filter { $0.name == "-c" }.compactMap(\.value).map { $0 + "\n" }.joined()
    let source = CompletionSource.ofThisProcess(Redactor())
    if let place = Self.place(given) {
      source.update(
        Snapshot(profile: place.profile, host: place.host),
        runs: runs.filter { $0.metadata.profile == place.profile && $0.metadata.host == place.host })
    }
    let line = earlier + text
    let result = source.complete(line, line.utf8.count)
    guard result.replaceFrom >= earlier.utf8.count else { return [] }
    let lead = String(decoding: line.utf8.prefix(result.replaceFrom).dropFirst(earlier.utf8.count), as: UTF8.self)
    return result.candidates.filter { Self.isPlain($0.text) }
      .map { CommandLineCompletion.Candidate(lead + $0.text, help: $0.hint ?? "") }
  }

  /// False for what would mean something else between the quotes of a shell.
  private static func isPlain(_ text: String) -> Bool { !text.contains { "'\"\\$`!".contains($0) } }

  private static func place(_ given: [CommandLineCompleter.GivenOption]) -> (profile: String, host: String)? {
    func value(_ name: String) -> String? { given.last { $0.name == name }?.value }
    let configuration = (try? ConfigurationFile(ThisProcess.paths.configuration).load()) ?? Configuration()
    let choice = ServerChoice(
      configuration, ThisProcess.environment, profile: value("--profile"), baseURL: value("--base-url"),
      isSandbox: given.contains { $0.name == "--sandbox" })
    guard let server = try? choice.server() else { return nil }
    return (server.profile, server.base?.description ?? Connections.standInHost)
  }
}
