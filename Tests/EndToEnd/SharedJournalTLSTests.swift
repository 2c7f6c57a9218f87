import Foundation
import Testing
import WhTestSupport

/// A journal on a server that takes connections from other machines over TLS alone, with a certificate of an authority that no
/// system knows.
@Suite("A shared journal over TLS")
struct SharedJournalTLSTests {
  private let home: Home
  private let authority: CertificateAuthority
  private let shared: SharedJournal

  init() throws {
    home = try Home()
    try home.makeFolder("ca")
    authority = try CertificateAuthority(in: home.path("ca"))
    shared = try SharedJournal(apps: 1, on: PostgresServer(tls: authority.files(for: "localhost")))
    try shared.database.sql("CREATE ROLE locked LOGIN SUPERUSER PASSWORD 'correct-horse'")
  }

  private func url(_ host: String = "localhost", password: String? = "correct-horse", _ parameters: String...) -> String
  {
    let user = "locked" + (password.map { ":" + $0 } ?? "")
    let all = ["schema=\(shared.schema)"] + parameters
    return "postgresql://\(user)@\(host):\(shared.database.port)/postgres?\(all.joined(separator: "&"))"
  }

  private func commit(_ url: String, _ environment: [String: String] = [:]) async throws -> WhRun {
    let edit = "use app app_0; webhook whk_0_0; set url https://example.com/tls-\(shared.service.writes); commit"
    let run = try await home.wh(
      "--verbose", "-c", edit, "--journal", url,
      environment: WhRun.environment(shared.server).merging(environment) { $1 })
    #expect(!(run.output + run.error).contains("horse"), "\(run.testDescription)")
    return run
  }

  private func write(_ name: String, _ text: String) throws -> String {
    try home.write(name, text)
    let path = home.path("work/" + name)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    return path
  }

  @Test("`verify-full` with the authority's certificate works, in each way that libpq takes it")
  func trusted() async throws {
    let root = authority.certificate
    let password = try write("pass", "localhost:*:*:locked:correct-horse\n")
    let services = try write(
      "services",
      """
      [team]
      host=localhost
      port=\(shared.database.port)
      dbname=postgres
      user=locked
      sslmode=verify-full
      sslrootcert=\(root)

      """)
    for (url, environment) in [
      (url("localhost", "sslmode=verify-full", "sslrootcert=\(root)"), [:]),
      (url(), ["PGSSLMODE": "verify-full", "PGSSLROOTCERT": root]),
      (url("localhost", password: nil, "sslmode=verify-full", "sslrootcert=\(root)"), ["PGPASSFILE": password]),
      (
        "postgresql:///?schema=\(shared.schema)",
        ["PGSERVICE": "team", "PGSERVICEFILE": services, "PGPASSFILE": password]
      ),
    ] as [(String, [String: String])] {
      let run = try await commit(url, environment)
      #expect(run.exit == 0, "\(run.testDescription)")
    }
    #expect(try shared.database.sql("SELECT count(*) FROM \(shared.schema).runs") == "4")
  }

  @Test("A server that can't be trusted is refused before anything is sent, and it is said what to do")
  func untrusted() async throws {
    try home.makeFolder("other")
    let other = try CertificateAuthority(in: home.path("other")).certificate
    let root = authority.certificate
    for (url, words, advice) in [
      (url("localhost", "sslmode=verify-full", "sslrootcert=\(other)"), "certificate verify failed", "`sslrootcert`"),
      (url("localhost", "sslmode=verify-ca", "sslrootcert=\(other)"), "certificate verify failed", "`sslrootcert`"),
      (url("localhost", "sslmode=verify-full"), "does not exist", "`sslrootcert`"),
      (
        url("localhost", "sslmode=verify-full", "sslrootcert=\(home.path("none"))"), "does not exist", "`sslrootcert`"
      ),
      (
        url("127.0.0.1", "sslmode=verify-full", "sslrootcert=\(root)"), "does not match host name",
        "a host name in the url that the certificate contains"
      ),
      (url("localhost", "sslmode=disable"), "no encryption", "`sslmode=verify-full`"),
      (url("localhost", password: "wrong-horse", "sslmode=require"), "password authentication failed", "its password"),
    ] {
      let run = try await commit(url)
      #expect(run.exit == 73 && run.error.contains(words) && run.error.contains(advice), "\(run.testDescription)")
    }
    #expect(shared.service.writes == 0)
  }
}
