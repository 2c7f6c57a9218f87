import Foundation
import WhFiles

/// The files of the journal, as the file system sees them.
enum JournalFile {
  /// Makes an empty file of mode 0600 at `path`, in a folder of mode 0700, before SQLite opens it, so that no other user can
  /// read it at any time. SQLite gives the `-wal` and `-shm` files beside it the same mode.
  ///
  /// An existing file keeps its contents. It is not opened: SQLite's locks on it would end when it is closed.
  ///
  /// - Throws: `JournalError` also for an existing file that can't be written: SQLite would open it anyway, and
  ///   refuse the first transaction.
  static func create(at path: String) throws(JournalError) {
    try createFolder(parent(of: path), for: path)
    let descriptor = Foundation.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
      return sync(parent(of: path))
    }
    guard errno == EEXIST, access(path, R_OK | W_OK) == 0 else { throw JournalError(.unwritable, at: path, reason) }
    try refuse(special: path)
    try protect(path)
  }

  /// Refuses what SQLite would wait for, or fail at later.
  ///
  /// - Throws: `JournalError` for a folder, a pipe or a device.
  static func refuse(special path: String) throws(JournalError) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw JournalError(.unwritable, at: path, String(cString: strerror(EISDIR)))
    default: throw JournalError(.notAJournal, at: path)
    }
  }

  /// Takes from other users what they may do to the journal's files at `path`, as only their owner can.
  ///
  /// - Throws: `JournalError` where other users may read or write one of them and that can't be changed.
  static func protect(_ path: String) throws(JournalError) {
    for file in [path, path + "-wal", path + "-shm"] {
      var status = stat()
      guard stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 else { continue }
      guard status.st_uid == geteuid(), chmod(file, 0o600) == 0 else { throw JournalError(.exposed, at: file) }
    }
  }

  /// Opens the file of a lock for reading and writing, and creates it like `create(at:)` if missing.
  static func open(_ path: String) throws(JournalError) -> Int32 {
    try createFolder(parent(of: path), for: path)
    let descriptor = Foundation.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw JournalError(.unwritable, at: path, reason) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 != 0 else { return descriptor }
    guard status.st_uid == geteuid(), fchmod(descriptor, 0o600) == 0 else {
      close(descriptor)
      throw JournalError(.exposed, at: path)
    }
    return descriptor
  }

  /// True when there is something at `path`, be it a journal or not.
  static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

  /// True when this user may read the file.
  static func isReadable(at path: String) -> Bool { access(path, R_OK) == 0 }

  /// True when this user may write the file, or create it where it is missing.
  static func canBeWritten(at path: String) -> Bool {
    if exists(at: path), access(path, W_OK) != 0 { return false }
    var folder = parent(of: path)
    while !folder.isEmpty, folder != "/", !exists(at: folder) { folder = parent(of: folder) }
    var status = stat()
    guard stat(folder.isEmpty ? "." : folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return false }
    return access(folder.isEmpty ? "." : folder, W_OK | X_OK) == 0
  }

  /// True when there is something in a write-ahead log that is not in the file itself.
  static func hasLog(at path: String) -> Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }

  /// The file as SQLite should open it when no one writes to it.
  static func immutableURI(of path: String) -> String {
    let special = ["%": "%25", "?": "%3f", "#": "%23"]
    return "file:" + path.map { special[String($0)] ?? String($0) }.joined() + "?immutable=1"
  }

  /// The system's words for what went wrong last.
  static var reason: String { String(cString: strerror(errno)) }

  private static func createFolder(_ folder: String, for path: String) throws(JournalError) {
    let error = NewFolder.make(folder, made: sync)
    guard error == 0 else { throw JournalError(.unwritable, at: path, String(cString: strerror(error))) }
  }

  /// Puts a folder's list of names on disk. Some file systems can't, and those keep it in order by themselves.
  private static func sync(_ folder: String) {
    let descriptor = Foundation.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func parent(of path: String) -> String { (path as NSString).deletingLastPathComponent }
}
