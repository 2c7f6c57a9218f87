/// Paths as texts, without a file system.
package enum FilePath {
  /// The path without `.` and without `name/..`, so that one file has one name.
  package static func normalized(_ path: String) -> String {
    var pieces: [Substring] = []
    for piece in path.split(separator: "/") where piece != "." {
      if piece == "..", let last = pieces.last, last != ".." { pieces.removeLast() } else { pieces.append(piece) }
    }
    let rest = pieces.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + rest : rest.isEmpty ? "." : rest
  }

  /// The folder part of a path; empty for a name alone.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
