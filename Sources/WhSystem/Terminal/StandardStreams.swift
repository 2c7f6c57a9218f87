import Foundation
import WhFiles

/// The process's standard input, output and error.
package enum StandardStreams {
  /// Opens closed standard streams, so that no file or connection becomes one and receives what is
  /// printed.
  package static func reserve() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      // Descriptors are given out from the lowest free one up; what is written to this one fails, as to one that is closed.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes to standard error; false when that fails.
  package static func writeError(_ text: String) -> Bool { Descriptor.write(Array(text.utf8), to: STDERR_FILENO) == 0 }
}
