/// The steps of a grammar.
extension Matcher {
  mutating func match(sequence: Int) -> Bool {
    for step in table.program.sequences[sequence] {
      guard match(table.program.steps[step]) else { return false }
    }
    return true
  }

  private mutating func match(_ step: GrammarProgram.Step) -> Bool {
    switch step.kind {
    case .keyword: return take(step.keyword)
    case .symbol: return takeOperator(of: [step.keyword.text]) != nil
    case .slot:
      if step.slot == .variable { splitAssignment() }
      return takeWord(step.slot, name: step.name) != nil
    case .list:
      let list = List(
        slot: step.slot, name: step.name, stops: table.program.stops[step.stops],
        objects: step.stops.isEmpty ? [] : table.objects)
      return match(list)
    case .pairs: return matchPairs(step)
    case .words:
      repeat {
        guard takeWord(step.slot, name: step.name) != nil else { return false }
      } while !isAtEnd
      // Another one may follow, which is for Tab to know.
      fail([.slot(step.slot)])
      return true
    case .optional:
      let inner = step.inner.lowerBound
      guard !isAtEnd, !isPassedOver(step) else {
        probe { $0.match(sequence: inner) }
        return true
      }
      _ = attempt { $0.match(sequence: inner) }
      return true
    case .repeated:
      let inner = step.inner.lowerBound
      while !isAtEnd, attempt({ $0.match(sequence: inner) }) {}
      if isAtEnd { probe { $0.match(sequence: inner) } }
      return true
    case .choice: return step.inner.contains { branch in attempt { $0.match(sequence: branch) } }
    case .selection(let subject): return matchSelection(subject)
    case .predicate(let subject):
      guard let predicate = matchPredicate(subject) else { return false }
      self.predicate = predicate
      return true
    case .edit: return matchCarried(\.isEdit)
    case .looking: return matchCarried(\.looks)
    case .output: return matchOutput(step)
    }
  }

  /// True where a keyword that may follow an optional word stands in its place.
  private func isPassedOver(_ step: GrammarProgram.Step) -> Bool {
    guard !step.stops.isEmpty, let word = currentWord else { return false }
    return table.program.isStop(word.keyword, of: step)
  }

  private mutating func matchOutput(_ step: GrammarProgram.Step) -> Bool {
    guard let word = currentWord, let sign = output(word) else {
      return fail(Match.Output.allCases.map { .symbol($0.rawValue) })
    }
    index += 1
    pieces.append(WrittenPiece(.keyword, word.keyword))
    return takeWord(sign == .command ? .command : .file, name: step.name) != nil
  }

  /// `let NAME=VALUE` may be written without white space.
  private mutating func splitAssignment() {
    guard let lexeme = currentWord, let text = word(lexeme).leadingText,
      let equals = text.utf8.firstIndex(of: UInt8(ascii: "="))
    else { return }
    _ = splitCurrent(after: text.utf8.distance(from: text.utf8.startIndex, to: equals))
  }

  // MARK: Lists

  struct List {
    let slot: Slot
    /// What its words are kept under; none for those of a selection.
    var name = Keyword.none
    /// The keywords that end it.
    let stops: ArraySlice<Keyword>
    /// Words that only a misspelt keyword can stand before.
    let objects: [Keyword]
    /// True where an edit may follow.
    var mayBeginEdit = false
  }

  mutating func match(_ list: List) -> Bool {
    var isFirst = true
    while true {
      if !isFirst {
        if current?.kind == .comma {
          index += 1
        } else if isAtEnd || isCurrent(in: list.stops) {
          fail([.slot(list.slot)])
          return true
        } else if isCurrent(in: list.objects[...]) {
          // `webhook w1 st url X`: the word before was to begin an edit.
          if list.mayBeginEdit { index -= 1 }
          return fail(list.stops.map(\.text).sorted().map { .keyword($0) })
        }
        pieces.append(WrittenPiece(.separator))
      }
      isFirst = false
      guard takeWord(list.slot, name: list.name) != nil else { return false }
    }
  }

  private func isCurrent(in keywords: ArraySlice<Keyword>) -> Bool {
    guard let word = currentWord, word.keyword != .none else { return false }
    return keywords.contains(word.keyword)
  }

  private mutating func matchPairs(_ step: GrammarProgram.Step) -> Bool {
    var isFirst = true
    while true {
      if !isFirst {
        if current?.kind == .comma {
          index += 1
        } else if isAtEnd {
          fail([.slot(step.slot)])
          return true
        }
        pieces.append(WrittenPiece(.separator))
      }
      isFirst = false
      guard takeWord(step.slot, name: step.name) != nil, take(step.keyword),
        takeWord(step.otherSlot, name: step.otherName) != nil
      else { return false }
    }
  }

  // MARK: Carried statements

  /// Fits the rest of the statement to another one of the table.
  private mutating func matchCarried(_ fits: (GrammarTable.Entry) -> Bool) -> Bool {
    let outer = (selection, predicate)
    let commands =
      isNoting ? Array(table.entries.indices) : table.program.entries(beginningWith: current?.keyword ?? .none)
    for command in commands where fits(table.entries[command]) {
      if let match = match(command: command) {
        (selection, predicate) = outer
        carried = [match]
        return true
      }
    }
    return false
  }
}
