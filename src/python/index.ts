/** Python's values and words: what every layer needs once, since what is simulated is written in Python. */
export {
  AttributeError,
  Exception,
  IndexException,
  KeyError,
  NotImplementedException,
  PythonTypeError,
  RuntimeException,
  TimedOut,
  ValueError,
} from "./exception.js";
export { pythonLiteral } from "./text/literal.js";
export { formatException, formatExceptionOnly, formatTb, type Frame } from "./traceback.js";
export {
  anything,
  dictLike,
  listLike,
  missing,
  objectLike,
  objectOf,
  optional,
  subscript,
  type Use,
} from "./duck.js";
export { fromJavaScript } from "./from-javascript.js";
export {
  setMember,
  toJson,
  unchanging,
  UnserializableError,
  type Json,
  type JsonObject,
} from "./json.js";
export { b64decode, b64encode } from "./net/base64.js";
export { boolFromString, strictBoolean } from "./booleans.js";
export { isMapping, isObject } from "./guards.js";
export {
  asDict,
  contains,
  get,
  hashable,
  item,
  iterate,
  length,
  noAttribute,
  truth,
  typeName,
} from "./operations.js";
export { dictOrder, hash31 } from "./dict-order.js";
export { dictUpdate } from "./dict-update.js";
export { floatOf, intOf, toInt } from "./numbers.js";
export {
  bytesRepr,
  dumps,
  float,
  floatStr,
  loads,
  redumped,
  repr,
  str,
  textOf,
  wellFormed,
} from "./text/text.js";
export { isUuid, isUuidLike, parseInteger, slug } from "./names.js";
export { quote, quotePlus, urlencode } from "./net/urlencode.js";
export {
  addressToNumber,
  cidrContains,
  ipAddress,
  isIpv4,
  isIpv6,
  isStrictIpv4,
  numberToAddress,
  parseCidr,
  type Cidr,
} from "./net/netaddr.js";
export { asciiText } from "./text/ascii.js";
export { fnmatcher } from "./text/fnmatch.js";
export { indented } from "./text/indented.js";
export { pformat } from "./text/pprint.js";
export { wrapped } from "./text/text-wrap.js";
export {
  cidrOf,
  eui64,
  firstOf,
  ipNetworkOf,
  ipNetworkText,
  ipText,
  isLinkLocal,
  isMac,
  lastOf,
  overlap,
  parseIp,
  parseIpNetwork,
  type IpAddress,
  type IpNetwork,
} from "./net/ip.js";
