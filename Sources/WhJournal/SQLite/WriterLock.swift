import Foundation
import Synchronization

/// Lets one process at a time write with a profile on a server.
///
/// The kernel keeps the lock (`flock`), and drops it when the process ends, however it ends. The file that it is on stays,
/// for to delete it would let a third process lock a file of the same name that the second one doesn't see.
package final class WriterLock: RunLock {
  private let descriptor: Mutex<Int32?>
  private let onRelease: @Sendable () -> Void

  private init(_ descriptor: Int32, _ onRelease: @escaping @Sendable () -> Void) {
    self.descriptor = Mutex(descriptor)
    self.onRelease = onRelease
  }

  deinit { release() }

  /// Takes the lock, without waiting.
  ///
  /// - Parameters:
  ///   - journal: the path of the journal, beside which the lock's file is.
  ///   - holder: this process, to be shown to others.
  ///   - onRelease: called once, just before the lock is given back.
  /// - Throws: `LockProblem`.
  static func acquire(
    profile: String, host: String, journal: String, holder: LockHolder,
    onRelease: @escaping @Sendable () -> Void = {}
  ) throws(LockProblem) -> WriterLock {
    let path = file(profile: profile, host: host, journal: journal)
    let descriptor: Int32
    do throws(JournalError) {
      descriptor = try JournalFile.open(path)
    } catch {
      throw .unusable(error)
    }
    guard lock(descriptor, LOCK_EX) else {
      defer { close(descriptor) }
      guard errno == EWOULDBLOCK else { throw .unusable(JournalError(.unwritable, at: path, JournalFile.reason)) }
      throw .held(by: said(in: descriptor))
    }
    let line = Array(holder.line.utf8)
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, line, line.count, 0) == line.count else {
      let reason = JournalFile.reason
      close(descriptor)
      throw .unusable(JournalError(.unwritable, at: path, reason))
    }
    return WriterLock(descriptor, onRelease)
  }

  /// Who holds the lock now; nil if it is free.
  static func holder(profile: String, host: String, journal: String) -> LockHolder? {
    let descriptor = open(file(profile: profile, host: host, journal: journal), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // A process that died left its line there; one that lives is asked for its lock.
    guard let said = said(in: descriptor), kill(said.processID, 0) == 0 || errno == EPERM else { return nil }
    return lock(descriptor, LOCK_SH) ? nil : said
  }

  /// Gives the lock back; also done when this is dropped.
  package func release() {
    descriptor.withLock { descriptor in
      guard let open = descriptor else { return }
      ftruncate(open, 0)
      onRelease()
      close(open)
      descriptor = nil
    }
  }

  private static func file(profile: String, host: String, journal: String) -> String {
    "\(journal).\(SHA256.hexadecimalDigest(of: Array("\(profile)\0\(host)".utf8)).prefix(16)).lock"
  }

  private static func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
    while flock(descriptor, kind | LOCK_NB) != 0 {
      guard errno == EINTR else { return false }
    }
    return true
  }

  private static func said(in descriptor: Int32) -> LockHolder? {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? LockHolder(line: String(decoding: bytes[..<count], as: UTF8.self)) : nil
  }
}
