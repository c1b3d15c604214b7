/**
 * What holds of every request of junk, whoever it is thrown at: it is answered, no answer is a 500 that came of
 * an error of ours, and none shows what is inside. What is thrown, and at what, is each bed's affair.
 */
import { expect } from "vitest";
import type { Kernel } from "../../src/kernel/index.js";
import type { Json } from "../../src/python/index.js";

/** A request as it is sent. */
export interface Asked {
  readonly method: string;
  /** With the host, or without. */
  readonly url: string;
  readonly body: Json | undefined;
}

interface Answered {
  readonly status: number;
  readonly body?: unknown;
}

/** A stack, or how JavaScript writes what is not there. */
const INSIDE =
  /\.[jt]s:\d|\bat \S+ \(|\[object Object\]|Cannot (?:read|set) propert|is not a function/u;

/** Throw it, as `ask` does. @returns the status @throws what is wrong with the answer, and what was asked */
export function thrown(
  { unchecked }: Kernel,
  { method, url, body }: Asked,
  ask: () => Answered,
): number {
  const shown = `${method} ${url.slice(0, 300)} ${JSON.stringify(body ?? null).slice(0, 1_000)}`;
  const before = unchecked.count;
  try {
    const answer = ask();
    expect(answer.status, shown).toBeGreaterThanOrEqual(200);
    expect(JSON.stringify(answer.body), shown).not.toMatch(INSIDE);
    // Juno's own 500s are raised where Juno raises them; one that came of an error of ours is none.
    if (answer.status === 500) expect(unchecked.errors.slice(before), shown).toEqual([]);
    return answer.status;
  } catch (error) {
    throw new Error(`at ${shown}`, { cause: error });
  }
}
