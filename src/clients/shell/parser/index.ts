/** Command lines as Python 2.7's argparse reads them. */
export { parse, parseKnown, type Environment, type Parsed } from "./parse.js";
export { Exit, usageError } from "./exit.js";
export { help } from "./help.js";
export { usage } from "./usage.js";
export { int, keyValue, positiveFloat } from "./types.js";
export {
  InvalidArgument,
  type ArgumentType,
  type ArgumentValue,
  type OptionSpec,
  type ParserSpec,
  type PositionalSpec,
} from "./spec.js";
