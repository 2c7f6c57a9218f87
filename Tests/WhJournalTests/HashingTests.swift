import Testing

@testable import WhJournal

@Suite("Hashes of scripts")
struct HashingTests {
  /// The examples that NIST publishes with FIPS 180-4, and the empty message.
  @Test(
    "are SHA-256",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
      (
        String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func vectors(message: String, digest: String) {
    #expect(SHA256.hexadecimalDigest(of: Array(message.utf8)) == digest)
  }

  @Test(
    "are right at each length around a block's end",
    arguments: [
      (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
      (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
      (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
      (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
      (65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
    ])
  func blockEnds(count: Int, digest: String) {
    #expect(SHA256.hexadecimalDigest(of: [UInt8](repeating: UInt8(ascii: "a"), count: count)) == digest)
  }

  @Test(
    "ignore how lines end, a last line end and a byte order mark, and nothing else",
    arguments: [
      ("a\r\nb\r\n", "a\nb\n", true), ("\r\n", "\n", true), ("a\rb", "a\nb", false), ("a\n", "a", true),
      ("a\r\r\n", "a\r\n", false), ("a \n", "a\n", false), ("a\r", "a", false), ("\u{FEFF}a", "a\n", true),
      ("\u{FEFF}\u{FEFF}a", "a", false), ("a\u{FEFF}", "a", false), ("a\n\n", "a\n", false), ("", "\n", true),
    ])
  func lineEnds(one: String, other: String, isSame: Bool) {
    #expect((ScriptHash.hash(of: Array(one.utf8)) == ScriptHash.hash(of: Array(other.utf8))) == isSame)
  }

  @Test("depend on the included scripts and their order")
  func inclusions() {
    let (script, one, two) = (Array("a\n".utf8), Array("b\n".utf8), Array("c\n".utf8))
    let hashes = [[], [one], [two], [one, two], [two, one], [one + two]].map {
      ScriptHash.hash(of: script, including: $0)
    }
    #expect(Set(hashes).count == hashes.count)
    #expect(ScriptHash.hash(of: script, including: [Array("b\r\n".utf8)]) == hashes[1])
  }

  @Test("are those of version 0.1.0 for a script of the usual form")
  func former() {
    for text in ["use app *\n", "use app *\r\ncommit\r\n"] {
      #expect(ScriptHash.hash(of: Array(text.utf8)) == ScriptHash.formerHash(of: Array(text.utf8)))
    }
    #expect(ScriptHash.formerHash(of: Array("a".utf8)) != ScriptHash.formerHash(of: Array("a\n".utf8)))
  }
}
