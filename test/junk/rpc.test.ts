/**
 * Junk over the bus: every method of every contract is sent arguments of all sorts. The run lives on,
 * whoever calls is told an exception of the simulated world, nothing is written that a column does not
 * take, and the same junk gives the same bytes. `npm run junk -- 20000` sends more.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { BATCH, COUNT, JunkBed, SEED } from "./bed.js";
import { messageOf, messageRecipe, shown, type Known, type MessageRecipe } from "./messages.js";

let known: Known;
beforeAll(async () => {
  const bed = new JunkBed();
  known = { targets: await bed.targets(), samples: bed.samples };
});

const batch = fc.array(messageRecipe, { minLength: BATCH, maxLength: BATCH });

/** What no exception of the simulated world says: how JavaScript writes what is not there. */
const OURS =
  /InvariantError|UnhandledError|undefined|\[object |NaN|\.ts:\d|Cannot (?:read|set|convert)|is not a function/u;

/** A cloud at which all of this has been thrown, one after the other. */
function thrown(recipes: readonly MessageRecipe[]): JunkBed {
  const bed = new JunkBed();
  for (const made of recipes) {
    const message = messageOf(known, made);
    let answer: string | null;
    try {
      answer = bed.send(message);
      bed.cloud.settle();
    } catch (error) {
      throw new Error(`the run ended at ${shown(message)}`, { cause: error });
    }
    expect(answer ?? "", shown(message)).not.toMatch(OURS);
  }
  bed.cloud.advance("3m");
  return bed;
}

describe("junk on the bus", () => {
  it("ends no run, is answered by exceptions of the simulated world, and stores no junk", () => {
    fc.assert(
      fc.property(batch, (recipes) => {
        const bed = thrown(recipes);
        expect(bed.misfits()).toEqual([]);
        // Hardly a use of junk is left to the translation of JavaScript's errors.
        expect(bed.cloud.kernel.unchecked.count).toBeLessThan(BATCH / 10);
      }),
      { seed: SEED, numRuns: Math.ceil(COUNT / BATCH), endOnFailure: true },
    );
  });

  it("gives the same bytes twice", () => {
    const [recipes = []] = fc.sample(batch, { seed: SEED, numRuns: 1 });
    expect(thrown(recipes).digest).toBe(thrown(recipes).digest);
  });

  it("reaches every method of every contract, each with the parameters of its def", () => {
    expect(known.targets.length).toBeGreaterThan(50);
    const bare = known.targets.filter(({ spec }) => spec.signature === undefined);
    expect(bare.map(({ method }) => method)).toEqual([]);
  });
});
