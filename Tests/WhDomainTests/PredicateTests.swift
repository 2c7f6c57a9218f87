import Testing
import WhDomain

@Suite struct PredicateTests {
  private static let yes = Predicate.event("A")
  private static let no = Predicate.event("Z")

  @Test(
    arguments: [
      (.not(yes), false), (.not(no), true), (.all([yes, yes]), true), (.all([yes, no]), false),
      (.all([no, yes]), false),
      (.all([no, no]), false), (.any([yes, yes]), true), (.any([yes, no]), true), (.any([no, yes]), true),
      (.any([no, no]), false),
      (.not(.all([yes, no])), true), (.not(.any([no, yes])), false), (.not(.not(yes)), true),
    ] as [(Predicate, Bool)])
  func truthTables(_ predicate: Predicate, _ expected: Bool) {
    #expect(predicate.holds(for: Samples.app, Samples.webhook) == expected)
  }

  @Test(
    arguments: [
      (.field(.url, .equals(Samples.webhook.url)), true), (.field(.url, .equals("x")), false),
      (.field(.url, .differs("x")), true), (.field(.url, .like(Glob("https://old.*"))), true),
      (.field(.url, .unlike(Glob("https://old.*"))), false), (.field(.id, .equals("whk_1")), true),
      (.field(.id, .equals("app_1")), false), (.field(.slug, .equals("my app/ä")), true),
      (.field(.name, .like(Glob("My*"))), true), (.field(.status, .equals("active")), true),
      (.event("A"), true), (.event("a"), false), (.event("Z"), false), (.header("X-TEAM", nil), true),
      (.header("nope", nil), false), (.header("x-team", .equals("sms")), true),
      (.header("x-team", .equals("SMS")), false),
      (.header("x-team", .differs("voice")), true), (.header("nope", .differs("voice")), false),
      (.header("nope", .unlike(Glob("*"))), false), (.header("x-team", .like(Glob("s*"))), true),
    ] as [(Predicate, Bool)])
  func ofAWebhook(_ predicate: Predicate, _ expected: Bool) {
    #expect(predicate.holds(for: Samples.app, Samples.webhook) == expected)
  }

  @Test(
    arguments: [
      (.field(.id, .equals("app_1")), true), (.field(.slug, .like(Glob("my*"))), true), (.event("A"), false),
      (.header("X-Team", nil), false), (.field(.url, .differs("x")), true), (.field(.url, .equals("x")), false),
    ] as [(Predicate, Bool)])
  func ofAnApp(_ predicate: Predicate, _ expected: Bool) {
    #expect(predicate.holds(for: Samples.app) == expected)
  }

  @Test(
    arguments: [
      (.created, .before, "2021-08-02", true), (.created, .before, "2021-08-01", false),
      (.created, .notAfter, "2021-08-01", true), (.created, .after, "2021-07-31T23:59:59Z", true),
      (.created, .after, "2021-08-01T02:00:00+02:00", false), (.created, .notBefore, "2021-08-01T02:00:00+02:00", true),
      (.updated, .after, "2023-08-01T12:30:00Z", true), (.updated, .after, "2023-08-01T12:30:00.5Z", false),
    ] as [(Predicate.MomentField, Predicate.MomentTest, String, Bool)])
  func moments(_ field: Predicate.MomentField, _ test: Predicate.MomentTest, _ text: String, _ expected: Bool) throws {
    let predicate = Predicate.moment(field, test, try Timestamp(text))
    #expect(predicate.holds(for: Samples.app, Samples.webhook) == expected)
  }

  @Test(arguments: Predicate.MomentTest.allCases)
  func whatIsNotKnownIsNeitherBeforeNorAfter(_ test: Predicate.MomentTest) throws {
    let predicate = Predicate.moment(.created, test, try Timestamp("2021-01-01"))
    #expect(!predicate.holds(for: Samples.app, Samples.bare))
    #expect(!predicate.holds(for: App(id: Samples.app.id)))
    #expect(predicate.holds(for: Samples.app) == (test == .notAfter || test == .notBefore))
  }

  @Test(
    arguments: [
      (.equals("x"), false), (.differs("x"), true), (.like(Glob("*")), false), (.unlike(Glob("*")), true),
    ] as [(Predicate.TextTest, Bool)])
  func whatIsNotKnownEqualsNothing(_ test: Predicate.TextTest, _ expected: Bool) {
    #expect(Predicate.field(.slug, test).holds(for: App(id: Samples.app.id), Samples.webhook) == expected)
  }

  @Test func leavesAndWhatTheyNeed() {
    let slug = Predicate.field(.slug, .equals("x"))
    let predicate = Predicate.any([.all([Self.yes, .not(Self.yes)]), slug])
    #expect(predicate.leaves == [Self.yes, slug])
    #expect(predicate.needsAppDetails)
    #expect(!Predicate.not(Self.yes).needsAppDetails)
    #expect(!Predicate.field(.id, .equals("x")).needsAppDetails)
  }
}
