import Foundation
import Testing

/// What the pages of reference say is what the sources do.
@Suite("O15: the documentation is true")
struct FaultsO15 {
  private static let root = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardizedFileURL

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// All of the product's Swift files, joined.
  private static func sources() throws -> String {
    let folder = root.appending(path: "Sources")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".swift") }.map { try text("Sources/" + $0) }.joined()
  }

  @Test("O15: every exit code has a row, and no other")
  func exitCodes() throws {
    let given = try Self.text("Sources/wh/ExitStatus.swift").matches(of: /ExitCode\((\d+)\)/).map { String($0.1) }
    let rows = try Self.text("docs/exit-codes.md").matches(of: /(?m)^\| (\d+) \|/).map { String($0.1) }
    // 0 needs no code, and a second Ctrl-C ends the process at once.
    #expect(Set(rows) == Set(given).union(["0", "130"]))
    #expect(rows.count == Set(rows).count)
  }

  @Test("O15: every environment variable that is read has a row, and no other")
  func environment() throws {
    let pattern =
      /"(WH_[A-Z_]*[A-Z]|NO_COLOR|PAGER|VISUAL|EDITOR|TERM|XDG_[A-Z_]+|SSL_CERT_FILE|LC_[A-Z]+|LANG|[a-z]+_proxy)"/
    // These stand in messages as examples of a script's own, and plain HTTP has no proxy since it is for this machine alone.
    let others: Set = ["WH_EVENT_SECRET", "WH_URL_SECRET", "WH_HEADER", "http_proxy"]
    let read = Set(try Self.sources().matches(of: pattern).map { String($0.1) }).subtracting(others)
    let page = try Self.text("docs/environment.md")
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let listed = Set(rows.flatMap { $0.split(separator: "|")[0].matches(of: /`([A-Za-z_]+)`/).map { String($0.1) } })
    #expect(read.subtracting(listed).isEmpty, "not listed: \(read.subtracting(listed).sorted())")
    // Others read these: libraries, and programs that are started.
    let unread = listed.subtracting(read).subtracting(["LESS", "LV", "PATH", "HOME", "no_proxy"])
      .filter { !$0.hasPrefix("PG") }
    #expect(unread.isEmpty, "listed, and not read: \(unread.sorted())")
    #expect(read.count > 8)
  }

  @Test("O15: links in the documentation lead to files")
  func links() throws {
    let folders = ["", "docs/", "docs/guides/", "docs/jobs/", "docs/decisions/"]
    var count = 0
    for folder in folders {
      let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: folder).path)
      for name in names where name.hasSuffix(".md") {
        for link in try Self.text(folder + name).matches(of: /\]\(([^)#:\s]+)(#[^)]*)?\)/) {
          let path = Self.root.appending(path: folder + String(link.1)).standardizedFileURL.path
          #expect(FileManager.default.fileExists(atPath: path), "\(folder + name) → \(link.1)")
          count += 1
        }
      }
    }
    #expect(count > 40)
  }
}
