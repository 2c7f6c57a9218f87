import Foundation

/// The foreground of the terminal, lent to a process group: it may prompt the user, and gets Ctrl-C.
struct Foreground {
  private let terminal: Int32
  private var settings = termios()

  /// Nil where the process has no terminal, or is in its background.
  init?(lentTo group: pid_t) {
    terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return nil }
    guard tcgetpgrp(terminal) == getpgrp(), tcgetattr(terminal, &settings) == 0 else {
      close(terminal)
      return nil
    }
    give(to: group)
    // It may have asked for the terminal before it had it, and has stopped since.
    kill(-group, SIGCONT)
  }

  /// Takes the foreground back, and restores the terminal.
  func takeBack() {
    give(to: getpgrp())
    var settings = settings
    tcsetattr(terminal, TCSADRAIN, &settings)
    close(terminal)
    // A pager at the end of the same pipeline may have asked for the terminal in the meantime, and has stopped since.
    kill(0, SIGCONT)
  }

  /// A process of the background that does so is stopped by a signal, unless that is blocked.
  private func give(to group: pid_t) {
    var (blocked, before) = (sigset_t(), sigset_t())
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    tcsetpgrp(terminal, group)
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
