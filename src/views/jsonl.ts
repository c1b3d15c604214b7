/** The timeline as it is: the header and one entry a line. */
import { writeTimeline, type Timeline } from "../timeline/index.js";
import type { View } from "./view.js";

export function renderJsonl(timeline: Timeline): string {
  const lines: string[] = [];
  writeTimeline(timeline, { write: (line) => void lines.push(line) });
  return `${lines.join("\n")}\n`;
}

export const jsonl: View = {
  name: "jsonl",
  about: "the timeline itself, for programs and for `novasim replay`",
  extension: "jsonl",
  render: renderJsonl,
};
