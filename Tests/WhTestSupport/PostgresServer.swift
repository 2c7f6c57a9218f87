import CTestSupport
import Foundation

/// A PostgreSQL server of its own for tests, on a Unix socket in a folder of its own. It stops, and the folder is removed, when
/// the process of the tests ends, however that ends.
///
/// PostgreSQL refuses to run as root: then it runs as the user that its package makes.
package final class PostgresServer: Sendable {
  package typealias Problem = TestProgram.Problem

  /// The superuser of the server, who needs no password.
  package static let user = "wh"
  private static let common = Result { try PostgresServer() }
  private static let programs = "/usr/lib/postgresql"

  /// The folder of the socket.
  package let folder: String
  package let port: Int
  private let binaries: String
  /// The words before a command that is not to run as root.
  private let unprivileged: [String]
  /// Its end tells the process that watches over the server to stop it.
  private let life: FileHandle

  /// The server that tests share which do not stop it. It is started by the first of them.
  package static func shared() throws -> PostgresServer { try common.get() }

  /// Makes a server, and starts it.
  ///
  /// - Parameter tls: where it also takes connections over TLS on 127.0.0.1, and only with a password.
  package init(tls: CertificateAuthority.ServerFiles? = nil) throws {
    port = try tls.map { _ in try Self.freePort() } ?? 5432
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
    if let tls { try Self.copy(tls, to: folder) }
    life = try Self.watch(unprivileged + ["\(binaries)/pg_ctl"], folder)
    try run([
      "initdb", "--pgdata", data, "--username", Self.user, "--auth", "trust", "--encoding", "UTF8", "--locale",
      "C.UTF-8", "--no-sync",
    ])
    // A name that is to be let in with a password.
    try configure(
      "pg_hba.conf",
      "local all locked scram-sha-256\nlocal all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n",
      isWhole: true)
    try configure(
      "postgresql.conf",
      """
      listen_addresses = '\(tls == nil ? "" : "127.0.0.1")'
      port = \(port)
      ssl = \(tls == nil ? "off" : "on")
      ssl_cert_file = '\(folder)/server.crt'
      ssl_key_file = '\(folder)/server.key'
      unix_socket_directories = '\(folder)'
      fsync = off
      shared_buffers = '16MB'
      max_connections = 200

      """, isWhole: false)
    try start()
  }

  /// A port that the system has just picked.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
      }
    }
    guard isBound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// The server reads a key only where it belongs to its own user alone.
  private static func copy(_ tls: CertificateAuthority.ServerFiles, to folder: String) throws {
    for (source, name) in [(tls.certificate, "server.crt"), (tls.key, "server.key")] {
      let path = "\(folder)/\(name)"
      try FileManager.default.copyItem(atPath: source, toPath: path)
      var attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
      if geteuid() == 0, let account = getpwnam("postgres")?.pointee {
        attributes[.ownerAccountID] = account.pw_uid
      }
      try FileManager.default.setAttributes(attributes, ofItemAtPath: path)
    }
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
    "postgresql://\(user)@/postgres?host=\(folder)&port=\(port)&schema=\(schema)"
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
      "--port", String(port), "--username", Self.user, "--dbname", "postgres", "--command", text,
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
    try TestProgram.run(unprivileged + ["\(binaries)/\(command[0])"] + command.dropFirst())
  }
}
