/** Places within texts that a scenario holds or names: line 3 of the `nova.conf` in it. */
import { isScalar, type Node } from "yaml";
import type { IncludedText } from "./include.js";
import type { Place } from "./problem.js";
import type { SourceText } from "./source-text.js";

interface Inside {
  readonly line: number;
  readonly column: number;
}

/** In a file of its own. */
export function placeInText({ file, text }: IncludedText, { line, column }: Inside): Place {
  const source = (text.split("\n")[line - 1] ?? "").trimEnd();
  return { file, line, column, source, width: Math.max(1, source.length - column + 1) };
}

/** In the scenario, if the text stands there line by line (`|`); else only its beginning is known. */
export function placeInBlock(
  source: SourceText,
  node: Node | undefined,
  { line, column }: Inside,
): Place | undefined {
  if (!isScalar(node) || node.type !== "BLOCK_LITERAL" || !node.range) return undefined;
  const text = String(node.value).split("\n")[line - 1] ?? "";
  return source.inBlock(node.range[0], line, column, text);
}
