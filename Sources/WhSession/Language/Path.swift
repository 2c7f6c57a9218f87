/// Paths as texts, without a file system.
enum Path {
  /// The path without `.` and without `name/..`, so that one file has one name.
  static func normalized(_ path: String) -> String {
    var pieces: [Substring] = []
    for piece in path.split(separator: "/") where piece != "." {
      if piece == "..", let last = pieces.last, last != ".." { pieces.removeLast() } else { pieces.append(piece) }
    }
    let rest = pieces.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + rest : rest.isEmpty ? "." : rest
  }
}
