/** The timeline as it is: the header and one entry a line. */
import { assertTimeline } from "../timeline/checks/given.js";
import { headerLine, type Timeline } from "../timeline/index.js";
import { passing, type Recording, type ViewOptions } from "./view.js";

/**
 * The timeline as it is: the header and one entry a line.
 *
 * @example
 * ```ts
 * import { Cloud, renderJsonl } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * console.log(renderJsonl(cloud.timeline).startsWith('{"timeline":1')); // true
 * ```
 */
export function renderJsonl(timeline: Timeline): string {
  assertTimeline(timeline, "renderJsonl");
  return [...pieces(timeline)].join("");
}

function* pieces({ header, entries }: Recording, { only }: ViewOptions = {}): Generator<string> {
  yield `${headerLine(header)}\n`;
  for (const entry of entries) {
    if (only?.has(entry.seq) !== false) yield `${JSON.stringify(entry)}\n`;
  }
}

export const jsonl = passing({
  name: "jsonl",
  about: "the timeline itself, for programs and for `novasim replay`",
  extension: "jsonl",
  filters: true,
  pieces,
});
