import WhDomain
import WhJournal

/// What statements have to show, as values: a renderer of the shell turns them into text or JSON.
package enum Output: Sendable {
  /// The words of `echo`.
  case text(String)
  /// A remark that is worth reading and is no result, such as that nothing is chosen.
  case note(String)
  /// A script that was made, to be read by a program or by people.
  case script(String)
  /// What was chosen or staged, for people at a prompt.
  case confirmation(String)
  case apps([AppRow])
  case webhooks([WebhookRow], isDetailed: Bool)
  case events([EventRow])
  case variables([Setting])
  case options([OptionRow])
  case status(StatusReport)
  case diff(Plan)
  /// Shell commands that would send the plan.
  case requests([String])
  case commit(CommitReport)
  /// The runs of the journal, newest first.
  case runs([Run])
  case run(Run, [Intent])
  case help([HelpPage])
  /// The statements there are, by chapter.
  case overview([HelpPage])
  case quit

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
  }

  package struct EventRow: Sendable {
    package let name: String
    /// How many of the webhooks that were read in the chosen apps are subscribed.
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
    package let synopsis: String
    package let isEdit: Bool
    package let help: Help

    /// True for a statement that may say where its output goes.
    package var takesOutput: Bool { synopsis.contains("OUTPUT") }
  }
}

/// How a commit ended: each webhook in one state.
package struct CommitReport: Sendable {
  package internal(set) var outcomes: [Outcome]
  /// Webhooks whose edits came to nothing, and that got no request.
  package let unchanged: Int

  /// The run in the journal.
  package internal(set) var run: Int?
  /// What the journal could not take of it, and what to do.
  package internal(set) var problem: String?

  package init(outcomes: [Outcome], unchanged: Int) {
    self.outcomes = outcomes
    self.unchanged = unchanged
  }

  package func count(_ state: Outcome.State) -> Int {
    (state == .unchanged ? unchanged : 0) + outcomes.count { $0.state == state }
  }

  /// How many webhooks ended in each state that there is any of: `2 created, 24 updated`.
  package func counts(_ isIncluded: (Outcome.State) -> Bool = { _ in true }) -> String {
    Outcome.State.allCases.filter { isIncluded($0) && count($0) > 0 }.map { "\(count($0)) \($0.rawValue)" }
      .joined(separator: ", ")
  }

  package var isFine: Bool { outcomes.allSatisfy(\.isFine) }
}
