/**
 * What is well-formed YAML and still refused: a key twice, keys that JavaScript gives a meaning,
 * references that lead nowhere or multiply.
 */
import { isAlias, isScalar, visit, type Alias, type Document, type Node, type YAMLMap } from "yaml";
import type { Problem } from "./problem.js";
import type { SourceText } from "./source-text.js";

/** How many copies aliases may come to, and how many of them a file may have. */
const MAX_COPIES = 100;
const MAX_ALIASES = 1_000;
const MAX_KEYS = 20_000;

export function refuseNodes(document: Document.Parsed, source: SourceText): Problem[] {
  const problems: Problem[] = [];
  const aliases: Alias[] = [];
  const refuse = (node: Node, message: string, hint: string): void => {
    const [start, end] = node.range ?? [0, 1];
    problems.push({ severity: "error", message, hint, place: source.place(start, end) });
  };
  visit(document, {
    Alias: (_key, alias) => void aliases.push(alias),
    Map: (_key, map) => {
      refuseKeys(map, refuse);
    },
  });
  if (problems.length > 0 || aliases[0] === undefined) return problems;
  // Each look-up walks the document, so the number comes first.
  if (aliases.length <= MAX_ALIASES) {
    for (const alias of aliases) {
      if (alias.resolve(document) !== undefined) continue;
      refuse(
        alias,
        `there is no anchor &${alias.source} before this`,
        "Put a text that begins with * in quotes.",
      );
    }
    if (problems.length > 0 || expands(document)) return problems;
  }
  refuse(
    aliases[0],
    "the aliases of this file multiply to too many copies",
    "Write the values out, or use `repeat:`.",
  );
  return problems;
}

function refuseKeys(
  map: YAMLMap,
  refuse: (node: Node, message: string, hint: string) => void,
): void {
  const last = map.items[MAX_KEYS];
  if (last !== undefined) {
    refuse(
      last.key as Node,
      `this mapping has more than ${String(MAX_KEYS)} keys`,
      "No mapping needs so many.",
    );
    return;
  }
  const seen = new Set<string>();
  for (const { key } of map.items) {
    if (isAlias(key) || !isScalar(key)) {
      if (key !== null) refuse(key as Node, "a key must be a plain name", "Write the name out.");
      continue;
    }
    const name = String(key.value);
    if (name === "__proto__") {
      refuse(key, "unknown key `__proto__`", "Nothing in a scenario has this name.");
    } else if (seen.has(name)) {
      refuse(key, `the key \`${name}\` is written twice in one mapping`, "Keep one of the two.");
    }
    seen.add(name);
  }
}

function expands(document: Document.Parsed): boolean {
  try {
    document.toJS({ maxAliasCount: MAX_COPIES });
    return true;
  } catch {
    return false;
  }
}
