/** Options: how they are declared, given and read. */
export type { Flag, FlagSet, FlagsOf, FlagType, FlagValue, FlagValues } from "./types.js";
export {
  boolean,
  dict,
  float,
  integer,
  ip,
  list,
  multiString,
  option,
  optionalInteger,
  optionalList,
  optionalString,
  secret,
  string,
  wholeSeconds,
} from "./declare.js";
export { Flags } from "./flags.js";
export { formatName, namesOf, parseName } from "./names.js";
export { formatOrigin, sourceOf, type Given, type Origin, type Source } from "./source.js";
export { parseIni } from "./ini.js";
export {
  looksLikeFlagfile,
  readFlagfile,
  type FlagFile,
  type FlagLine,
  type ReadText,
} from "./flagfile.js";
export { ConfigFileParseError, FlagError } from "./errors.js";
