import WhDomain
import WhFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The prompt's history on disk, shared by all sessions of a user: an entry a line, oldest first.
///
/// Every change is made under an advisory lock on the file itself, so that sessions do not overwrite each other's lines. A line
/// that cannot be read is skipped, never an error.
package struct HistoryFile: Sendable {
  /// Where it is.
  package let path: String
  /// How many entries it holds at most.
  package let limit: Int
  private let isSecret: @Sendable (String) -> Bool

  /// `isSecret` says which lines must never be kept.
  package init(
    path: String, limit: Int = 10_000, isSecret: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    self.path = path
    self.limit = max(limit, 1)
    self.isSecret = isSecret
  }

  /// Whether a line belongs into a history at all: it says something, does not begin with a space, and holds no secret.
  package func accepts(_ line: String) -> Bool {
    guard let first = line.unicodeScalars.first, first != " " else { return false }
    return line.unicodeScalars.contains { !$0.properties.isWhitespace } && !isSecret(line)
  }

  /// The entries, oldest first; none when there is no file yet.
  package func load() throws(HistoryFileError) -> [String] {
    guard let file = try open(O_RDONLY) else { return [] }
    defer { close(file) }
    return Self.entries(try read(file)).suffix(limit).map { $0 }
  }

  /// Adds an entry, unless it is not accepted or the newest says the same. Past the limit the oldest tenth is dropped.
  package func append(_ line: String) throws(HistoryFileError) {
    guard accepts(line) else { return }
    try makeFolder()
    guard let file = try open(O_RDWR | O_CREAT | O_APPEND) else { return }
    defer { close(file) }
    let content = try read(file)
    // Only the newest entry is decoded: this runs between a line and the next prompt.
    let lines = content.split(separator: Self.newline)
    guard lines.last.flatMap(HistoryEntryCoding.decode) != line else { return }
    if lines.count >= limit {
      let kept = lines.compactMap(HistoryEntryCoding.decode).suffix(limit - max(limit / 10, 1))
      try replace(file, by: kept + [line])
    } else {
      // A session that was killed, or a full disk, may have left a line without its end.
      let start = content.isEmpty || content.last == Self.newline ? "" : "\n"
      try write(Array("\(start)\(HistoryEntryCoding.encode(line))\n".utf8), to: file, undoTo: content.count)
    }
  }

  /// Drops the entries that turned out to hold a secret after they were added, here or by another session.
  package func purge() throws(HistoryFileError) {
    guard let file = try open(O_RDWR) else { return }
    defer { close(file) }
    let lines = try read(file).split(separator: Self.newline)
    guard lines.contains(where: { isSecret(HistoryEntryCoding.decode($0) ?? String(decoding: $0, as: UTF8.self)) })
    else { return }
    try replace(file, by: lines.compactMap(HistoryEntryCoding.decode).filter { !isSecret($0) })
  }

  /// Whether an entry must not be kept.
  package func holdsSecret(_ entry: String) -> Bool { isSecret(entry) }

  private static let newline = UInt8(ascii: "\n")

  private static func entries(_ content: [UInt8]) -> [String] {
    content.split(separator: newline).compactMap(HistoryEntryCoding.decode)
  }

  // MARK: - Files

  /// Opens and locks the file, or gives nil when it is absent and not to be created.
  private func open(_ flags: Int32) throws(HistoryFileError) -> Int32? {
    while true {
      #if canImport(Glibc)
        let file = Glibc.open(path, flags | O_CLOEXEC, 0o600)
      #else
        let file = Darwin.open(path, flags | O_CLOEXEC, 0o600)
      #endif
      guard file >= 0 else {
        if errno == ENOENT, flags & O_CREAT == 0 { return nil }
        throw HistoryFileError(path: path, code: errno)
      }
      let isExclusive = flags & O_ACCMODE == O_RDWR
      while flock(file, isExclusive ? LOCK_EX : LOCK_SH) != 0 {
        guard errno == EINTR else { throw failure(closing: file) }
      }
      var opened = stat()
      var current = stat()
      guard fstat(file, &opened) == 0 else { throw failure(closing: file) }
      // Another session may have put a new file in its place while this one waited for the lock.
      if stat(path, &current) == 0, opened.st_ino == current.st_ino, opened.st_dev == current.st_dev {
        if isExclusive, opened.st_mode & S_IFMT == S_IFREG, opened.st_mode & 0o077 != 0 { fchmod(file, 0o600) }
        return file
      }
      close(file)
    }
  }

  private func failure(closing file: Int32) -> HistoryFileError {
    let error = HistoryFileError(path: path, code: errno)
    close(file)
    return error
  }

  private func read(_ file: Int32) throws(HistoryFileError) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(file, &chunk, chunk.count)
      #else
        let count = Darwin.read(file, &chunk, chunk.count)
      #endif
      if count == 0 { return content }
      if count > 0 {
        content += chunk[..<count]
      } else if errno != EINTR {
        throw HistoryFileError(path: path, code: errno)
      }
    }
  }

  /// Writes all of it or, when the disk is full, nothing.
  private func write(_ bytes: [UInt8], to file: Int32, undoTo size: Int) throws(HistoryFileError) {
    let error = Descriptor.write(bytes, to: file)
    guard error != 0 else { return }
    ftruncate(file, off_t(size))
    throw HistoryFileError(path: path, code: error)
  }

  /// Replaces the locked file; a process that waits for the lock of the old one finds that it was replaced.
  private func replace(_ file: Int32, by entries: some Sequence<String>) throws(HistoryFileError) {
    // A history that is a link stays one.
    let target = realpath(path, nil).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    var template = Array("\(target ?? path).XXXXXX".utf8CString)
    // It creates the file with mode 0600.
    let new = mkstemp(&template)
    guard new >= 0 else { throw HistoryFileError(path: path, code: errno) }
    defer { close(new) }
    let text = entries.map { HistoryEntryCoding.encode($0) + "\n" }.joined()
    do throws(HistoryFileError) {
      try write(Array(text.utf8), to: new, undoTo: 0)
      guard rename(template, target ?? path) == 0 else { throw HistoryFileError(path: path, code: errno) }
    } catch {
      unlink(template)
      throw error
    }
  }

  /// Creates the folders on the way with mode 0700.
  private func makeFolder() throws(HistoryFileError) {
    let error = NewFolder.make(FilePath.folder(of: path))
    guard error == 0 else { throw HistoryFileError(path: path, code: error) }
  }
}
