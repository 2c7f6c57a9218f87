import Foundation
import WhDomain
import WhFiles

/// Writes files, with the system's own words for what goes wrong.
package enum FileWriter {
  /// Writes a new file beside the old one, for its owner alone, and puts it in its place whole. Of a link the file that it
  /// leads to is meant, and a device or a pipe takes the text itself.
  ///
  /// - Parameter mode: the permissions, where they are not the owner's alone; nil for those that the user's new files have,
  ///   unless others could write the old one.
  /// - Throws: `FileProblem`.
  package static func write(_ path: String, _ text: String, mode: mode_t? = 0o600) throws(FileProblem) {
    guard let information = FileInformation(path) else { return try replace(path, text, mode) }
    guard information.isRegular else {
      guard !information.isFolder else { throw .system(EISDIR) }
      return try append(path, text)
    }
    try replace(try resolved(path), text, mode ?? (information.permissions & 0o022 == 0 ? nil : 0o600))
  }

  /// Replaces the text of a file, also through a link, and keeps its permissions.
  ///
  /// - Throws: `FileProblem`.
  package static func rewrite(_ path: String, _ text: String) throws(FileProblem) {
    let path = try resolved(path)
    guard let information = FileInformation(path) else { throw .last }
    try write(path, text, mode: information.permissions)
  }

  /// Appends to a file, for its owner alone from then on, and created if missing.
  ///
  /// - Throws: `FileProblem`.
  package static func append(_ path: String, _ text: String) throws(FileProblem) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    try keepPrivate(descriptor)
    try write(text, to: descriptor)
  }

  /// Takes a file from others that may have a part in it. What is not a file of its own, such as a device, stays as it is.
  ///
  /// - Throws: `FileProblem` where the file is another user's.
  static func keepPrivate(_ descriptor: Int32) throws(FileProblem) {
    let information = try FileInformation(of: descriptor)
    guard information.isRegular, information.isOpenToOthers else { return }
    guard fchmod(descriptor, 0o600) == 0 else { throw .last }
  }

  /// Checks that a file could be written as `write` does, and leaves no trace.
  ///
  /// - Throws: `FileProblem`.
  package static func checkWritable(_ path: String) throws(FileProblem) {
    if let information = FileInformation(path) {
      guard !information.isFolder else { throw .system(EISDIR) }
      guard access(path, W_OK) == 0 else { throw .last }
      guard information.isRegular else { return }
    }
    let trial = "\(path).\(getpid()).trial"
    let descriptor = open(trial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last }
    close(descriptor)
    unlink(trial)
  }

  private static func replace(_ path: String, _ text: String, _ mode: mode_t?) throws(FileProblem) {
    let temporary = "\(path).\(getpid()).new"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode == nil ? 0o666 : 0o600)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    do throws(FileProblem) {
      try write(text, to: descriptor)
      if let mode, fchmod(descriptor, mode) != 0 { throw .last }
      guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw .last }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func write(_ text: String, to descriptor: Int32) throws(FileProblem) {
    let error = Descriptor.write(Array(text.utf8), to: descriptor)
    guard error == 0 else { throw .system(error) }
  }

  /// The path without links.
  private static func resolved(_ path: String) throws(FileProblem) -> String {
    guard let resolved = realpath(path, nil) else { throw .last }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
