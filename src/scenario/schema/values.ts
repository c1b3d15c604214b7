/**
 * The small values that scenario files are written in: names, durations, texts to look for. Each
 * carries, as its error, what would be right; the loader puts in front what was written instead.
 */
import { z } from "zod";
import { Pattern, PatternError } from "../../text/pattern.js";
import { addRemark } from "../verbs/remark.js";
import {
  DURATION,
  LONGEST,
  SPAN,
  parseDuration,
  parseSpan,
  type Micros,
  type Span,
} from "../../kernel/index.js";

/** A whole number within bounds. */
export function whole(min: number, max: number): z.ZodNumber {
  const right = `a whole number from ${String(min)} to ${String(max)}`;
  return z
    .number({ error: right })
    .int({ error: right })
    .min(min, { error: right })
    .max(max, { error: right });
}

/** A line of text that says something. */
export function line(max: number, right = `a text of 1 to ${String(max)} characters`): z.ZodString {
  return z.string({ error: right }).min(1, { error: right }).max(max, { error: right });
}

const nameRight = "a name: letters, digits and . _ - @ : (up to 255, no spaces)";

/** Words for people: YAML's `>` leaves a line end behind that nobody meant. */
export const prose = line(10_000).trim();

/** The name of a server, a host, an image: what a shell passes on as one word. */
export const name = z
  .string({ error: nameRight })
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._:@{}-]{0,254}$/, { error: nameRight });

const durationRight = "a duration such as 250ms, 3s, 2m or 1h (at most 720h)";

/** `250ms`, `3s`, `2m`, `1h` to virtual microseconds. */
export const duration = z
  .string({ error: durationRight })
  .regex(DURATION, { error: durationRight })
  .refine((text) => (parseDuration(text) ?? 0) <= LONGEST, { error: durationRight })
  .transform((text): Micros => parseDuration(text) ?? 0)
  .meta({ description: "A duration: 250ms, 3s, 2m or 1h.", examples: ["250ms", "3s", "2m", "1h"] });

const spanRight = "a duration (3ms) or a range with the smaller one first (2ms..5ms)";

/** `2ms..5ms` to a span of virtual microseconds. */
export const span = z
  .string({ error: spanRight })
  .regex(SPAN, { error: spanRight })
  .refine((text) => ordered(parseSpan(text)), { error: spanRight })
  .transform((text): Span => parseSpan(text) ?? { min: 0, max: 0 })
  .meta({ description: "A duration or a range of them: 3ms, 2ms..5ms.", examples: ["2ms..5ms"] });

// The generator draws from a 32-bit range; a span over half an hour has no use either.
function ordered(range: Span | undefined): boolean {
  return range !== undefined && range.min <= range.max && range.max <= 1_800_000_000;
}

/** A regular expression that compiles. */
const pattern = line(1000, "a regular expression").superRefine((source, issues) => {
  try {
    new Pattern(source);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const { message, word } = error;
    const hint = "Patterns are those of RE2: https://github.com/google/re2/wiki/Syntax";
    addRemark(issues, source, { message: `this is no pattern: ${message}`, word, hint });
  }
});

const some = z.union([line(10_000), z.array(line(10_000)).min(1).max(100)]);

/** What a text must contain, match or lack; a plain text must be contained. */
export const textMatch = z
  .union(
    [
      line(10_000),
      z
        .strictObject({ contains: some, matches: pattern, lacks: some })
        .partial()
        .refine((match) => Object.keys(match).length > 0, {
          error: "contains:, matches: or lacks:",
        }),
    ],
    { error: "a text that must be contained, or { contains, matches, lacks }" },
  )
  .meta({ description: "A text that must be contained, or { contains, matches, lacks }." });

export type TextMatch = z.infer<typeof textMatch>;
