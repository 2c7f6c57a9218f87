import WhDomain
import WhJournal

/// What statements have to show, as values: a renderer of the shell turns them into text or JSON.
package enum Output: Sendable {
  /// The words of `echo`.
  case text(String)
  /// A note that is not a result, such as that nothing is selected.
  case note(String)
  /// A script that was made, to be read by a program or by people.
  case script(String)
  /// What was selected or staged, for the prompt.
  case confirmation(String)
  case apps([AppRow])
  case webhooks([WebhookRow], isDetailed: Bool)
  case events([EventRow])
  case variables([Setting])
  case options([OptionRow])
  case status(StatusReport)
  case diff(Plan)
  /// Rows of texts under the names of their columns, such as counts by group.
  case table(Table)
  /// Shell commands that would send the plan.
  case requests([String])
  case commit(RunResult)
  /// The runs of the journal, newest first.
  case runs([WhJournal.Run])
  case run(WhJournal.Run, [Intent])
  case help([HelpPage])
  /// The statements there are, by chapter.
  case overview([HelpPage])
  case quit

  /// A list that has no type of its own.
  package struct Table: Sendable {
    /// What one row is, in JSON.
    package let type: String
    package let columns: [String]
    package let rows: [[String]]

    package init(type: String, columns: [String], rows: [[String]]) {
      self.type = type
      self.columns = columns
      self.rows = rows
    }
  }

  package struct AppRow: Sendable {
    package let app: App
    package let isChosen: Bool
  }

  package struct WebhookRow: Sendable {
    package let app: App
    /// With the staged edits on top.
    package let webhook: Webhook
    package let isChosen: Bool
    package let isEdited: Bool
    /// True for one that is staged to be created, and so has no id.
    package let isNew: Bool

    package init(app: App, webhook: Webhook, isChosen: Bool, isEdited: Bool, isNew: Bool) {
      self.app = app
      self.webhook = webhook
      self.isChosen = isChosen
      self.isEdited = isEdited
      self.isNew = isNew
    }
  }

  package struct EventRow: Sendable {
    package let name: String
    /// How many of the webhooks read in the selected apps are subscribed.
    package let webhooks: Int
    package let isKnown: Bool
  }

  package struct Setting: Sendable {
    package let name: String
    package let value: String
  }

  package struct OptionRow: Sendable {
    package let name: String
    package let value: String
    package let summary: String
  }

  package struct StatusReport: Sendable {
    package let plan: Plan
    /// Webhooks whose staged edits come to nothing.
    package let unchanged: Int
    package let chosenApps: Int?
    package let chosenWebhooks: Int?
    /// The statements that staged something.
    package let origins: [Origin]
  }

  package struct HelpPage: Sendable {
    /// The words that the statement begins with.
    package let name: String
    package let synopsis: String
    package let isEdit: Bool
    package let help: Help

    /// True for a statement that may say where its output goes.
    package var takesOutput: Bool { synopsis.contains("OUTPUT") }
  }
}
