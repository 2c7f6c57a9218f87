/// Completes the text before the cursor. It is called on the reading thread while the user waits, so it answers from
/// memory.
///
/// `line` is the text being edited and `cursorByteOffset` the cursor's place in its UTF-8.
package typealias Completer = @Sendable (_ line: String, _ cursorByteOffset: Int) -> CompletionResult
