import GRDB
import WhDomain

extension LedgerEntry {
  /// The entry of a row of `scripts`, with its rows of `scriptApps`.
  init(_ row: Row, in db: Database) throws {
    let id: Int = try row.decode(forColumn: "id")
    let apps = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM scriptApps WHERE script = ? ORDER BY appId"), arguments: [id])
    self.init(
      name: try row.decode(forColumn: "name"), sha256: try row.decode(forColumn: "sha256"),
      outcome: try Outcome(row), run: try row.optional("run"),
      at: Moment(milliseconds: try row.decode(forColumn: "at")), apps: try apps.map(App.init(row:)))
  }
}

extension LedgerEntry.App {
  fileprivate init(row: Row) throws {
    self.init(
      id: AppID(unchecked: try row.decode(forColumn: "appId")), outcome: try LedgerEntry.Outcome(row),
      run: try row.optional("run"), at: Moment(milliseconds: try row.decode(forColumn: "at")))
  }
}

extension LedgerEntry.Outcome {
  fileprivate init(_ row: Row) throws {
    let name: String = try row.decode(forColumn: "outcome")
    guard let outcome = LedgerEntry.Outcome(rawValue: name) else { throw DamagedText("unknown outcome \(name)") }
    self = outcome
  }
}
