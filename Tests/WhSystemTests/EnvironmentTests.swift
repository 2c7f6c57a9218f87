import Testing

@testable import WhSystem

@Suite("The environment")
struct EnvironmentTests {
  @Test(
    "A variable that is set and empty counts as unset",
    arguments: ["WH_API_KEY", "WH_BASE_URL", "WH_PROFILE", "WH_JOURNAL", "NO_COLOR", "XDG_CONFIG_HOME"])
  func empty(name: String) {
    #expect(Environment([name: ""])[name] == nil)
    #expect(Environment([name: "x"])[name] == "x")
    #expect(Environment([:])[name] == nil)
  }

  @Test func setToNothing() {
    let environment = Environment(["PAGER": ""])
    #expect(environment.isSet("PAGER") && !environment.isSet("LESS"))
  }

  @Test("The first of two entries counts, a value may contain `=`, and invalid entries are skipped")
  func entries() {
    let entries = ["A=1", "A=2", "B=x=y", "nonsense", "C="].map { Array($0.utf8) }
    let environment = Environment(entries: entries, account: "/home/me")
    #expect(environment["A"] == "1")
    #expect(environment["B"] == "x=y")
    #expect(environment["nonsense"] == nil && environment["C"] == nil)
  }

  @Test(
    "The home folder is HOME, or else that of the account",
    arguments: [("/h", "/h"), ("", "/home/me"), (nil, "/home/me")])
  func home(variable: String?, expected: String) {
    #expect(Environment(variable.map { ["HOME": $0] } ?? [:], account: "/home/me").home == expected)
  }
}
