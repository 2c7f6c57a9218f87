import CEditLine
import Synchronization

/// What keys ask of the session, on the reading thread.
extension EditLineSession {
  /// Tab.
  func complete(_ editor: OpaquePointer, line: String, cursor: Int, canOpenMenu: Bool) -> Bool {
    let result = completer(line, cursor)
    switch CompletionAction(result, line: line, cursorByteOffset: cursor) {
    case .none:
      return false
    case .replace(let bytes, let text):
      Self.withBytes(text) { cel_replace(editor, bytes, $0, $1) }
    case .list(let candidates, let omitted):
      var rows: Int32 = 0
      var columns: Int32 = 0
      cel_size(editor, &rows, &columns)
      if canOpenMenu, cel_rows_below(editor) >= CandidateMenu.leastRows {
        let typed = String(decoding: line.utf8.prefix(cursor).dropFirst(result.replaceFrom), as: UTF8.self)
        cel_open_menu(editor)
        let menu = CandidateMenu(result, typed: typed, columns: Int(columns))
        show(menu, replacing: typed, editor)
        return true
      }
      let lines = CandidateList(rows: Int(rows), columns: Int(columns)).lines(candidates, omitted: omitted)
      Self.withBytes(lines.map { $0 + "\n" }.joined()) { cel_list(editor, $0, $1) }
    }
    return true
  }

  /// A key of the menu.
  func walk(_ editor: OpaquePointer, _ step: cel_menu_step) {
    guard var menu = state.withLock(\.menu) else { return }
    let before = menu.text
    switch step {
    case CEL_MENU_TAKE: Self.withBytes(menu.taken) { cel_replace(editor, before.utf8.count, $0, $1) }
    case CEL_MENU_CANCEL: Self.withBytes(menu.typed) { cel_replace(editor, before.utf8.count, $0, $1) }
    case CEL_MENU_PREVIOUS: menu.move(.previous)
    case CEL_MENU_UP: menu.move(.up)
    case CEL_MENU_DOWN: menu.move(.down)
    case CEL_MENU_LEFT: menu.move(.left)
    case CEL_MENU_RIGHT: menu.move(.right)
    default: menu.move(.next)
    }
    if step != CEL_MENU_TAKE, step != CEL_MENU_CANCEL { show(menu, replacing: before, editor) }
  }

  /// Puts what is selected into the line, and shows the menu below.
  private func show(_ menu: CandidateMenu, replacing text: String, _ editor: OpaquePointer) {
    var menu = menu
    Self.withBytes(menu.text) { cel_replace(editor, text.utf8.count, $0, $1) }
    let lines = menu.lines(rows: Int(cel_rows_below(editor)))
    Self.withBytes(lines.map { $0 + "\n" }.joined()) { cel_show_menu(editor, $0, $1) }
    state.withLock { [menu] in $0.menu = menu }
  }

  /// Before each wait for a key.
  func decorate(_ editor: OpaquePointer, line: String, cursor: Int) {
    guard let decorator else { return }
    let decoration = decorator(line, cursor)
    for part in decoration.parts {
      cel_style(editor, part.range.lowerBound, part.range.upperBound, part.style.rendition)
    }
    guard let hint = decoration.hint else { return }
    if let rest = state.withLock({ $0.history.suggestion(for: line) }) {
      Self.withBytes(rest) { cel_hint(editor, $0, $1, true) }
    } else if !hint.isEmpty {
      Self.withBytes(hint) { cel_hint(editor, $0, $1, false) }
    }
  }
}
