/** Options that many commands of `ceilometer` take. Upstream: the `utils.arg` decorators of ceilometerclient/v2/shell.py, 1.0.12. */
import { CommandError } from "../../framework/apiclient/index.js";
import { boolFromString, bytesRepr } from "../../python/index.js";
import { queryTerms, type QueryTerm } from "../../services/ceilometer/client/index.js";
import type { Arguments } from "../openstack/arguments.js";
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

export const OBSOLETE_ID: OptionSpec = {
  ...valueOption("--alarm_id", "<ALARM_ID>", undefined),
  names: ["-a", "--alarm_id"],
  dest: "alarm_id_deprecated",
};

/** @throws CommandError */
export function alarmIdOf(args: Arguments): string {
  const id = args.text("alarm_id") ?? args.text("alarm_id_deprecated") ?? "";
  if (id.trim() === "") throw new CommandError("alarm_id should not be empty");
  return id;
}

/** What every command about one alarm has. */
export const oneAlarm = {
  positionals: [ALARM_ID],
  check: (args: Arguments): void => {
    alarmIdOf(args);
  },
};
