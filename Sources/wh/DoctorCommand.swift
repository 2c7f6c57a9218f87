import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh doctor`
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the configuration, the key, the service, the journal and the terminal, and say what to do.",
    discussion: """
      It sends one test request and changes nothing. A check that fails does not stop the others. The exit code is 1 if there are \
      problems; warnings alone leave it at 0.
      """)

  @OptionGroup var connection: ConnectionOptions<OneProfile>
  @OptionGroup var output: OutputOption
  @OptionGroup var colour: ColourOption

  func run() async throws {
    let remarks = Remarks()
    let arguments = SessionArguments(connection, output, colour)
    let runtime = Runtime(
      arguments, .none, SharedProcess(hear: { remarks.add($0) }), mode: .plan, isInteractive: false)
    let doctor = Doctor(arguments, runtime, remarks)
    let signals = runtime.listenForSignals()
    defer { withExtendedLifetime(signals) {} }
    let (findings, isInterrupted) = await runtime.interruption.guarding {
      let findings = await doctor.examine { await runtime.runner.show(.finding($0)) }
      return (findings, Task.isCancelled)
    }
    if isInterrupted {
      throw await runtime.fail(.interrupted, "interrupted", ExitStatus.code(for: .stopped))
    }
    let verdict = Verdict(findings)
    await runtime.runner.show(.verdict(verdict))
    try ExitStatus.exit(ifUnwritten: runtime.console)
    if verdict.problems > 0 { throw ExitStatus.somethingFailed }
  }
}
