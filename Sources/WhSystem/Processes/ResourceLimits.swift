import Foundation

/// What the system lets the process have (`ulimit`).
package struct ResourceLimits: Sendable {
  /// The most files that may be open at once.
  package let openFiles: Int
  /// The most memory, in MiB; a number beyond any memory where there is no limit.
  package let memory: Int

  package init(openFiles: Int, memory: Int) {
    self.openFiles = openFiles
    self.memory = memory
  }

  /// Files that are open beside connections: the journal, a transcript, commands and what the runtime needs.
  private static let otherFiles = 32
  private static let leastOpenFiles = 64
  /// What an empty run takes, with the stacks of its threads.
  private static let leastMemory = 256
  private static let wantedOpenFiles = 1024

  /// Those of this process, with as many open files as it may grant itself.
  package static func ofProcess() -> ResourceLimits {
    var files = rlimit()
    if read(.openFiles, &files), files.rlim_cur < wantedOpenFiles, files.rlim_cur < files.rlim_max {
      files.rlim_cur = min(files.rlim_max, rlim_t(wantedOpenFiles))
      setrlimit(Resource.openFiles.number, &files)
      _ = read(.openFiles, &files)
    }
    return ResourceLimits(
      openFiles: Int(clamping: files.rlim_cur),
      memory: [Resource.addressSpace, .data].map { resource in
        var limit = rlimit()
        return read(resource, &limit) ? Int(clamping: limit.rlim_cur) >> 20 : .max
      }.min() ?? .max)
  }

  /// How many connections may be open at once, at each of both ends where they are in one process: 1 to 64.
  package var connections: Int { min(64, max(1, (openFiles - Self.otherFiles) / 2)) }

  /// The first limit that is too low to run at all.
  package var problem: Problem? {
    if openFiles < Self.leastOpenFiles { return .openFiles(openFiles, least: Self.leastOpenFiles) }
    if memory < Self.leastMemory { return .memory(memory, least: Self.leastMemory) }
    return nil
  }

  package enum Problem: Error, Equatable, Sendable {
    case openFiles(Int, least: Int)
    /// In MiB.
    case memory(Int, least: Int)
  }

  private enum Resource {
    case openFiles, addressSpace, data

    #if canImport(Glibc)
      var number: __rlimit_resource_t {
        switch self {
        case .openFiles: __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        case .addressSpace: __rlimit_resource_t(RLIMIT_AS.rawValue)
        case .data: __rlimit_resource_t(RLIMIT_DATA.rawValue)
        }
      }
    #else
      var number: Int32 {
        switch self {
        case .openFiles: RLIMIT_NOFILE
        case .addressSpace: RLIMIT_AS
        case .data: RLIMIT_DATA
        }
      }
    #endif
  }

  private static func read(_ resource: Resource, _ limit: inout rlimit) -> Bool {
    getrlimit(resource.number, &limit) == 0
  }
}

// MARK: - Wording

extension ResourceLimits.Problem {
  /// One sentence.
  package var message: String {
    switch self {
    case .openFiles(let limit, let least):
      "the limit of open files is \(limit), but wh needs \(least): raise it with `ulimit -n`"
    case .memory(let limit, let least):
      "the limit of memory is \(limit) MiB, but wh needs \(least) MiB: raise it with `ulimit -v` or `ulimit -d`"
    }
  }
}
