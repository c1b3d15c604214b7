/**
 * Junk over REST: every route of nine ports is asked with ids, queries and bodies of all sorts (what holds of
 * each: `thrown.ts`). `npm run junk -- 20000` sends more.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.js";
import { BATCH, COUNT, SEED } from "../bed.js";
import type { Place } from "../recipe.js";
import * as rest from "./rest-bed.js";
import * as telemetry from "./telemetry-bed.js";
import { thrown, type Asked } from "../thrown.js";
import type { Visitor } from "./visitor.js";

/** A cloud at which requests are thrown. */
interface Target {
  readonly cloud: Cloud;
  readonly visitor: Visitor;
  readonly digest: string;
}

/** Makes a cloud, and the requests that are then thrown at it. */
type Begin = () => { readonly target: Target; readonly requests: Iterable<Asked> };

interface Suite {
  readonly name: string;
  readonly places: readonly Place[];
  readonly ports: readonly number[];
  /** At least so many routes. */
  readonly routes: number;
  readonly batches: number;
  /** How long the cloud goes on afterwards: as long as its loops take. */
  readonly after: `${number}m`;
  readonly batch: fc.Arbitrary<Begin>;
}

/** `BATCH` of them at one cloud. */
const at = <R, T extends Target>(
  recipe: fc.Arbitrary<R>,
  make: () => T,
  requestOf: (target: T, recipe: R) => Asked,
): fc.Arbitrary<Begin> =>
  fc.array(recipe, { minLength: BATCH, maxLength: BATCH }).map((recipes) => () => {
    const target = make();
    const requests = (function* () {
      for (const made of recipes) yield requestOf(target, made);
    })();
    return { target, requests };
  });

const SUITES: readonly Suite[] = [
  {
    name: "Keystone, Glance, Neutron, Nova and Cinder",
    places: rest.PLACES,
    ports: [5000, 8774, 8776, 9191, 9292, 9696, 35357],
    routes: 300,
    batches: Math.ceil(COUNT / BATCH),
    after: "3m",
    batch: at(rest.requestRecipe, () => new rest.RestBed(), rest.requestOf),
  },
  {
    name: "Heat and Ceilometer",
    places: telemetry.PLACES,
    ports: [8004, 8777],
    routes: 50,
    // Fewer: there are fewer routes.
    batches: Math.ceil(COUNT / BATCH / 5),
    after: "12m",
    batch: at(telemetry.recipe, () => new telemetry.TelemetryJunkBed(), telemetry.requestOf),
  },
];

describe.each(SUITES)(
  "junk over REST at $name",
  ({ places, ports, routes, batches, after, batch }) => {
    /** @returns the bytes of all that has happened */
    const thrownAll = (begin: Begin): string => {
      const { target, requests } = begin();
      const { cloud, visitor } = target;
      for (const request of requests) {
        thrown(cloud.kernel, request, () => {
          const answer = visitor.ask(request);
          cloud.settle();
          return answer;
        });
        visitor.renew();
      }
      cloud.advance(after);
      return target.digest;
    };

    it("ends no run, and is answered in the words of the service", () => {
      fc.assert(
        fc.property(batch, (begin) => {
          thrownAll(begin);
        }),
        { seed: SEED, numRuns: batches, endOnFailure: true },
      );
    });

    it("gives the same bytes twice", () => {
      const [begin] = fc.sample(batch, { seed: SEED, numRuns: 1 });
      expect(thrownAll(begin!)).toBe(thrownAll(begin!));
    });

    it("has every route of these services to be thrown at", () => {
      expect(places.length).toBeGreaterThan(routes);
      expect([...new Set(places.map(({ port }) => port))].sort((a, b) => a - b)).toEqual(ports);
    });
  },
);
