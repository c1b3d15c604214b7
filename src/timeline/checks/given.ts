/**
 * What a function about recordings was given, for programs that no compiler looks at: most often a cloud or a file's name
 * in the place of a timeline.
 */
import { misgiven } from "../../text/given.js";
import { TimelineError } from "../errors.js";

const TIMELINE = "a timeline, as cloud.timeline is one or readTimeline(text) makes it";

/** @throws TimelineError for what has no header or no entries */
export function assertTimeline(value: unknown, method: string): void {
  if (typeof value !== "object" || value === null) refuse(value, method, TIMELINE);
  if ("header" in value && "entries" in value) {
    if (typeof value.header === "object" && value.header !== null) {
      assertIterable(value.entries, method, TIMELINE);
      return;
    }
  }
  refuse(value, method, "timeline" in value ? `${TIMELINE}: its own is in .timeline` : TIMELINE);
}

/** @throws TimelineError for what cannot be gone through; a text is not meant letter by letter */
export function assertIterable(value: unknown, method: string, right: string): void {
  const good = typeof value === "object" && value !== null && Symbol.iterator in value;
  if (!good) refuse(value, method, right);
}

/** @throws TimelineError for what is no list of texts and of objects with `member` */
export function assertList(value: unknown, member: string, method: string, right: string): void {
  if (!Array.isArray(value)) refuse(value, method, right);
  for (const item of value as readonly unknown[]) {
    if (typeof item === "string") continue;
    if (typeof item !== "object" || item === null || !(member in item)) {
      refuse(item, `${method}, of each in its list,`, right);
    }
  }
}

/** @throws TimelineError for what is no text */
export function assertText(value: unknown, method: string, right: string): void {
  if (typeof value !== "string") refuse(value, method, right);
}

/** @throws TimelineError always */
export function refuse(value: unknown, method: string, right: string): never {
  throw new TimelineError(misgiven(value, method, right));
}
