import Foundation

/// A certificate authority of a test, in a folder: openssl makes its certificates.
package struct CertificateAuthority: Sendable {
  /// The files of a server, in PEM.
  package struct ServerFiles: Sendable {
    package let certificate: String
    package let key: String
  }

  private static let openssl = "/usr/bin/openssl"
  private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

  /// The file of its own certificate, in PEM.
  package let certificate: String
  private let folder: String
  private let key: String

  /// - Parameter folder: one that exists and has nothing of another authority in it.
  package init(in folder: String) throws {
    self.folder = folder
    certificate = folder + "/ca.crt"
    key = folder + "/ca.key"
    try TestProgram.run(
      [Self.openssl, "req", "-x509"] + Self.newKey
        + ["-days", "2", "-subj", "/CN=Test authority", "-keyout", key, "-out", certificate])
  }

  /// Makes the certificate of a server with one name.
  package func files(for host: String) throws -> ServerFiles {
    let files = ServerFiles(certificate: folder + "/server.crt", key: folder + "/server.key")
    let (request, names) = (folder + "/server.csr", folder + "/names")
    try Data("subjectAltName=DNS:\(host)\n".utf8).write(to: URL(fileURLWithPath: names))
    try TestProgram.run(
      [Self.openssl, "req"] + Self.newKey + ["-subj", "/CN=\(host)", "-keyout", files.key, "-out", request])
    try TestProgram.run([
      Self.openssl, "x509", "-req", "-in", request, "-CA", certificate, "-CAkey", key, "-CAcreateserial", "-days", "2",
      "-extfile", names, "-out", files.certificate,
    ])
    return files
  }
}
