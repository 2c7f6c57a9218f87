import Foundation

/// Makes the store's file before SQLite opens it, so that other users can never read it.
enum DataFile {
  /// Makes an empty file of mode 0600 at `path`, in a folder of mode 0700, and leaves either alone if it exists.
  ///
  /// SQLite gives the `-wal` and `-shm` files beside it the same mode.
  static func create(at path: String) throws(StoreError) {
    try createFolder((path as NSString).deletingLastPathComponent)
    let file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      if errno == EEXIST { return }
      throw failure(path)
    }
    close(file)
  }

  private static func createFolder(_ path: String) throws(StoreError) {
    if path.isEmpty || mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw failure(path) }
    try createFolder((path as NSString).deletingLastPathComponent)
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
  }

  private static func failure(_ path: String) -> StoreError {
    StoreError("can't create \(path): \(String(cString: strerror(errno)))")
  }
}
