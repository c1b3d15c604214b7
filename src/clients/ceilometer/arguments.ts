/** Options that many commands of `ceilometer` take. Upstream: the `utils.arg` decorators of ceilometerclient/v2/shell.py, 1.0.12. */
import { CommandError } from "../../framework/apiclient/index.js";
import { boolFromString, bytesRepr } from "../../python/index.js";
import { queryTerms, type QueryTerm } from "../../services/ceilometer/client/index.js";
import type { Arguments } from "../openstack/arguments.js";
import type { Console } from "../shell/console.js";
import { valueOption } from "../openstack/options.js";
import {
  InvalidArgument,
  type ArgumentType,
  type OptionSpec,
  type PositionalSpec,
} from "../shell/parser/index.js";

const QUERY_ABOUT =
  "key[op]data_type::value; list. data_type is optional, one of string, integer, float, boolean.";

export const queryOption = (dest = "query"): OptionSpec => ({
  names: ["-q", "--query"],
  dest,
  takes: "value",
  metavar: "<QUERY>",
  about: QUERY_ABOUT,
});

/** @throws ValueError */
export function queryOf(args: Arguments, dest = "query"): QueryTerm[] | undefined {
  const text = args.exactText(dest);
  return text === undefined ? undefined : queryTerms(text);
}

/** An option with a short name before its long one. */
export const short = (letter: string, option: OptionSpec): OptionSpec => ({
  ...option,
  names: [letter, ...option.names],
});

export const required = (option: OptionSpec): OptionSpec => ({ ...option, required: true });

export const many = (option: OptionSpec): OptionSpec => ({ ...option, many: true });

/** `strutils.bool_from_string`. */
export const bool: ArgumentType = (text) => boolFromString(text);

export const floating: ArgumentType = (text) => {
  const number = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw new InvalidArgument(`invalid float value: ${bytesRepr(text)}`);
};

/** @throws CommandError where the value of an option that must have one is blank */
export function notEmpty(args: Arguments, dest: string): string {
  const value = args.exactText(dest) ?? "";
  if (value.trim() === "") throw new CommandError(`${dest} should not be empty`);
  return value;
}

/** The id of an alarm, and the option that it was of old. */
export const ALARM_ID: PositionalSpec = {
  dest: "alarm_id",
  metavar: "<ALARM_ID>",
  count: "optional",
  about: "ID of the alarm.",
};

export const OBSOLETE_IDS: readonly OptionSpec[] = [
  { ...valueOption("--alarm_id", "<ALARM_ID>", undefined), names: ["-a"], dest: "alarm_id_short" },
  { ...valueOption("--alarm_id", "<ALARM_ID>", undefined), dest: "alarm_id_long" },
];

/** @throws CommandError */
function idIn(args: Arguments): string {
  const given = ["alarm_id", "alarm_id_long", "alarm_id_short"].map((dest) => args.text(dest));
  const id = given.find((each) => each !== undefined) ?? "";
  if (id.trim() === "") throw new CommandError("alarm_id should not be empty");
  return id;
}

/** The id, and a word about how it was given if that is obsolete. @throws CommandError */
export function alarmIdOf(args: Arguments, console: Console): string {
  for (const [dest, option] of [
    ["alarm_id_short", "-a"],
    ["alarm_id_long", "--alarm_id"],
  ] as const) {
    if (args.text(dest) === undefined) continue;
    console.write(`${option} is obsolete! See help for more details.\n`);
  }
  return idIn(args);
}

/** What every command about one alarm has. */
export const oneAlarm = {
  positionals: [ALARM_ID],
  check: (args: Arguments): void => {
    idIn(args);
  },
};
