#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is wrong with a body that should be something else, in words for a user.
struct MalformedBody: Error {
  let reason: String
}

/// Reads JSON of a shape, whatever else is in it.
enum WireDecoding {
  static func decode<Shape: Decodable>(_ shape: Shape.Type, from body: [UInt8]) throws(MalformedBody) -> Shape {
    do {
      return try JSONDecoder().decode(shape, from: Data(body))
    } catch let error as DecodingError {
      throw MalformedBody(reason: describe(error))
    } catch let error as MalformedBody {
      throw error
    } catch {
      throw MalformedBody(reason: "the body is not JSON")
    }
  }

  /// True when the body is JSON of any shape.
  static func isJSON(_ body: [UInt8]) -> Bool {
    struct Anything: Decodable {
      init(from decoder: any Decoder) {}
    }
    return (try? JSONDecoder().decode(Anything.self, from: Data(body))) != nil
  }

  private static func describe(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context): "\(place(context.codingPath)) is null"
    case .typeMismatch(let type, let context): "\(place(context.codingPath)) is not \(name(of: type))"
    case .dataCorrupted(let context) where context.codingPath.isEmpty: "the body is not JSON"
    case .dataCorrupted(let context): "\(place(context.codingPath)) is not readable"
    @unknown default: "the body is not readable"
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : "." + key.stringValue
      }
    }
    return text.isEmpty ? "the body" : "`\(text)`"
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Int.Type: "a whole number"
    case is [Any].Type: "a list"
    default: "an object"
    }
  }
}
