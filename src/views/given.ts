/** What a view was asked for, for programs that no compiler looks at: a mistyped option is not left out in silence. */
import { strangeOptions } from "../text/given.js";
import { TimelineError } from "../timeline/index.js";
import type { ViewOptions } from "./view.js";

const KNOWN = {
  ...{ verbose: 1, width: 1, paint: 1, limit: 1, actors: 1, missing: 1, only: 1, chapter: 1 },
} satisfies Readonly<Record<keyof ViewOptions, 1>>;

/** @throws TimelineError for options that there are not */
export function assertViewOptions(options: unknown, method: string): void {
  const wrong = strangeOptions(options, method, Object.keys(KNOWN));
  if (wrong !== undefined) throw new TimelineError(wrong);
}
