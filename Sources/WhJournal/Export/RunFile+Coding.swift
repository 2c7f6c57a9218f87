import Foundation
import WhDomain

extension RunFile {
  // MARK: Writing

  /// The text of the file.
  ///
  /// - Parameters:
  ///   - tool: the version of this tool.
  ///   - passphrase: encrypts the run; nil for one without secrets.
  /// - Throws: `RunFileProblem` where it can't be encrypted.
  package func text(tool: String, passphrase: [UInt8]?) throws(RunFileProblem) -> String {
    guard let passphrase else { return try text(tool: tool, sealed: nil) }
    return try text(tool: tool, sealed: SealedText(body, passphrase: passphrase))
  }

  func text(tool: String, sealed: SealedText?) throws(RunFileProblem) -> String {
    var json = JSONWriter()
    json.raw("{")
    json.name("format")
    json.string(Self.format)
    json.name("version")
    json.integer(Self.version)
    json.name("tool")
    json.string(tool)
    if let sealed {
      json.name("cipher")
      json.string("AES-256-GCM, PBKDF2-HMAC-SHA-256")
      json.name("iterations")
      json.integer(sealed.iterations)
      for (name, bytes) in [
        ("salt", sealed.salt), ("nonce", sealed.nonce), ("tag", sealed.tag), ("sealed", sealed.bytes),
      ] {
        json.name(of: name)
        json.string(Data(bytes).base64EncodedString())
      }
      return json.text + "}\n"
    }
    return json.text + ",\"run\":" + body + "}\n"
  }

  /// The run itself.
  private var body: String {
    var json = JSONWriter()
    json.raw("{")
    json.name("number")
    json.integer(number)
    for (name, text) in [
      ("profile", metadata.profile), ("host", metadata.host), ("script", metadata.script),
      ("scriptSha256", metadata.scriptSHA256), ("note", metadata.note), ("user", metadata.user),
      ("version", metadata.version),
    ] as [(String, String?)] {
      guard let text else { continue }
      json.name(of: name)
      json.string(text)
    }
    json.name("startedAt")
    json.integer(Int(metadata.startedAt.milliseconds))
    json.name("isAbandoned")
    json.raw(isAbandoned ? "true" : "false")
    json.name("leftOut")
    json.strings(leftOut)
    return json.text + ",\"intents\":[" + intents.map { "\n" + Self.text(of: $0) }.joined(separator: ",") + "\n]}"
  }

  /// With what the journal's columns hold, each as a text.
  private static func text(of intent: Intent) -> String {
    let (change, record) = (intent.change, IntentRecord(intent.change))
    var json = JSONWriter()
    func members(_ members: [(String, String?)]) {
      for case (let name, let text?) in members {
        json.name(of: name)
        json.string(text)
      }
    }
    json.raw("{")
    members([
      ("appId", record.appID), ("appSlug", record.appSlug), ("appName", record.appName), ("webhook", record.webhookID),
      ("action", record.action), ("before", record.before), ("asked", record.asked),
      ("origins", JSONWriter.origins(change.origins)),
    ])
    if let outcome = intent.outcome {
      json.name("outcome")
      json.raw("{")
      members([
        ("state", outcome.state.rawValue), ("message", outcome.message),
        ("answer", outcome.answer.map { JSONWriter.webhook($0, of: change) }),
      ])
      json.name("settled")
      json.raw(outcome.closesIntent ? "true" : "false")
      json.name("tries")
      json.integer(outcome.tries)
      json.name("at")
      json.integer(Int(outcome.at.milliseconds))
      json.raw("}")
    }
    json.raw("}")
    return json.text
  }

  // MARK: Reading

  /// Reads the text of a file.
  ///
  /// - Parameter passphrase: nil where none was given.
  /// - Throws: `RunFileProblem`.
  package init(file bytes: [UInt8], passphrase: [UInt8]?) throws(RunFileProblem) {
    guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(bytes)), wire.format == Self.format else {
      throw .notARun
    }
    guard wire.version <= Self.version else { throw .newerVersion(wire.version) }
    if let sealed = wire.sealedText {
      guard let passphrase else { throw .needsPassphrase }
      let body = try sealed.open(passphrase)
      guard let run = try? JSONDecoder().decode(WireRun.self, from: Data(body.utf8)) else { throw .notARun }
      try self.init(run)
    } else if let run = wire.run {
      try self.init(run)
    } else {
      throw .notARun
    }
  }

  private init(_ wire: WireRun) throws(RunFileProblem) {
    var intents: [Intent] = []
    for (index, intent) in wire.intents.enumerated() {
      do {
        intents.append(try intent.intent(of: wire.number, at: index))
      } catch {
        throw .damaged("change \(index + 1): \(error.description)")
      }
    }
    self.init(
      number: wire.number,
      metadata: RunMetadata(
        profile: wire.profile, host: wire.host, script: wire.script, scriptSHA256: wire.scriptSha256, note: wire.note,
        user: wire.user, version: wire.version, startedAt: Moment(milliseconds: Int64(wire.startedAt))),
      isAbandoned: wire.isAbandoned, intents: intents, leftOut: wire.leftOut)
  }
}

private struct Wire: Decodable {
  let format: String
  let version: Int
  let run: WireRun?
  let iterations: Int?
  let salt: String?
  let nonce: String?
  let tag: String?
  let sealed: String?

  var sealedText: SealedText? {
    guard let iterations, let sealed else { return nil }
    let parts = [salt, nonce, tag, sealed].map { text in
      text.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) } ?? []
    }
    return SealedText(iterations: iterations, salt: parts[0], nonce: parts[1], tag: parts[2], bytes: parts[3])
  }
}

private struct WireRun: Decodable {
  let number: Int
  let profile: String
  let host: String
  let script: String?
  let scriptSha256: String?
  let note: String?
  let user: String
  let version: String
  let startedAt: Int
  let isAbandoned: Bool
  let leftOut: [String]
  let intents: [WireIntent]
}

private struct WireIntent: Decodable {
  struct WireOutcome: Decodable {
    let state: String
    let message: String?
    let answer: String?
    let settled: Bool
    let tries: Int
    let at: Int
  }

  let appId: String
  let appSlug: String?
  let appName: String?
  let webhook: String?
  let action: String
  let before: String?
  let asked: String?
  let origins: String
  let outcome: WireOutcome?

  func intent(of run: Int, at index: Int) throws(DamagedText) -> Intent {
    let record = IntentRecord(
      appID: appId, appSlug: appSlug, appName: appName, webhookID: webhook, action: action, before: before, asked: asked
    )
    return try record.intent(
      of: run, at: index, try JSONReading.origins(origins),
      outcome.map {
        OutcomeRecord(
          state: $0.state, settled: $0.settled, message: $0.message, answer: $0.answer, tries: $0.tries,
          at: Moment(milliseconds: Int64($0.at)))
      })
  }
}
