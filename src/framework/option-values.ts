/**
 * The small values that a cloud's options are written in, in scenario files and to the library:
 * names, counts, spans of time. Each carries, as its error, what would be right; whoever
 * checks with them puts in front what was written instead.
 */
import { z } from "zod";
import { SPAN, minutes, parseSpan, type Span } from "../kernel/index.js";

/** A whole number within bounds. */
export function whole(min: number, max: number): z.ZodNumber {
  const right = `a whole number from ${String(min)} to ${String(max)}`;
  const error = { error: right };
  return z.number(error).check(z.int(error), z.gte(min, error), z.lte(max, error));
}

/** A line of text that says something. */
export function line(max: number, right = `a text of 1 to ${String(max)} characters`): z.ZodString {
  const error = { error: right };
  return z.string(error).check(z.minLength(1, error), z.maxLength(max, error));
}

const nameRight = "a name: letters, digits and . _ - @ : (up to 255, no spaces)";

/** The name of a server, a host, an image: what a shell passes on as one word. */
export const name = z
  .string({ error: nameRight })
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._:@{}-]{0,254}$/, { error: nameRight });

/** Half an hour: the generator draws from a 32-bit range, and longer spans have no use either. */
export const LONGEST_SPAN = minutes(30);

const spanRight = "a duration (3ms) or a range with the smaller one first (2ms..5ms)";

/** `2ms..5ms` to a span of virtual microseconds. */
export const span = z
  .string({ error: spanRight })
  .regex(SPAN, { error: spanRight })
  .refine((text) => ordered(parseSpan(text)), { error: spanRight })
  .transform((text): Span => parseSpan(text) ?? { min: 0, max: 0 })
  .meta({ description: "A duration or a range of them: 3ms, 2ms..5ms.", examples: ["2ms..5ms"] });

function ordered(range: Span | undefined): boolean {
  return range !== undefined && range.min <= range.max && range.max <= LONGEST_SPAN;
}

/**
 * What `make` makes when a value is first checked with it: most clouds have none. zod would ask for it as soon as
 * it checks what this is a part of, to see whether it may be left out: it may not.
 */
export function late<S extends z.ZodType>(make: () => S): z.ZodLazy<S> {
  const schema = z.lazy(make);
  schema._zod.optin = undefined;
  schema._zod.optout = undefined;
  return schema;
}

/** As `meta`, which copies, of a schema that nobody else has. */
export function described<S extends z.ZodType>(own: S, description: string): S {
  z.globalRegistry.add(own, { description });
  return own;
}

/** So many images, networks, flavors, users and services at most. */
export const FEW = 1_000;
