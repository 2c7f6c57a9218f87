/// What a folder of scripts is known by, wherever it is checked out: a random id in a file beside the scripts.
package struct FolderIdentity: Hashable, Sendable {
  package static let fileName = ".wh-migrations"

  /// 32 hexadecimal digits.
  package let id: String

  /// - Parameter random: 16 bytes by chance.
  package init(random: [UInt8]) {
    id = random.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  init(unchecked id: String) {
    self.id = id
  }

  /// Reads the file's text.
  ///
  /// - Throws: `FolderIdentityProblem`.
  package init(file bytes: [UInt8]) throws(FolderIdentityProblem) {
    let text = String(decoding: bytes, as: UTF8.self).filter { $0 != "\u{FEFF}" }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
    let ids = lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    guard let id = ids.first else { throw .empty }
    // As of two branches that were merged, with marks of a conflict between their ids.
    guard ids.count == 1 else { throw .several }
    guard id.utf8.count == 32, id.allSatisfy({ "0123456789abcdef".contains($0) }) else { throw .notAnID(String(id)) }
    self.id = String(id)
  }

  /// The text of the file.
  package var text: String {
    """
    # `wh migrate` identifies the folder by this id, wherever it is checked out. Commit this file with the scripts.
    \(id)

    """
  }
}

/// What is wrong with the file of an identity.
package enum FolderIdentityProblem: Error, Equatable, Sendable {
  case empty
  case several
  case notAnID(String)
}

// MARK: - Wording

extension FolderIdentityProblem {
  /// The end of a sentence about the file.
  package var reason: String {
    switch self {
    case .empty: "contains no id: restore the file"
    case .several: "contains more than one id: keep the one that was applied first"
    case .notAnID(let text): "contains `\(text)`, which is not an id: restore the file"
    }
  }
}
