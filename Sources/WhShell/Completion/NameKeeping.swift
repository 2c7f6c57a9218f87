/// How names are kept on disk between sessions, a file for each profile. What goes wrong there only costs candidates.
package struct NameKeeping: Sendable {
  package var load: @Sendable (_ profile: String) -> [UInt8]?
  package var save: @Sendable (_ profile: String, _ text: String) -> Void

  package init(
    load: @escaping @Sendable (_ profile: String) -> [UInt8]? = { _ in nil },
    save: @escaping @Sendable (_ profile: String, _ text: String) -> Void = { _, _ in }
  ) {
    self.load = load
    self.save = save
  }
}
