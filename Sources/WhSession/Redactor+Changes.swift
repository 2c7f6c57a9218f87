import WhDomain
import WhJournal

extension Redactor {
  /// Hides what a change holds that is a secret: of the webhook as it was, and of what is asked for.
  package func learn(secretsOf action: Change.Action) {
    switch action {
    case .update(let before, let patch):
      if let before { learn(secretsOf: before) }
      learn(secretsOf: patch.url, patch.headers)
    case .create(let url, _, let headers): learn(secretsOf: url, headers)
    case .delete(let before): learn(secretsOf: before)
    }
  }

  /// Hides what changes of a journal hold that is a secret, and what the service answered to them.
  package func learn(secretsOf intents: [Intent]) {
    for intent in intents {
      learn(secretsOf: intent.change.action)
      if let answer = intent.outcome?.answer { learn(secretsOf: answer) }
    }
  }
}
