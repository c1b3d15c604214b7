/** The timeline as it is: the header and one entry a line. */
import { headerLine, type Timeline } from "../timeline/index.js";
import { passing, type Recording } from "./view.js";

export function renderJsonl(timeline: Timeline): string {
  return [...pieces(timeline)].join("");
}

function* pieces({ header, entries }: Recording): Generator<string> {
  yield `${headerLine(header)}\n`;
  for (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}

export const jsonl = passing({
  name: "jsonl",
  about: "the timeline itself, for programs and for `novasim replay`",
  extension: "jsonl",
  pieces,
});
