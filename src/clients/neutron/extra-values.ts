/**
 * What stands at the end of a command line and is no option of the command: `--key value`, `--key`,
 * `--key type=int 5`, `--key list=true a b`. It is sent as it is, as members of a body or as filters.
 * Upstream: neutronclient/neutron/v2_0/__init__.py (parse_args_to_dict), 2.3.9.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Json, JsonObject } from "../../python/index.js";
import { InvalidArgument, usageError, type ParserSpec } from "../shell/parser/index.js";
import { isNumber, typeOf } from "./value-types.js";

/** One option and what was said about it. */
class Extra {
  readonly name: string;
  readonly values: string[] = [];
  /** `type=`. */
  type: string | undefined;
  list = false;
  clear = false;

  constructor(name: string) {
    this.name = name;
  }
}

/** @throws CommandError if the words make no options, Exit if a value is not of its type */
export function extraValues(words: readonly string[]): JsonObject {
  const rest = words[0] === "--" ? words.slice(1) : words;
  const wrong = (): CommandError => new CommandError(`Invalid values_specs ${words.join(" ")}`);
  const extras = new Map<string, Extra>();
  let current: Extra | undefined;
  let closed = false;
  for (const word of rest) {
    if (word.startsWith("--")) {
      finish(current, wrong);
      const equals = word.indexOf("=");
      const name = equals < 0 ? word : word.slice(0, equals);
      if (extras.has(name)) throw new CommandError(`Duplicated options ${words.join(" ")}`);
      current = new Extra(name);
      extras.set(name, current);
      closed = equals >= 0;
      if (closed) current.values.push(word.slice(equals + 1));
    } else if (word.startsWith("type=") && current?.type === undefined) {
      if (current === undefined) throw wrong();
      current.type = word.split("=")[1] ?? "";
      typeOf(current.type);
    } else if (word === "list=true") {
      if (current !== undefined) current.list = true;
    } else if (word === "action=clear") {
      if (current !== undefined) current.clear = true;
    } else {
      if (current === undefined || closed || (word.startsWith("-") && !isNumber(word)))
        throw wrong();
      current.values.push(word);
    }
  }
  finish(current, wrong);
  finish(current, wrong);
  const all = [...extras.values()];
  return Object.fromEntries(
    all.map((extra) => [extra.name.slice(2).replaceAll("-", "_"), valueOf(extra, all)]),
  );
}

/** An option whose type was said has a value. */
function finish(extra: Extra | undefined, wrong: () => CommandError): void {
  if (extra === undefined || extra.values.length > 0) return;
  if (extra.type !== undefined || extra.list) throw wrong();
}

function valueOf(extra: Extra, all: readonly Extra[]): Json {
  const { values, type, list, clear } = extra;
  const [only = ""] = values;
  if (values.length === 0) return clear ? null : true;
  try {
    const read = type === undefined ? (text: string) => text : typeOf(type);
    return values.length > 1 || list || type === "list" ? values.map(read) : read(only);
  } catch (error) {
    if (!(error instanceof InvalidArgument)) throw error;
    throw usageError(parserOf(all), `argument ${extra.name}: ${error.message}`);
  }
}

/** The parser that upstream makes for such options alone. */
const parserOf = (extras: readonly Extra[]): ParserSpec => ({
  prog: "neutron",
  about: "",
  positionals: [],
  argparse: {},
  options: extras.map(({ name, values }) => ({
    names: [name],
    dest: name.slice(2).replaceAll("-", "_"),
    takes: values.length === 0 ? "nothing" : "value",
    about: "",
  })),
});
