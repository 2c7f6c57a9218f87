import WhSession

/// Listens to a session. A sink runs no statement, and none does another one's work.
package protocol EventSink: Sendable {
  /// Returns once the sink has done its part, such as writing a file or showing a page.
  func receive(_ event: SessionEvent, as presentation: Presentation) async

  /// How far reading or writing is. It comes from inside a commit, for each webhook, and so must not wait.
  func receive(_ progress: ProgressEvent)
}

extension EventSink {
  package func receive(_ event: SessionEvent, as presentation: Presentation) async {}
  package func receive(_ progress: ProgressEvent) {}
}

/// The sinks of a session; each gets every event.
package struct EventSinks: Sendable {
  private let sinks: [any EventSink]

  package init(_ sinks: [any EventSink]) {
    self.sinks = sinks
  }

  /// Returns once every sink has done its part.
  package func emit(_ event: SessionEvent, as presentation: Presentation) async {
    for sink in sinks { await sink.receive(event, as: presentation) }
  }

  package func emit(_ progress: ProgressEvent) {
    for sink in sinks { sink.receive(progress) }
  }
}
