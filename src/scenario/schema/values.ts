/**
 * The small values that scenario files are written in, beside those of a cloud's options: durations,
 * texts to look for. Each carries, as its error, what would be right; the loader puts in front what
 * was written instead.
 */
import { z } from "zod";
import { line } from "../../framework/option-values.js";
import { DURATION, LONGEST, parseDuration, type Duration } from "../../kernel/index.js";
import { PatternError } from "../../text/pattern-error.js";
import { pattern as patternOf } from "../../text/pattern.js";
import { addRemark } from "../verbs/remark.js";

export { line, name, span, whole } from "../../framework/option-values.js";

/** Words for people: YAML's `>` leaves a line end behind that nobody meant. */
export const prose = line(10_000).trim();

const durationRight = "a duration such as 250ms, 3s, 2m or 1h (at most 720h)";

/** `250ms`, `3s`, `2m`, `1h` to virtual microseconds. */
export const duration = z
  .string({ error: durationRight })
  .regex(DURATION, { error: durationRight })
  .refine((text) => (parseDuration(text) ?? 0) <= LONGEST, { error: durationRight })
  .transform((text): Duration => parseDuration(text) ?? 0)
  .meta({ description: "A duration: 250ms, 3s, 2m or 1h.", examples: ["250ms", "3s", "2m", "1h"] });

/** A regular expression that compiles. */
const pattern = line(1000, "a regular expression").superRefine((source, issues) => {
  try {
    patternOf(source);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const { message, word } = error;
    const hint = "Patterns are those of RE2: https://github.com/google/re2/wiki/Syntax";
    addRemark(issues, source, { message: `this is no pattern: ${message}`, word, hint });
  }
});

const some = z.union([line(10_000), z.array(line(10_000)).min(1).max(100)]);

export const MATCH_WORDS = "a text that must be contained, or { contains, matches, lacks }.";

/** What a text must contain, match or lack; a plain text must be contained. */
export const textMatch = z
  .union(
    [
      line(10_000),
      z
        .strictObject({
          contains: some.meta({ description: "A text that must be in it, or several." }),
          matches: pattern.meta({
            description: "A regular expression (RE2) that must match somewhere in it.",
          }),
          lacks: some.meta({ description: "A text that must not be in it, or several." }),
        })
        .partial()
        .refine((match) => Object.keys(match).length > 0, {
          error: "contains:, matches: or lacks:",
        })
        .meta({ minProperties: 1 }),
    ],
    { error: "a text that must be contained, or { contains, matches, lacks }" },
  )
  .meta({ description: MATCH_WORDS });

export type TextMatch = z.infer<typeof textMatch>;
