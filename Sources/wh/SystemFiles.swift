import Foundation
import WhSession

/// Files, read and written with the system's own words for what goes wrong.
enum SystemFiles {
  /// The largest script that is read, in bytes.
  private static let largest = 256 << 20

  static func read(_ path: String) throws(FileProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem() }
    defer { close(descriptor) }
    return try read(from: descriptor)
  }

  /// Takes the places of standard streams that are closed, so that no file or connection comes to be one and gets what is
  /// printed.
  static func reserveStandardStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      // Descriptors are given out from the lowest free one up; what is written to this one fails, as to one that is closed.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  static func readStandardInput() throws(FileProblem) -> [UInt8] {
    try read(from: STDIN_FILENO)
  }

  static func read(from descriptor: Int32) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw problem()
      }
      bytes += chunk[..<count]
      guard bytes.count <= largest else { throw FileProblem("it is larger than \(largest >> 20) MiB") }
    }
  }

  /// Puts a new text in the place of a file's, behind a link too, and keeps its permissions.
  static func rewrite(_ path: String, _ text: String) throws(FileProblem) {
    guard let resolved = realpath(path, nil) else { throw problem() }
    defer { free(resolved) }
    var information = stat()
    guard stat(resolved, &information) == 0 else { throw problem() }
    try write(String(cString: resolved), text, mode: information.st_mode & 0o777)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// True when two paths lead to one regular file.
  static func isSame(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_mode & S_IFMT == S_IFREG
      && one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }

  /// True when a file is there that has something in it.
  static func isFilled(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFREG && information.st_size > 0
  }

  /// Sees that a file could be written as `write` does, and leaves no trace.
  static func checkWritable(_ path: String) throws(FileProblem) {
    var information = stat()
    if stat(path, &information) == 0 {
      guard information.st_mode & S_IFMT != S_IFDIR else { throw FileProblem(String(cString: strerror(EISDIR))) }
      guard access(path, W_OK) == 0 else { throw problem() }
      guard information.st_mode & S_IFMT == S_IFREG else { return }
    }
    let trial = "\(path).\(getpid()).trial"
    let descriptor = open(trial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw problem() }
    close(descriptor)
    unlink(trial)
  }

  /// Writes to the end of a file, which is made for its owner alone where there is none.
  static func append(_ path: String, _ text: String) throws(FileProblem) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw problem() }
    defer { close(descriptor) }
    try write(text, to: descriptor)
  }

  private static func write(_ text: String, to descriptor: Int32) throws(FileProblem) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw problem() }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes a new file beside the old one, for its owner alone, and puts it in its place whole. A file behind a link is
  /// the one that is meant, and a device or a pipe takes the text itself.
  ///
  /// - Parameter mode: the permissions, where they are not the owner's alone; nil for those that the user's new files have.
  static func write(_ path: String, _ text: String, mode: mode_t? = 0o600) throws(FileProblem) {
    var information = stat()
    guard stat(path, &information) == 0 else { return try replace(path, text, mode) }
    guard information.st_mode & S_IFMT == S_IFREG else {
      guard information.st_mode & S_IFMT != S_IFDIR else { throw FileProblem(String(cString: strerror(EISDIR))) }
      return try append(path, text)
    }
    guard let resolved = realpath(path, nil) else { throw problem() }
    defer { free(resolved) }
    try replace(String(cString: resolved), text, mode)
  }

  private static func replace(_ path: String, _ text: String, _ mode: mode_t?) throws(FileProblem) {
    let temporary = "\(path).\(getpid()).new"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode == nil ? 0o666 : 0o600)
    guard descriptor >= 0 else { throw problem() }
    defer { close(descriptor) }
    do throws(FileProblem) {
      try write(text, to: descriptor)
      if let mode, fchmod(descriptor, mode) != 0 { throw problem() }
      guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw problem() }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Makes a folder and those above it, for their owner alone.
  static func makeFolder(_ path: String) throws(FileProblem) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, path.contains("/") else { throw problem() }
    try makeFolder(Binder.folder(of: path))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw problem() }
  }

  /// The names in a folder, for completion; none when it can't be read.
  static func list(_ path: String) -> [(name: String, isFolder: Bool)] {
    let folder = path.hasPrefix("~/") ? Paths.expand(path) : path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.map { name in
      var information = stat()
      let isFolder = stat(folder + "/" + name, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
      return (name, isFolder)
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }

  /// The last error of the system's.
  static func problem() -> FileProblem { FileProblem(String(cString: strerror(errno))) }
}
