/** What a matcher answers vitest, and whom it is asked of. */
import { inspect } from "node:util";
import type { Cloud } from "../../../cloud/cloud.js";
import type { Timeline } from "../../../timeline/index.js";

/** As `expect.extend` wants it. */
export interface Outcome {
  readonly pass: boolean;
  readonly message: () => string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

export const outcome = (pass: boolean, lines: readonly string[]): Outcome => ({
  pass,
  message: () => lines.join("\n"),
});

/** What `expect(...)` was given, where a cloud is wanted. @throws TypeError for anything else */
export function cloudIn(received: unknown, matcher: string): Cloud {
  if (isObject(received) && "invariants" in received && "kernel" in received) {
    return received as unknown as Cloud;
  }
  throw new TypeError(
    `${matcher} is asked of a cloud: expect(cloud).${matcher}(...), not of ${what(received)}`,
  );
}

/** A cloud's timeline, or one that was read. @throws TypeError for anything else */
export function timelineIn(received: unknown, matcher: string): Timeline {
  if (isObject(received) && "entries" in received && "header" in received) {
    return received as unknown as Timeline;
  }
  if (isObject(received) && "timeline" in received)
    return timelineIn(received["timeline"], matcher);
  throw new TypeError(
    `${matcher} is asked of a cloud or a timeline: expect(cloud).${matcher}(...), not of ${what(received)}`,
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const what = (value: unknown): string => inspect(value, { depth: 0 });
