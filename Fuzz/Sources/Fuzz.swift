import Foundation
import WhFuzzTargets

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// `WH_FUZZ_TARGET` names the target; the arguments are libFuzzer's. `--dictionary` alone prints the target's dictionary.
/// scripts/fuzz calls it.
@main
struct Fuzz {
  static let target: any FuzzTarget.Type = {
    let name = ProcessInfo.processInfo.environment["WH_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTargets.all[name] else {
      FileHandle.standardError.write(Data("fuzz: there is no target `\(name)`\n".utf8))
      exit(64)
    }
    return target
  }()

  static func main() {
    if CommandLine.arguments.dropFirst() == ["--dictionary"] {
      for word in Set(target.words).sorted() { print(entry(word)) }
      return
    }
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(
      runDriver(&count, &arguments) { start, count in
        let begin = Fuzz.processorTime
        Fuzz.target.run(Array(UnsafeBufferPointer(start: start, count: count)))
        rule(Fuzz.processorTime - begin < 2, "an input takes more than 2 seconds")
        return 0
      })
  }

  /// Of this thread, in seconds: other work on the machine makes no input slow.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// A line of a dictionary: all but plain letters as `\xAB`.
  private static func entry(_ word: String) -> String {
    let bytes = word.utf8.map { byte -> String in
      let isPlain = byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(Unicode.Scalar(byte)) : "\\x" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
    return "\"\(bytes.joined())\""
  }
}
