import WhDomain
import WhSession

/// What the prompt asks before something that can't be taken back. Any other key that ends the line is a no, as is any line but a yes.
struct PromptQuestions: Sendable {
  let reader: any LineReader
  let runner: Runner
  /// Drops what was typed ahead, which does not answer.
  let dropTypedAhead: @Sendable () async -> Void

  func answer(_ question: Question) async -> Bool {
    await dropTypedAhead()
    switch question {
    case .protected(let profile, let plan):
      await runner.show(.output(.diff(plan)))
      let prompt = Prompt([
        Prompt.Segment("The profile "), Prompt.Segment(profile, Prompt.Style(colour: .red, bold: true)),
        Prompt.Segment(" is protected. Type its name to confirm: "),
      ])
      guard case .line(let answer)? = try? await reader.readLine(prompt: prompt) else { return false }
      return answer == profile
    case .deletions(let count):
      return await isYes("This deletes \(count.counting("webhook")). Continue?")
    case .unfinished(let runs):
      let names = runs.map(String.init).joined(separator: ", ")
      let subject = runs.count == 1 ? "Run \(names) is" : "Runs \(names) are"
      return await isYes("\(subject) unfinished: `resume` finishes \(runs.count.noun("it", "them")). Commit anyway?")
    }
  }

  /// Whether the session may end; asks first if edits are staged.
  func mayLeave(dropping changes: Int) async -> Bool {
    guard changes > 0 else { return true }
    await dropTypedAhead()
    let subject = changes.counting("staged change is", "staged changes are")
    return await isYes(
      "\(subject) not committed. Discard \(changes.noun("it", "them")) and quit?", withoutTerminal: true)
  }

  /// - Parameter withoutTerminal: the answer if no one can give one any more.
  private func isYes(_ question: String, withoutTerminal: Bool = false) async -> Bool {
    switch try? await reader.readLine(prompt: Prompt(question + " [y/N] ")) {
    case .line(let answer)?: ["y", "yes"].contains(answer.lowercased())
    case .edit?, .interrupted?, .endOfInput?: false
    case .closed?, nil: withoutTerminal
    }
  }
}
