import Foundation
import Testing

@Suite("The reference")
struct ReferenceTests {
  private static let docs = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs")

  @Test("docs/language.md matches the table of statements: `scripts/reference` generates it")
  func upToDate() async throws {
    let page = Self.docs.appending(path: "language.md")
    let run = try await Home().wh("reference")
    #expect(run.exit == 0)
    #expect(try run.output == String(contentsOf: page, encoding: .utf8))
  }
}

@Suite("The pages of the manual")
struct ManualTests {
  private static let docs = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs")

  private static func page(_ section: String) async throws -> [String] {
    let run = try await Home().wh("reference", "--man", section, "--date", "2026-01-31")
    #expect(run.exit == 0, "\(run.testDescription)")
    return run.output.split(separator: "\n").map(String.init)
  }

  /// The text of a page without fonts, escapes and macros.
  private static func plain(_ lines: [String]) -> String {
    unescaped(lines.filter { !$0.hasPrefix(".") }.joined(separator: " "))
  }

  private static func unescaped(_ roff: String) -> String {
    var text = roff
    for (roff, plain) in [
      ("\\fB", ""), ("\\fI", ""), ("\\fR", ""), ("\\-", "-"), ("\\&", ""), ("\\(aq", "'"), ("\\(ga", "`"),
      ("\\(ti", "~"),
      ("\\(dq", "\""), ("\\(ha", "^"), ("\\[u2026]", "…"), ("\\e", "\\"),
    ] {
      text = text.replacing(roff, with: plain)
    }
    return text
  }

  @Test(
    "has its sections, in the order of manuals",
    arguments: [
      (
        "1",
        [
          "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "PROMPT",
          "EXAMPLES", "SEE ALSO",
        ]
      ),
      (
        "7",
        [
          "NAME", "SYNOPSIS", "DESCRIPTION", "TEXT", "SELECTING APPS AND WEBHOOKS", "VIEWING", "EDITING",
          "COMMITTING AND UNDOING", "SCRIPTING", "THE SESSION", "PREDICATES", "OUTPUT", "ERROR CODES", "EXAMPLES",
          "SEE ALSO",
        ]
      ),
    ])
  func sections(section: String, titles: [String]) async throws {
    let lines = try await Self.page(section)
    let version = try await Home().wh("--version").output.split(separator: "\n")[0]
    #expect(
      lines.first?.hasSuffix(" \"\(section)\" \"2026-01-31\" \"wh \(version)\" \(Self.title(section))") ?? false)
    #expect(lines.filter { $0.hasPrefix(".SH ") } == titles.map { ".SH \"\($0)\"" })
  }

  private static func title(_ section: String) -> String {
    section == "1" ? "\"User Commands\"" : "\"Miscellaneous Information\""
  }

  @Test("has nothing that roff would take for something else", arguments: ["1", "7"])
  func macros(section: String) async throws {
    let known = [".TH", ".SH", ".SS", ".PP", ".TP", ".IP", ".RS", ".RE", ".EX", ".EE", ".br"]
    for line in try await Self.page(section) {
      if line.hasPrefix(".") {
        #expect(known.contains { line == $0 || line.hasPrefix($0 + " ") }, "\(line)")
      } else {
        #expect(!line.hasPrefix("'"))
        // A backslash begins a font, a character or an escape.
        #expect(line.wholeMatch(of: /([^\\]|\\f[BIR]|\\[-e&]|\\\([a-z]{2}|\\\[u[0-9A-F]{4,6}\])*/) != nil, "\(line)")
      }
      #expect(line.utf8.allSatisfy { $0 < 0x80 } && !line.hasSuffix(" "), "\(line)")
    }
  }

  @Test("wh(1) names each command, option and environment variable")
  func complete() async throws {
    let lines = try await Self.page("1")
    let text = Self.plain(lines)
    let lowercased = text.lowercased()
    let help = try await Home().wh("--help").output
    for option in Set(help.matches(of: /--[a-z-]+/).map { String($0.output) }) { #expect(text.contains(option)) }
    for command in ["wh run", "wh plan", "wh migrate up", "wh runs export", "wh profile add", "wh completion"] {
      #expect(text.contains(command + " ["), "\(command)")
      #expect(lines.contains(".SS \"\(command)\""))
    }
    #expect(lines.contains { $0.contains("\\fBwh runs\\fR [") })
    #expect(!text.contains("wh complete") && !text.contains("wh reference"))
    let environment = try String(contentsOf: Self.docs.appending(path: "environment.md"), encoding: .utf8)
    let table = environment.split(separator: "## Environment variables")[1].split(separator: "## ")[0]
    let rows = table.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
    #expect(rows.count > 10)
    for row in rows {
      let cells = row.dropFirst(2).dropLast(2).split(separator: " | ", maxSplits: 1)
      let meaning = cells[1].filter { $0 != "`" }.replacing("\\|", with: "|")
      let entry = cells[0].filter { $0 != "`" } + " " + meaning + "."
      #expect(lowercased.contains(entry.lowercased()), "docs/environment.md: \(row)")
    }
  }

  @Test("wh-language(7) has each statement of the reference")
  func statements() async throws {
    let lines = Set(try await Self.page("7").map(Self.unescaped))
    let reference = try String(contentsOf: Self.docs.appending(path: "language.md"), encoding: .utf8)
    let statements = reference.split(separator: "\n").filter { $0.hasPrefix("### ") }
    #expect(statements.count > 30)
    for statement in statements {
      let title = statement.dropFirst(4).filter { $0 != "`" }
      #expect(lines.contains(".SS \"\(title)\""), "\(title)")
    }
  }

  @Test("only these pages are there", arguments: ["0", "2", "wh"])
  func others(section: String) async throws {
    #expect(try await Home().wh("reference", "--man", section).exit == 64)
  }
}
