import WhDomain
import WhSession
import WhSyntax

/// The columns of the CSV files of a folder that `let NAME from "FILE.csv"` can take values from.
struct CSVColumns {
  /// The file of each column; the first one where several have it.
  let files: [String: String]

  init(_ folder: [(name: String, isFolder: Bool)], _ read: (_ path: String) -> [UInt8]?) {
    var files: [String: String] = [:]
    for entry in folder.sorted(by: { $0.name < $1.name }) where !entry.isFolder {
      guard CSVTable.isName(entry.name), let bytes = read(entry.name) else { continue }
      for column in CSVTable.values(in: Source(name: entry.name, bytes: bytes)) where files[column] == nil {
        files[column] = "from \(entry.name)"
      }
    }
    self.files = files
  }
}
