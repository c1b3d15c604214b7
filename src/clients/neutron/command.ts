/**
 * What a command of `neutron` is, and the five that are alike for all kinds: create, update, delete,
 * show, list. Upstream: neutronclient/neutron/v2_0/__init__.py (NeutronCommand and its children).
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { showOptions, showText } from "../openstack/cliff.js";
import { valueOption, withTwin } from "../openstack/options.js";
import type { Console } from "../shell/console.js";
import { oneOf, type OptionSpec, type PositionalSpec } from "../shell/parser/index.js";
import type { CommandName } from "../shell/program.js";
import type { NeutronApi } from "./api.js";
import { shownValues } from "./formats.js";
import { find, idOf, type Resource } from "./resource.js";

/** One run of a command. */
export interface Call {
  readonly api: NeutronApi;
  readonly args: Arguments;
  /** What no option took. */
  readonly extra: JsonObject;
  readonly console: Console;
}

export interface NeutronCommand {
  readonly name: string;
  /** In a sentence. */
  readonly about: string;
  readonly options: readonly OptionSpec[];
  readonly positionals: readonly PositionalSpec[];
  /** What no option takes is left alone. */
  readonly plain?: true;
  /** The names in it that must be there, and those that it makes. */
  readonly names?: ((args: Arguments) => readonly CommandName[]) | undefined;
  /** @throws Exception for what ends a command with exit code 1 */
  run(call: Call): Op<void>;
}

/** Every command takes it. */
export const formatOptions: readonly OptionSpec[] = withTwin(
  valueOption("--request-format", "{json,xml}", "json, which is the only one here.", {
    type: oneOf(["json", "xml"]),
    otherwise: "json",
  }),
);

export const fieldOptions: readonly OptionSpec[] = [
  {
    names: ["-D", "--show-details"],
    dest: "show_details",
    takes: "nothing",
    otherwise: false,
    about: "Show more.",
  },
  { names: ["--show_details"], dest: "show_details", takes: "nothing", otherwise: false },
  { names: ["--fields"], dest: "fields", takes: "value", many: true, otherwise: [] },
  {
    names: ["-F", "--field"],
    dest: "fields",
    takes: "value",
    many: true,
    otherwise: [],
    metavar: "FIELD",
    about: "A field that the server is to return. May be given many times.",
  },
];

export const tenantOptions = (metavar: string): OptionSpec[] =>
  withTwin(valueOption("--tenant-id", metavar, "Whose it is."));

/** `NETWORK`: the thing that a command is about. */
export const thing = ({ name }: Resource): PositionalSpec => ({
  dest: "id",
  metavar: name.toUpperCase(),
  count: "one",
  about: "Its name or id.",
});

/** What is not as for every kind. */
export interface Special {
  readonly options?: readonly OptionSpec[];
  readonly positionals?: readonly PositionalSpec[];
  readonly names?: ((args: Arguments) => readonly CommandName[]) | undefined;
  /** The members of the body that the options say. */
  readonly body?: (call: Call) => Op<JsonObject>;
}

/** `net-create`. */
export function createCommand(
  name: string,
  kind: Resource,
  special: Required<Pick<Special, "body">> & Special,
): NeutronCommand {
  return {
    name,
    about: `Create ${oneOfKind(kind)}.`,
    options: [
      ...showOptions,
      ...formatOptions,
      ...tenantOptions("TENANT_ID"),
      ...(special.options ?? []),
    ],
    positionals: special.positionals ?? [],
    names: special.names,
    *run(call) {
      const { api, args, extra, console } = call;
      const body = { ...(yield* special.body(call)), ...extra };
      const answer = yield* api.post(kind.path, { [kind.name]: body });
      const made = answer[kind.name];
      if (isObject(made)) console.print(`Created a new ${kind.name}:`);
      console.write(showText(args, isObject(made) ? shownValues(made) : [["", ""]]));
    },
  };
}

/** `net-update`. `byName`: it is found by its name too. */
export function updateCommand(
  name: string,
  kind: Resource,
  special: Special = {},
  byName = true,
): NeutronCommand {
  return {
    name,
    about: `Change ${oneOfKind(kind)}.`,
    options: [...formatOptions, ...(special.options ?? [])],
    positionals: [thing(kind)],
    names: special.names,
    *run(call) {
      const { api, args, extra, console } = call;
      const known = special.body === undefined ? {} : yield* special.body(call);
      const body = { ...known, ...extra };
      if (Object.keys(body).length === 0) {
        throw new CommandError(`Must specify new values to update ${kind.name}`);
      }
      const typed = args.exactText("id") ?? "";
      const id = yield* (byName ? find : idOf)(api, kind, typed);
      yield* api.put(`${kind.path}/${id}`, { [kind.name]: body });
      console.print(`Updated ${kind.name}: ${typed}`);
    },
  };
}

/** `net-delete`. */
export function deleteCommand(
  name: string,
  kind: Resource,
  special: Special = {},
  byName = true,
): NeutronCommand {
  return {
    name,
    about: `Delete ${oneOfKind(kind)}.`,
    plain: true,
    options: formatOptions,
    positionals: [thing(kind)],
    names: special.names,
    *run({ api, args, console }) {
      const typed = args.exactText("id") ?? "";
      const id = byName ? yield* find(api, kind, typed) : typed;
      yield* api.delete(`${kind.path}/${id}`);
      console.print(`Deleted ${kind.name}: ${typed}`);
    },
  };
}

/** `net-show`. `indent`: of dictionaries within. */
export function showCommand(
  name: string,
  kind: Resource,
  { byName = true, indent, ...special }: Special & { byName?: boolean; indent?: number } = {},
): NeutronCommand {
  return {
    name,
    about: `Show ${oneOfKind(kind)}.`,
    plain: true,
    options: [...showOptions, ...formatOptions, ...fieldOptions],
    positionals: [thing(kind)],
    names: special.names,
    *run({ api, args, console }) {
      const typed = args.exactText("id") ?? "";
      const id = byName ? yield* find(api, kind, typed) : typed;
      const fields = args.texts("fields");
      const details: Record<string, Json> = args.flag("show_details") ? { verbose: "True" } : {};
      const search = fields.length > 0 ? { fields } : details;
      const shown = (yield* api.get(`${kind.path}/${id}`, search))[kind.name];
      console.write(showText(args, isObject(shown) ? shownValues(shown, indent) : []));
    },
  };
}

/** `a network`, `an agent`. */
const oneOfKind = ({ name }: Resource): string =>
  `${/^[aeiou]/.test(name) ? "an" : "a"} ${name.replaceAll("_", " ")}`;
