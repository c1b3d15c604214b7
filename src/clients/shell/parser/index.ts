/** Command lines as Python 2.7's argparse reads them. */
export { parse, parseKnown, type Environment, type Parsed } from "./parse.js";
export { Exit, notSimulated, usageError, type Advice } from "./exit.js";
export { help } from "./help.js";
export { usage } from "./usage.js";
export { int, keyValue, oneOf, positiveFloat } from "./types.js";
export { InvalidArgument } from "./spec.js";
export type {
  ArgumentType,
  ArgumentValue,
  OptionSpec,
  ParserSpec,
  PositionalSpec,
} from "./spec.js";
