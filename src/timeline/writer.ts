/**
 * The lines of a timeline: the header, then one entry each. The recorder writes entries faster than
 * this as they happen; this writes entries that were read, filtered or made by hand.
 */
import { assertTimeline, refuse } from "./checks/given.js";
import type { Entry, Header } from "./entry.js";

/** Where the lines of a timeline go. A line comes without its newline. */
export interface Sink {
  write(line: string): void;
}

/** Line 1. */
export function headerLine(header: Omit<Header, "timeline">): string {
  const { novasim, scenario, title, seed, epoch, detail, actors, states, source, ...more } = header;
  return JSON.stringify({
    timeline: 1,
    novasim,
    scenario,
    title,
    seed,
    epoch,
    detail,
    actors,
    states,
    source,
    ...more,
  });
}

/**
 * The whole of `timeline` into `sink`, line by line.
 *
 * @example
 * ```ts
 * import { Cloud, writeTimeline } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * const lines: string[] = [];
 * writeTimeline(cloud.timeline, { write: (line) => void lines.push(line) });
 * console.log(lines.length - cloud.timeline.length); // 1
 * ```
 */
export function writeTimeline(
  timeline: { readonly header: Header; readonly entries: Iterable<Entry> },
  sink: Sink,
): void {
  assertTimeline(timeline, "writeTimeline");
  if (typeof (sink as Partial<Sink> | undefined)?.write !== "function") {
    refuse(sink, "writeTimeline", "a sink as the second argument: { write: (line) => ... }");
  }
  sink.write(headerLine(timeline.header));
  for (const entry of timeline.entries) sink.write(JSON.stringify(entry));
}
