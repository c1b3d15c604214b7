/** Where in a document something stands: the nodes that paths lead to. */
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair } from "yaml";
import { formatPath, type Path } from "../../text/complaints.js";

export { formatPath, type Path };

/** What a path leads to; where it leads nowhere, the last node on the way. */
export interface Found {
  readonly value: Node | undefined;
  readonly key: Node | undefined;
  readonly whole: boolean;
}

/** The node at `path`, through aliases. */
export function find(document: Document, path: Path): Found {
  let value = resolve(document, document.contents);
  let key: Node | undefined;
  for (const part of path) {
    const pair = isMap(value) ? pairOf(value.items, part) : undefined;
    const next = isSeq(value) && typeof part === "number" ? value.items[part] : pair?.value;
    if (pair === undefined && next === undefined) return { value, key, whole: false };
    if (pair !== undefined) key = pair.key as Node;
    else key = undefined;
    value = resolve(document, next as Node | null);
  }
  return { value, key, whole: true };
}

function pairOf(items: readonly Pair[], part: string | number): Pair | undefined {
  return items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(part));
}

function resolve(document: Document, node: Node | null | undefined): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return node ?? undefined;
}
