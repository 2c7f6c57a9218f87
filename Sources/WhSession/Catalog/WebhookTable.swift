import WhDomain

/// A value for each of many webhooks, in the order in which they came.
///
/// A list beside an index takes less room than a dictionary of the values, whose table is up to four times as large as what it
/// holds.
package struct WebhookTable<Value: Sendable>: Sendable {
  /// Nil where one was removed.
  private var entries: [(key: WebhookKey, value: Value)?] = []
  private var places: [WebhookKey: Int32] = [:]

  package init() {}

  package var count: Int { places.count }

  package var isEmpty: Bool { places.isEmpty }

  package var keys: some Sequence<WebhookKey> { lazy.map(\.key) }

  package var values: some Sequence<Value> { lazy.map(\.value) }

  package subscript(key: WebhookKey) -> Value? {
    get { place(of: key).flatMap { entries[$0]?.value } }
    set {
      switch (place(of: key), newValue) {
      case (let place?, let value?): entries[place]?.value = value
      case (let place?, nil): remove(key, at: place)
      case (nil, let value?): append(value, for: key)
      case (nil, nil): break
      }
    }
  }

  /// Where a value is until the next one is removed; nil where there is none.
  func place(of key: WebhookKey) -> Int? { places[key].map(Int.init) }

  /// The key that is kept at a place, with its value.
  subscript(place place: Int) -> (key: WebhookKey, value: Value)? { entries[place] }

  /// Replaces a value at its place.
  mutating func replace(at place: Int, by value: Value) { entries[place]?.value = value }

  /// Adds the value of a webhook that has none.
  mutating func append(_ value: Value, for key: WebhookKey) {
    places[key] = Int32(entries.count)
    entries.append((key, value))
  }

  /// Makes room for so many more at once.
  mutating func reserve(_ count: Int) {
    let needed = entries.count + count
    // A list that grew by just what is needed would be moved each time, and a script may have an edit for each webhook.
    if needed > entries.capacity { entries.reserveCapacity(Swift.max(needed, 2 * entries.capacity)) }
    places.reserveCapacity(places.count + count)
  }

  mutating func removeAll(where isDropped: (WebhookKey, Value) -> Bool) {
    let before = entries.count
    entries.removeAll { entry in entry.map { isDropped($0.key, $0.value) } ?? true }
    if entries.count < before { index() }
  }

  private mutating func remove(_ key: WebhookKey, at place: Int) {
    places[key] = nil
    entries[place] = nil
    guard entries.count > 2 * places.count + 16 else { return }
    entries.removeAll { $0 == nil }
    index()
  }

  private mutating func index() {
    places = [:]
    places.reserveCapacity(entries.count)
    for (place, entry) in entries.enumerated() { if let entry { places[entry.key] = Int32(place) } }
  }
}

extension WebhookTable: Sequence {
  package func makeIterator() -> some IteratorProtocol<(key: WebhookKey, value: Value)> {
    entries.lazy.compactMap(\.self).makeIterator()
  }
}
