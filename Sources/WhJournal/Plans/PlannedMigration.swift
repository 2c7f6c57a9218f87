import WhDomain

/// The scripts of a folder that a plan stands for: the changes of all of them are its changes.
package struct PlannedMigration: Equatable, Sendable {
  /// A script that was pending, for all apps or for some.
  package struct Step: Equatable, Sendable {
    package let script: MigrationScript
    /// The apps that it is for and was not applied to; none where only its expectations were left.
    package let apps: [AppID]

    package init(script: MigrationScript, apps: [AppID]) {
      self.script = script
      self.apps = apps
    }
  }

  /// The identity of the folder.
  package let folder: String
  /// In their order.
  package let steps: [Step]

  package init(folder: String, steps: [Step]) {
    self.folder = folder
    self.steps = steps
  }

  /// What the journal keeps with a run of the plan.
  ///
  /// - Parameter plan: the id of the plan.
  func runNote(_ plan: String) -> String { Self.notePrefix(folder) + plan }

  /// True for the note of a run of any plan of a folder.
  package static func isRun(of folder: String, note: String?) -> Bool { note?.hasPrefix(notePrefix(folder)) ?? false }

  private static func notePrefix(_ folder: String) -> String { "migration \(folder) plan " }
}
