/**
 * Which keys the schema knows at a path, for suggestions, read from the JSON Schema. Flags of services
 * are not among them: `load/flags.ts` knows their names.
 */
import { shapeJsonSchema } from "./json-schema.js";

type Path = readonly (string | number)[];

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Node>>;
}

/** Finds the keys that the mapping at a path of `data` may have; none where anything goes. */
export function scenarioKeys(data: unknown): (path: Path) => string[] {
  // Only who has a mistake to tell needs it, and all mistakes the same one.
  let root: Node | undefined;
  return (path) => keysAt((root ??= shapeJsonSchema() as Node), path, data);
}

function keysAt(root: Node, path: Path, data: unknown): string[] {
  let nodes = alternatives(root, root, data);
  let value = data;
  for (const part of path) {
    value = member(value, part);
    nodes = nodes.flatMap((node) => child(node, part));
    nodes = nodes.flatMap((node) => alternatives(root, node, value));
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** What `value` may be by `node`: where its keys say which of several it is, that one. */
function alternatives(root: Node, node: Node, value: unknown): Node[] {
  const name = node.$ref?.split("/").at(-1);
  const target = name === undefined ? node : root.definitions?.[name];
  if (target === undefined) return [];
  if (target.anyOf === undefined || target.properties !== undefined) return [target];
  const all = target.anyOf.flatMap((one) => alternatives(root, one, value));
  const meant = all.filter(({ properties, required = [] }) => {
    const present = required.length > 0 && required.every((key) => has(value, key));
    return properties !== undefined && present;
  });
  return meant.length > 0 ? meant : all;
}

function child(node: Node, part: string | number): Node[] {
  if (typeof part === "number") return node.items === undefined ? [] : [node.items];
  const known = node.properties !== undefined && Object.hasOwn(node.properties, part);
  if (known) return [node.properties[part] as Node];
  return typeof node.additionalProperties === "object" ? [node.additionalProperties] : [];
}

const has = (value: unknown, key: string | number): value is Record<string | number, unknown> =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key);

/** The member `key` of what may be a mapping or a list. */
export const member = (value: unknown, key: string | number): unknown =>
  has(value, key) ? value[key] : undefined;
