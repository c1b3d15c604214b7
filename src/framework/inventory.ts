/**
 * What a project holds, told in such a way that what was left behind can be found across projects: a
 * port whose server is gone, a volume that should have gone with it. Only looked at from outside, by
 * tests and scenarios; no process reads it, and upstream has nothing of the kind.
 */

/** Something with an identity: `{ kind: "server", id }`. Kinds are those of `resolve`. */
export interface Thing {
  readonly kind: string;
  readonly id: string;
}

/** Something that is there because of a thing, perhaps another project's. */
export interface Dependent {
  /** In words: `port 9f0c (10.0.0.3)`. */
  readonly what: string;
  readonly of: Thing;
  /** What it means that there is no such thing. Default: just that. */
  readonly otherwise?: string;
}

/** Something that should have gone. */
export interface Spent extends Thing {
  /** `was to go with server 3f2a`. */
  readonly why: string;
}

export interface Inventory {
  /** What others may depend on. */
  readonly things?: readonly Thing[];
  /** What has no use without its thing. */
  readonly dependents?: readonly Dependent[];
  /** What should not be there, whoever has it. */
  readonly spent?: readonly Spent[];
  /** What is wrong by itself, in words: a quota that counts what is not there. */
  readonly wrong?: readonly string[];
}

const keyOf = ({ kind, id }: Thing): string => `${kind} ${id}`;

/** What was left behind, one line each, in the order of the projects. */
export function leftoversIn(inventories: readonly Inventory[]): string[] {
  const there = new Set(inventories.flatMap(({ things = [] }) => things.map(keyOf)));
  return inventories.flatMap(({ dependents = [], spent = [], wrong = [] }) => [
    ...dependents
      .filter(({ of }) => !there.has(keyOf(of)))
      .map(({ what, of, otherwise = `there is no ${keyOf(of)}` }) => `${what}: ${otherwise}`),
    ...spent
      .filter((thing) => there.has(keyOf(thing)))
      .map((thing) => `${keyOf(thing)}: ${thing.why}`),
    ...wrong,
  ]);
}
