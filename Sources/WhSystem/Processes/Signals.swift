import Foundation

/// What signals mean to the whole process.
package enum Signals {
  /// Puts the process into the state that a command-line tool is expected to be in, however it was started.
  package static func prepare() {
    // A write to a reader that went away, or past a limit of size, is an error of that write.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // Swift's runtime treats Ctrl-\ as a crash, prints a report with parts of memory, and continues.
    signal(SIGQUIT, SIG_DFL)
    // A program that ignores the end of children hands that on, and then no command could be waited for.
    signal(SIGCHLD, SIG_DFL)
  }
}
