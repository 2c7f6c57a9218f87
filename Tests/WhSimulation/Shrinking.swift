extension Simulation {
  /// The smallest history that still breaks a rule: what can be left out of it is left out, as long as it does.
  static func shrunk(_ history: History) -> History {
    var smallest = history
    var goesOn = true
    while goesOn {
      goesOn = false
      for candidate in smallest.smaller where violation(of: candidate) != nil {
        (smallest, goesOn) = (candidate, true)
        break
      }
    }
    return smallest
  }
}

extension History {
  /// The same history without one of its events, for each event.
  fileprivate var smaller: [History] {
    without(\.programs) + without(\.ends) + without(\.outages) + without(\.fullDisks) + without(\.losses)
      + without(\.serverStops) + without(\.deeds)
      + without(\.faults) + withoutWebhooks + withoutSteps + simpler
  }

  private func without<Element>(_ path: WritableKeyPath<History, [Element]>) -> [History] {
    self[keyPath: path].indices.map { index in
      var history = self
      history[keyPath: path].remove(at: index)
      return history
    }
  }

  private var withoutWebhooks: [History] {
    apps.indices.flatMap { app in
      apps[app].indices.map { index in
        var history = self
        history.apps[app].remove(at: index)
        return history
      }
    } + (apps.count > 1 ? [changing { $0.apps.removeLast() }] : [])
  }

  private var withoutSteps: [History] {
    programs.indices.flatMap { program in
      programs[program].steps.indices.map { index in
        var history = self
        history.programs[program].steps.remove(at: index)
        return history
      }
    }
  }

  /// One setting at a time as it usually is.
  private var simpler: [History] {
    let standard = Settings()
    var all: [History] = []
    func add<Value: Equatable>(_ path: WritableKeyPath<History, Value>, _ value: Value) {
      if self[keyPath: path] != value { all.append(changing { $0[keyPath: path] = value }) }
    }
    add(\.settings.recheck, standard.recheck)
    add(\.settings.jobs, 1)
    add(\.settings.conflicts, standard.conflicts)
    add(\.settings.clockOffset, 0)
    add(\.settings.shufflesEvents, false)
    add(\.settings.tellsTotals, true)
    add(\.settings.pageCap, standard.pageCap)
    add(\.settings.hasGet, true)
    add(\.settings.limit, nil)
    add(\.settings.latency, standard.latency)
    add(\.isUndone, false)
    for index in faults.indices { add(\.faults[index].count, 1) }
    for index in programs.indices {
      add(\.programs[index].pause, 0)
      add(\.programs[index].isResumed, false)
      add(\.programs[index].isPrompt, false)
      add(\.programs[index].ignoresUnfinished, false)
    }
    return all
  }

  private func changing(_ change: (inout History) -> Void) -> History {
    var history = self
    change(&history)
    return history
  }
}
