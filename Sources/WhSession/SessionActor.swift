/// The one actor on which statements are interpreted. Reading, drafting and running share it, so that they share values
/// without locks; requests leave it, and many of them are under way at once.
@globalActor package actor SessionActor {
  package static let shared = SessionActor()
}
