/**
 * Junk over REST at Heat and Ceilometer: each request is answered, no answer is a 500 that nobody raised, and none shows
 * what is inside. `npm run junk -- 20000` sends more.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BATCH, COUNT, SEED } from "./bed.js";
import { PLACES, recipe, requestOf, TelemetryJunkBed, type Recipe } from "./telemetry-bed.js";

const batch = fc.array(recipe, { minLength: BATCH, maxLength: BATCH });

/** Fewer than at the older services: there are fewer routes. */
const BATCHES = Math.ceil(COUNT / BATCH / 5);

/** A stack, or how JavaScript writes what is not there. */
const INSIDE =
  /\.[jt]s:\d|\bat \S+ \(|\[object Object\]|Cannot (?:read|set) propert|is not a function/u;

/** A cloud at which all of this has been thrown, one after the other. */
function thrown(recipes: readonly Recipe[]): TelemetryJunkBed {
  const bed = new TelemetryJunkBed();
  const { unchecked } = bed.cloud.kernel;
  for (const made of recipes) {
    const request = requestOf(bed, made);
    const { method, url, body } = request;
    const shown = `${method} ${url.slice(0, 300)} ${JSON.stringify(body ?? null).slice(0, 1_000)}`;
    const before = unchecked.count;
    try {
      const answer = bed.ask(request);
      bed.cloud.settle();
      expect(answer.status, shown).toBeGreaterThanOrEqual(200);
      expect(JSON.stringify(answer.body), shown).not.toMatch(INSIDE);
      // Juno's own 500s are raised where Juno raises them; one that came of an error of ours is none.
      if (answer.status === 500) expect(unchecked.errors.slice(before), shown).toEqual([]);
    } catch (error) {
      throw new Error(`at ${shown}`, { cause: error });
    }
    bed.renew();
  }
  bed.cloud.advance("12m");
  return bed;
}

describe("junk over REST at Heat and Ceilometer", () => {
  it("ends no run, and is answered in the words of the service", () => {
    fc.assert(
      fc.property(batch, (recipes) => {
        thrown(recipes);
      }),
      { seed: SEED, numRuns: BATCHES, endOnFailure: true },
    );
  });

  it("gives the same bytes twice", () => {
    const [recipes = []] = fc.sample(batch, { seed: SEED, numRuns: 1 });
    expect(thrown(recipes).digest).toBe(thrown(recipes).digest);
  });

  it("has every route of both to be thrown at", () => {
    expect(PLACES.length).toBeGreaterThan(50);
    expect([...new Set(PLACES.map(({ port }) => port))].sort((a, b) => a - b)).toEqual([
      8004, 8777,
    ]);
  });
});
