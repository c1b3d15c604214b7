/** Python's values and words: what every layer needs once, since what is simulated is written in Python. */
export {
  AttributeError,
  Exception,
  KeyError,
  NotImplementedException,
  PythonTypeError,
  TimedOut,
  ValueError,
} from "./exception.js";
export { toJson, unchanging, UnserializableError, type Json, type JsonObject } from "./json.js";
