import CTestSupport
import Foundation

/// A PostgreSQL server of its own for tests, on a Unix socket in a folder of its own. It stops, and the folder is removed, when
/// the process of the tests ends, however that ends.
///
/// PostgreSQL refuses to run as root: then it runs as the user that its package makes.
package final class PostgresServer: Sendable {
  package struct Problem: Error, CustomStringConvertible {
    package let description: String
  }

  /// The superuser of the server, who needs no password.
  package static let user = "wh"
  private static let common = Result { try PostgresServer() }
  private static let programs = "/usr/lib/postgresql"

  /// The folder of the socket.
  package let folder: String
  private let binaries: String
  /// The words before a command that is not to run as root.
  private let unprivileged: [String]
  /// Its end tells the process that watches over the server to stop it.
  private let life: FileHandle

  /// The server that tests share which do not stop it. It is started by the first of them.
  package static func shared() throws -> PostgresServer { try common.get() }

  /// Makes a server, and starts it.
  package init() throws {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: Self.programs)) ?? []
    guard let newest = versions.compactMap({ Int($0) }).max() else {
      throw Problem(description: "PostgreSQL is not installed: run scripts/setup --tests")
    }
    binaries = "\(Self.programs)/\(newest)/bin"
    var template = Array("\(FileManager.default.temporaryDirectory.path)/wh-pg.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if geteuid() == 0 {
      guard let account = getpwnam("postgres")?.pointee, chown(folder, account.pw_uid, account.pw_gid) == 0 else {
        throw Problem(description: "there is no user `postgres` to run PostgreSQL as")
      }
      unprivileged = ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    } else {
      unprivileged = []
    }
    life = try Self.watch(unprivileged + ["\(binaries)/pg_ctl"], folder)
    try run([
      "initdb", "--pgdata", data, "--username", Self.user, "--auth", "trust", "--encoding", "UTF8", "--locale",
      "C.UTF-8", "--no-sync",
    ])
    // A name that is to be let in with a password.
    try configure("pg_hba.conf", "local all locked scram-sha-256\nlocal all all trust\n", isWhole: true)
    try configure(
      "postgresql.conf",
      """
      listen_addresses = ''
      unix_socket_directories = '\(folder)'
      fsync = off
      shared_buffers = '16MB'
      max_connections = 200

      """, isWhole: false)
    try start()
  }

  private var data: String { folder + "/data" }

  private func configure(_ name: String, _ text: String, isWhole: Bool) throws {
    let path = "\(data)/\(name)"
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    if isWhole { try handle.truncate(atOffset: 0) } else { try handle.seekToEnd() }
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  /// The url of a journal, in a schema of its own.
  package func url(schema: String, user: String = PostgresServer.user) -> String {
    "postgresql://\(user)@/postgres?host=\(folder)&port=5432&schema=\(schema)"
  }

  /// Starts the server, and waits until it takes connections.
  package func start() throws { try run(["pg_ctl", "--pgdata", data, "--log", "\(folder)/log", "--wait", "start"]) }

  /// Ends it at once, as a crash would.
  package func stopAtOnce() throws { try run(["pg_ctl", "--pgdata", data, "--mode", "immediate", "--wait", "stop"]) }

  /// Runs a statement as the superuser.
  ///
  /// - Returns: the rows, one a line, their values separated by `|`.
  @discardableResult
  package func sql(_ text: String) throws -> String {
    try run([
      "psql", "--no-psqlrc", "--no-align", "--tuples-only", "--quiet", "--set", "ON_ERROR_STOP=1", "--host", folder,
      "--port",
      "5432", "--username", Self.user, "--dbname", "postgres", "--command", text,
    ])
  }

  /// Ends the connections of an application, and waits until they are gone.
  package func endConnections(of application: String) throws {
    try sql(
      "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = '\(application)'")
  }

  // MARK: Processes

  private static let environment = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]

  /// Starts a process that stops the server and removes its folder once this process, or this object, is gone.
  private static func watch(_ control: [String], _ folder: String) throws -> FileHandle {
    let pipe = Pipe()
    let write = pipe.fileHandleForWriting
    guard fcntl(write.fileDescriptor, F_SETFD, FD_CLOEXEC) == 0 else { throw Problem(description: "fcntl failed") }
    let script =
      #"cat >/dev/null; folder=$1; shift; "$@" --pgdata "$folder/data" --mode immediate stop; rm -rf "$folder""#
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(null) }
    let process = withCStrings(["/bin/sh", "-c", script, "sh", folder] + control) { arguments in
      withCStrings(environment) { environment in
        cts_spawn_with_streams(
          "/bin/sh", arguments, environment, "/", [pipe.fileHandleForReading.fileDescriptor, null, null])
      }
    }
    guard process > 0 else { throw Problem(description: "/bin/sh can't be started") }
    try pipe.fileHandleForReading.close()
    return write
  }

  /// Runs a program of PostgreSQL to its end, and gives what it printed.
  @discardableResult
  private func run(_ command: [String]) throws -> String {
    let words = unprivileged + ["\(binaries)/\(command[0])"] + command.dropFirst()
    let file = "\(NSTemporaryDirectory())/wh-pg-\(UUID().uuidString)"
    defer { unlink(file) }
    let (input, output) = (open("/dev/null", O_RDONLY | O_CLOEXEC), open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600))
    defer {
      close(input)
      close(output)
    }
    let process = withCStrings(words) { arguments in
      withCStrings(Self.environment) { environment in
        cts_spawn_with_streams(words[0], arguments, environment, "/", [input, output, output])
      }
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let text = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
    guard status == 0 else { throw Problem(description: "\(command.joined(separator: " ")): \(text)") }
    return text
  }
}
