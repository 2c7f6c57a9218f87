import ArgumentParser
import Foundation
import WhDomain
import WhSyntax
import WhSystem

/// Files that the command line names.
extension Runtime {
  /// The bytes of a file.
  ///
  /// - Throws: `ExitCode`; what is wrong was shown then.
  func bytes(of file: String) async throws -> [UInt8] {
    do throws(FileProblem) {
      return try FileReader.read(ThisProcess.paths.expand(file))
    } catch {
      throw await fail(.unreadableFile, "`\(file)` can't be read: \(error.reason)", in: file, ExitStatus.unreadableFile)
    }
  }

  /// Writes a file as a whole.
  ///
  /// - Parameter mode: its permissions, as `FileWriter.write` takes them.
  /// - Throws: `ExitCode`; what is wrong was shown then.
  func write(_ text: String, to file: String, mode: mode_t? = 0o600) async throws {
    do throws(FileProblem) {
      try FileWriter.write(ThisProcess.paths.expand(file), text, mode: mode)
    } catch {
      throw await fail(
        .unwritableFile, "`\(file)` can't be written: \(error.reason)", in: file, ExitStatus.unreadableFile)
    }
  }
}
