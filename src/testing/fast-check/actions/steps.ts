/** How what users do is written: command lines and requests of which nobody knows how they will end. */
import * as fc from "fast-check";
import type { StepSource } from "../scenario-source.js";

/** A name, and whose it is. */
export interface Owned {
  readonly name: string;
  readonly user: string;
}

/** A command line, whatever comes of it. */
export const typed = (run: string, as: string): StepSource => ({
  run,
  as,
  expect: { exit: "any" },
});

/** A request that no client makes, whatever comes of it. */
export const asked = (as: string, path: string, body: object): StepSource => ({
  request: { as, to: "nova", method: "POST", path, body, expect: { status: "any" } },
});

/** `{{server t1}}`: administrators know servers of others by their ids. */
export const idOf = (kind: string, name: string): string => `"{{${kind} ${name}}}"`;

/** `reboot --hard` of `t1`: `nova reboot t1 --hard`. */
export function command(verb: string, server: string): string {
  const [name = "", ...options] = verb.split(" ");
  return ["nova", name, server, ...options].join(" ");
}

/** Names to choose among; users have them in turn. */
export const anyOf = (
  names: readonly string[],
  users: readonly [string, ...string[]],
): fc.Arbitrary<Owned> =>
  fc.constantFrom(
    ...names.map((name, at) => ({ name, user: users[at % users.length] ?? users[0] })),
  );
