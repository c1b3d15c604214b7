/**
 * Options and arguments that commands of `heat` have in common, and what is made of them. Upstream:
 * heatclient/v1/shell.py, heatclient/common/utils.py (format_parameters), 0.2.12.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { setMember, type Json, type JsonObject } from "../../python/index.js";
import {
  environmentContents,
  isMissing,
  templateContents,
  type Reader,
} from "../../services/heat/client/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { argument } from "../openstack/options.js";
import { int, type OptionSpec, type PositionalSpec } from "../shell/parser/index.js";

/** `-f <FILE>`, `--template-file <FILE>`. */
export const short = (
  letter: string,
  name: string,
  metavar: string,
  about: string,
  more: Partial<OptionSpec> = {},
): OptionSpec => ({
  names: [`-${letter}`, `--${name}`],
  dest: name.replaceAll("-", "_"),
  takes: "value",
  metavar,
  about,
  ...more,
});

/** The same without a value. */
export const flag = (letter: string, name: string, about: string): OptionSpec => ({
  names: [`-${letter}`, `--${name}`],
  dest: name.replaceAll("-", "_"),
  takes: "nothing",
  otherwise: false,
  about,
});

export const STACK: PositionalSpec = argument("id", "<NAME or ID>", "The stack's name or ID.");
export const RESOURCE: PositionalSpec = argument("resource", "<RESOURCE>", "The resource's name.");

const many = { many: true } as const;
const PAIRS = "<KEY1=VALUE1;KEY2=VALUE2...>";

export const templateOptions: readonly OptionSpec[] = [
  short("f", "template-file", "<FILE>", "The file with the template."),
  short("e", "environment-file", "<FILE or URL>", "A file with an environment.", many),
  short("u", "template-url", "<URL>", "Where the template is."),
  short("o", "template-object", "<URL>", "Where a template is in an object store."),
];

export const parametersOption = short(
  "P",
  "parameters",
  PAIRS,
  "Values of parameters; may be repeated, or several in one with semicolons.",
  many,
);

export const filtersOption = short("f", "filters", PAIRS, "Only those that have these.", many);

export const timeoutOption = short("t", "timeout", "<TIMEOUT>", "Minutes that it may take.", {
  type: int,
});

export const timeoutOfOld = short("c", "create-timeout", "<TIMEOUT>", "Of old, --timeout.", {
  type: int,
});

export function timeoutIn(args: Arguments): JsonObject {
  const minutes = args.number("timeout") ?? 0;
  const timeout = minutes === 0 ? (args.number("create_timeout") ?? 0) : minutes;
  return timeout === 0 ? {} : { timeout_mins: timeout };
}

/** Of a stack that is new. */
export const NAME: PositionalSpec = argument(
  "name",
  "<STACK_NAME>",
  "What the stack is to be called.",
);

export const rollbackOption = flag("r", "enable-rollback", "Undo all if it fails.");

/** `format_parameters`: of what is given many times, all values. @throws CommandError */
export function pairsIn(words: readonly string[]): JsonObject {
  const [only = ""] = words;
  const pairs = words.length === 1 ? only.split(";") : words;
  const values: Record<string, Json> = {};
  for (const pair of only === "" && words.length === 1 ? [] : pairs) {
    const at = pair.indexOf("=");
    if (at < 0) {
      throw new CommandError(`Malformed parameter(${pair}). Use the key=value format.`);
    }
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const before = Object.hasOwn(values, name) ? values[name] : undefined;
    setMember(values, name, before === undefined ? value : [before, value].flat());
  }
  return values;
}

/** Template, environment and their files, as they go with a request. */
export function* templateFields(reader: Reader, args: Arguments): Op<JsonObject> {
  const template = yield* templateContents(reader, {
    file: args.text("template_file"),
    url: args.text("template_url"),
    object: args.text("template_object"),
  });
  const env = yield* environmentContents(reader, args.texts("environment_file"));
  return {
    template: template.content,
    files: { ...template.files, ...env.files },
    environment: env.content,
  };
}

/** What a command says where there is nothing, in its own words. @throws CommandError */
export function* orMissing<T>(op: Op<T>, words: string): Op<T> {
  try {
    return yield* op;
  } catch (error) {
    if (isMissing(error)) throw new CommandError(words);
    throw error;
  }
}

export const stackMissing = (args: Arguments): string =>
  `Stack not found: ${args.exactText("id") ?? ""}`;

export const resourceMissing = (args: Arguments): string =>
  `Stack or resource not found: ${args.exactText("id") ?? ""} ${args.exactText("resource") ?? ""}`;
