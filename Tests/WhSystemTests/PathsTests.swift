import Testing

@testable import WhSystem

@Suite("Where files are kept")
struct PathsTests {
  @Test("In the XDG folders or their defaults")
  func folders() {
    let paths = Paths(Environment(["HOME": "/h"]))
    #expect(paths.configuration == "/h/.config/wh/config.toml")
    #expect(paths.initScript == "/h/.config/wh/init.wh")
    #expect(paths.journal == "/h/.local/state/wh/journal.sqlite")
    #expect(paths.history == "/h/.local/state/wh/history")
    #expect(paths.sandbox == "/h/.local/share/wh/sandbox.sqlite")
    let moved = Paths(
      Environment(["HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s", "XDG_DATA_HOME": "/d"]))
    #expect(moved.configuration == "/c/wh/config.toml")
    #expect(moved.journal == "/s/wh/journal.sqlite")
    #expect(moved.sandbox == "/d/wh/sandbox.sqlite")
  }

  @Test("A relative or empty folder is ignored", arguments: ["relative/path", "", "./x"])
  func ignored(value: String) {
    let paths = Paths(Environment(["HOME": "/h", "XDG_CONFIG_HOME": value]))
    #expect(paths.configuration == "/h/.config/wh/config.toml")
  }

  @Test(
    "A leading `~` is the home folder",
    arguments: [("~", "/h"), ("~/key", "/h/key"), ("~other/key", "~other/key"), ("a/~", "a/~"), ("", "")])
  func expanding(path: String, expected: String) {
    #expect(Paths(Environment(["HOME": "/h"])).expand(path) == expected)
  }

  @Test("Different profile names have different files")
  func names() {
    let paths = Paths(Environment(["HOME": "/h"]))
    let names = ["a", "A", "a/b", "a.b", "a b", "a%2fb", "..", ".", "", "ä", "\u{1}f", "\u{1f}"]
    let files = names.map(paths.names(ofProfile:))
    #expect(Set(files).count == names.count, "\(files)")
    #expect(files.allSatisfy { $0.hasPrefix("/h/.local/state/wh/names/") && $0.split(separator: "/").count <= 6 })
  }
}
