import WhSyntax

/// The files and folders whose paths begin as what is typed.
struct FileCandidates {
  let candidates: [Candidate]
  /// True if the only candidate is a folder, in which the path continues.
  let isOneFolder: Bool

  init(_ partial: PartialWord, _ list: (_ path: String) -> [(name: String, isFolder: Bool)]) {
    let typed = partial.text
    guard typed != "~" else {
      candidates = [partial.candidate("~/")]
      isOneFolder = true
      return
    }
    let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let prefix = typed.dropFirst(folder.count)
    let found = list(folder.isEmpty ? "." : folder)
      .filter { $0.name.hasPrefix(prefix) && (prefix.hasPrefix(".") || !$0.name.hasPrefix(".")) }
      .sorted { $0.name < $1.name }
    candidates = found.map { entry in
      let name = entry.name + (entry.isFolder ? "/" : "")
      return partial.candidate(folder + name, display: name, isOpen: entry.isFolder)
    }
    isOneFolder = found.count == 1 && found[0].isFolder
  }
}
