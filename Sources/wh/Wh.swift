import ArgumentParser

@main
struct Wh: AsyncParsableCommand {
  func run() async throws {}
}
