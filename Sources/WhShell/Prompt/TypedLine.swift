/// A line of the prompt, with the times, in seconds, at which it was requested and entered.
package struct TypedLine: Sendable {
  package let prompt: Prompt
  package let text: String
  package let asked: Double
  package let given: Double
}
