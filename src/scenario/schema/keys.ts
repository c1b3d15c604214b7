/** Which keys the schema knows at a path, for suggestions. Read from the exported JSON Schema. */
import { scenarioJsonSchema } from "./scenario.js";

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Node>>;
}

/** The keys of a mapping at `path`; none where anything goes. */
export function scenarioKeys(path: readonly (string | number)[]): string[] {
  const root = scenarioJsonSchema() as Node;
  let nodes: Node[] = [root];
  for (const part of path) {
    nodes = nodes.flatMap((node) => alternatives(root, node)).flatMap((node) => child(node, part));
  }
  const keys = nodes
    .flatMap((node) => alternatives(root, node))
    .flatMap((node) => Object.keys(node.properties ?? {}));
  return [...new Set(keys)];
}

function alternatives(root: Node, node: Node): Node[] {
  const name = node.$ref?.split("/").at(-1);
  const target = name === undefined ? node : root.definitions?.[name];
  if (target === undefined) return [];
  if (target.anyOf === undefined) return [target];
  return target.anyOf.flatMap((one) => alternatives(root, one));
}

function child(node: Node, part: string | number): Node[] {
  if (typeof part === "number") return node.items === undefined ? [] : [node.items];
  const known = node.properties !== undefined && Object.hasOwn(node.properties, part);
  if (known) return [node.properties[part] as Node];
  return typeof node.additionalProperties === "object" ? [node.additionalProperties] : [];
}
