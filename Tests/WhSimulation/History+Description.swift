extension History: CustomStringConvertible {
  /// A readable line for each event.
  package var description: String {
    var lines = ["seed \(seed): \(settings)"]
    for (index, webhooks) in apps.enumerated() {
      lines.append("app_\(index + 1): " + (webhooks.isEmpty ? "empty" : webhooks.map(\.line).joined(separator: ", ")))
    }
    for program in programs {
      let kind = program.isPrompt ? "prompt" : "script"
      let flags = (program.ignoresUnfinished ? " --ignore-unfinished" : "") + (program.isResumed ? ", resumed" : "")
      let steps = program.steps.map { step in
        if case .wait(let time) = step { "wait \(time) ms" } else { step.text(apps: apps.count) ?? "" }
      }
      lines.append(
        "machine \(program.machine), after \(program.pause) ms, \(kind)\(flags): " + steps.joined(separator: "; "))
    }
    lines += faults.map { "requests \($0.first)..<\($0.first + $0.count): \($0.fate)" }
    lines += outages.map { "from \($0.span.start) to \($0.span.end) ms: \($0.fate)" }
    lines += ends.map {
      "process \($0.process) \($0.isCrash ? "crashes" : "is interrupted") after \($0.effects) effects"
    }
    lines += fullDisks.map { "from \($0.start) to \($0.end) ms: the disk is full" }
    lines += losses.map {
      "operation \($0.operation) of the journal: connection lost \($0.isDone ? "after" : "before") it, for \($0.outage) ms"
    }
    lines += serverStops.map { "from \($0.start) to \($0.end) ms: the journal's server is down" }
    lines += deeds.map { "at \($0.time) ms another client: \($0.kind) of webhook \($0.webhook) in app \($0.app + 1)" }
    if isUndone { lines.append("at the end the newest run is undone") }
    return lines.joined(separator: "\n")
  }
}

extension History.Content {
  fileprivate var line: String {
    "\(url) \(events.joined(separator: "+"))" + headers.map { " \($0.key)=\($0.value)" }.sorted().joined()
  }
}

extension History.Settings: CustomStringConvertible {
  var description: String {
    let standard = Self()
    var parts = ["recheck \(recheck) s", "\(jobs) jobs"]
    if conflicts != standard.conflicts { parts.append("conflicts \(conflicts)") }
    if clockOffset != 0 { parts.append("the service's clock \(clockOffset) ms ahead") }
    if shufflesEvents { parts.append("events in any order") }
    if !tellsTotals { parts.append("no totals") }
    if pageCap != standard.pageCap { parts.append("\(pageCap) on a page") }
    if !hasGet { parts.append("no GET") }
    if let limit { parts.append("\(limit.requests) requests in \(limit.window) ms") }
    parts.append("up to \(latency) ms each way")
    return parts.joined(separator: ", ")
  }
}
