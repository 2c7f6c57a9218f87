import Foundation

/// Makes the journal's files before SQLite opens them, so that no other user can read them at any time.
enum JournalFile {
  /// Makes an empty file of mode 0600 at `path`, in a folder of mode 0700, and leaves either alone if it is there.
  ///
  /// SQLite gives the `-wal` and `-shm` files beside it the same mode.
  ///
  /// - Throws: `JournalError` also for a file that is there and can't be written: SQLite would open it all the same, and
  ///   refuse the first transaction.
  static func create(at path: String) throws(JournalError) {
    close(try open(path))
    sync(parent(of: path))
  }

  /// Opens a file for reading and writing, and makes it as `create(at:)` does if there is none.
  static func open(_ path: String) throws(JournalError) -> Int32 {
    try createFolder(parent(of: path), for: path)
    let descriptor = Foundation.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw JournalError(.unwritable, at: path, reason) }
    return descriptor
  }

  /// True when there is something at `path`, be it a journal or not.
  static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

  /// The system's words for what went wrong last.
  static var reason: String { String(cString: strerror(errno)) }

  private static func createFolder(_ folder: String, for path: String) throws(JournalError) {
    if folder.isEmpty || mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw JournalError(.unwritable, at: path, reason) }
    try createFolder(parent(of: folder), for: path)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw JournalError(.unwritable, at: path, reason) }
    sync(parent(of: folder))
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
