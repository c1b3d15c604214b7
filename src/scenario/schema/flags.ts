/**
 * The flags of `cloud.flags` for editors: by name, with the type, the default and the help that their
 * services declare. The loader asks the flags themselves (`load/flags.ts`); this says the same, but for
 * bounds of numbers that are written as texts.
 */
import { takes } from "../../framework/flags/convert.js";
import type { Flag, FlagValue } from "../../framework/flags/index.js";
import { declaredNames } from "../../cloud/flags/names.js";
import type { FlagCatalogue } from "../../cloud/flags/types.js";

type Node = Readonly<Record<string, unknown>>;
type AnyFlag = Flag<FlagValue>;

/** The node of `cloud.flags`, and the definitions that it refers to: one for each flag. */
export interface FlagsSchema {
  readonly node: Node;
  readonly definitions: Readonly<Record<string, Node>>;
}

export function flagsSchema(catalogue: FlagCatalogue): FlagsSchema {
  const flags = new Definitions(catalogue);
  const services = [...catalogue].map(([binary, sets]) => {
    const names = [...declaredNames(sets).keys()];
    const node = { description: `Flags of ${binary} alone.`, ...section(names, flags, [binary]) };
    return [binary, node] as const;
  });
  const all = [...declaredNames([...catalogue.values()].flat()).keys()];
  const everywhere = section(all, flags, [...catalogue.keys()]);
  const node = {
    ...everywhere,
    properties: { ...Object.fromEntries(services), ...everywhere.properties },
  };
  return { node, definitions: flags.byId };
}

interface Section {
  readonly type: "object";
  readonly properties: Readonly<Record<string, Node>>;
  readonly additionalProperties: false;
}

/** Flags by their names, flat (`glance.num_retries`) and in a section for each group. */
function section(
  names: readonly string[],
  flags: Definitions,
  readers: readonly string[],
): Section {
  const groups = new Map<string, Record<string, Node>>();
  const properties: Record<string, Node> = {};
  for (const name of names) {
    const node = flags.of(name, readers);
    properties[name] = node;
    const dot = name.indexOf(".");
    if (dot < 0) continue;
    const group = name.slice(0, dot);
    groups.set(group, { ...groups.get(group), [name.slice(dot + 1)]: node });
  }
  for (const [group, members] of groups) {
    const node = { description: `Flags of the group [${group}].`, ...closed(members) };
    const flag = properties[group];
    properties[group] = flag === undefined ? node : { anyOf: [flag, node] };
  }
  return closed(properties);
}

const closed = (properties: Readonly<Record<string, Node>>): Section => ({
  type: "object",
  properties,
  additionalProperties: false,
});

/** What each service declares by a name; what several declare alike is written once. */
class Definitions {
  readonly byId: Record<string, Node> = {};
  /** By name and what is declared: the id. */
  readonly #ids = new Map<string, string>();
  readonly #declared: ReadonlyMap<string, ReadonlyMap<string, AnyFlag>>;

  constructor(catalogue: FlagCatalogue) {
    this.#declared = new Map([...catalogue].map(([binary, sets]) => [binary, declaredNames(sets)]));
  }

  /** A value that all `readers` who have a flag of this name can take. */
  of(name: string, readers: readonly string[]): Node {
    const ids = readers.flatMap((binary) => {
      const flag = this.#declared.get(binary)?.get(name);
      return flag === undefined ? [] : [this.#idOf(name, flag, binary)];
    });
    const refs = [...new Set(ids)].map((id) => ({ $ref: `#/definitions/${id}` }));
    const [only] = refs;
    if (refs.length === 1 && only !== undefined) return only;
    const shared = readers.filter((binary) => this.#declared.get(binary)?.has(name) === true);
    return { description: `Read by ${shared.join(", ")}, each in its own way.`, allOf: refs };
  }

  #idOf(name: string, flag: AnyFlag, binary: string): string {
    const content = `${name} ${JSON.stringify([flag, shown(flag)])}`;
    const known = this.#ids.get(content);
    if (known !== undefined) return known;
    const id = Object.hasOwn(this.byId, `flag.${name}`) ? `flag.${name}.${binary}` : `flag.${name}`;
    this.#ids.set(content, id);
    this.byId[id] = { description: describe(flag), ...valueOf(flag) };
    return id;
  }
}

function describe(flag: AnyFlag): string {
  const help = flag.help.trim().replace(/\.$/u, "");
  const unset = flag.default === null ? "" : ` Default: ${shown(flag)}.`;
  return `${help === "" ? "" : `${help}. `}Takes ${takes(flag)}.${unset}`;
}

/** The default as a file has it. */
function shown({ default: value, secret }: AnyFlag): string {
  if (secret === true) return "(secret)";
  if (value instanceof Map) return [...value].map(([key, of]) => `${key}:${String(of)}`).join(",");
  if (typeof value !== "object" || value === null) return String(value) || '""';
  return [...value].map(String).join(", ") || "none";
}

/** As `framework/flags/convert.ts` takes it; null only where it is the default. */
function valueOf({ type, min, max, choices, version, default: usual }: AnyFlag): Node {
  const none = usual === null ? ["null"] : [];
  switch (type) {
    case "integer": {
      const number = String.raw`\s*[+-]?\d+\s*`;
      const written = usual === null ? String.raw`${number}|\s*` : number;
      return { ...text(written, "integer", ...none), ...bounds(min, max) };
    }
    case "float": {
      const number = String.raw`\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*`;
      return { ...text(number, "number", ...none), ...bounds(min, max) };
    }
    case "boolean": {
      const words = ["true", "1", "on", "yes", "false", "0", "off", "no"].map(inAnyCase);
      return { ...text(words.join("|"), "boolean", "integer", ...none), ...bounds(0, 1) };
    }
    case "string":
      if (choices === undefined) return { type: ["string", "number", "boolean", ...none] };
      return { anyOf: [{ enum: choices }, { type: ["string", ...none], pattern: "\\$" }] };
    case "ip":
      return text(version === undefined ? `${IPV4}|${IPV6}` : version === 4 ? IPV4 : IPV6, ...none);
    case "dict":
      return text(String.raw`\s*|[^:]+:.*`, ...none);
    case "list":
      return texts(...none);
    case "multi":
      return texts("null");
    default:
      return type satisfies never;
  }
}

/** Texts that are all `pattern`, or have the value of another flag in them; and values of `types`. */
const text = (pattern: string, ...types: readonly string[]): Node => ({
  type: ["string", ...types],
  pattern: String.raw`^(?:${pattern})$|\$`,
});

const texts = (...types: readonly string[]): Node => ({
  type: ["array", "string", "number", "boolean", ...types],
  items: { type: "string" },
});

const bounds = (minimum?: number, maximum?: number): Node => ({
  ...(minimum !== undefined && { minimum }),
  ...(maximum !== undefined && { maximum }),
});

const IPV4 = String.raw`(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}`;
const IPV6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

/** `on` as `[oO][nN]`: patterns of a JSON Schema have no flags. */
const inAnyCase = (word: string): string =>
  word.replace(/[a-z]/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
