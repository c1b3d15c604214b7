/** What every request of junk is made of: a route, a query, and a body that is right, spoiled, wild, no JSON or not there. */
import fc from "fast-check";
import type { Json } from "../../src/python/index.js";
import { restServices, type RouteLine } from "../docs/rest.js";
import { junk, spoiled, spoiling } from "./values.js";

/** A route of a service, and where that listens. */
export interface Place {
  readonly port: number;
  readonly route: RouteLine;
}

/** Every route of these services. @param ports by the service's name */
export const placesOf = (ports: Readonly<Record<string, number>>): readonly Place[] =>
  [...restServices()].flatMap(([service, routes]) => {
    const port = ports[service];
    return port === undefined ? [] : routes.map((route) => ({ port, route }));
  });

/** The end of a recipe. */
export const bodyRecipe = {
  sample: fc.nat(),
  spoilings: fc.array(spoiling, { maxLength: 2 }),
  wild: junk,
  how: fc.constantFrom("sample", "sample", "sample", "wild", "none", "text"),
  text: fc.constantFrom("", "{", "null", "a\u0000b", "\ud800", "[1, 2", '{"a": 1e309}', "NaN"),
};
type BodyRecipe = {
  readonly [K in keyof typeof bodyRecipe]: (typeof bodyRecipe)[K] extends fc.Arbitrary<infer V>
    ? V
    : never;
};

/** @param samples bodies that are right for that route */
export function bodyOf(made: BodyRecipe, samples: readonly Json[]): Json | undefined {
  const start = samples[made.sample % Math.max(1, samples.length)] ?? made.wild;
  const bodies = {
    sample: () => made.spoilings.reduce<Json>((body, by) => spoiled(body, by), start),
    wild: () => made.wild,
    none: () => undefined,
    text: () => made.text,
  };
  return bodies[made.how]();
}

/** `?a=b&c=d`, or nothing. */
export function queryOf(query: readonly (readonly [string, string])[]): string {
  const text = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return text === "" ? "" : `?${text}`;
}
