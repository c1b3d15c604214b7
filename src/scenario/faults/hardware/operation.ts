/** What all verbs that strike operations of some hardware have in common, but for the hardware. */
import { formatDuration } from "../../../kernel/index.js";
import { duration, line, whole } from "../../schema/values.js";
import { MANY, window } from "../aim.js";

export const operation = {
  nth: whole(1, MANY).optional().meta({ description: "Only the n-th of its kind." }),
  times: whole(1, MANY).optional().meta({
    description: "How many times. Default 1; with `for`, all of that time.",
  }),
  by: duration.optional().meta({
    description: "How much longer it takes; it fails then only if it has an `error`.",
  }),
  error: line(1_000).optional().meta({ description: "What the hardware says of it." }),
  ...window,
};

interface Operation {
  readonly nth?: number | undefined;
  readonly times?: number | undefined;
  readonly by?: number | undefined;
  readonly error?: string | undefined;
  readonly after?: number | undefined;
  readonly for?: number | undefined;
}

/** `spawn fails on compute-1, 2 times: no disk`. */
export function operationText(name: string, host: string, given: Operation): string {
  const { nth, times, by, error, after, for: length } = given;
  const what = by === undefined ? "fails" : `takes ${formatDuration(by)} longer`;
  const often = times === undefined ? "" : times === 1 ? ", once" : `, ${String(times)} times`;
  return [
    nth === undefined ? "" : `number ${String(nth)} of `,
    `${name} ${what} on ${host}${often}`,
    after === undefined ? "" : ` after ${formatDuration(after)}`,
    length === undefined ? "" : ` for ${formatDuration(length)}`,
    error === undefined ? "" : `${by === undefined ? "" : " and fails"}: ${error}`,
  ].join("");
}
