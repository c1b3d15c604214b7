/**
 * What a project holds, told in such a way that what was left behind can be found across projects: a
 * port whose server is gone, a volume that should have gone with it. Only looked at from outside, by
 * tests and scenarios; no process reads it, and upstream has nothing of the kind.
 */
import type { Micros } from "../kernel/index.js";
import type { Finding, InvariantName } from "./invariants.js";

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
  /** Whose departure explains it as well, if that of `of` does not. */
  readonly by?: Thing | undefined;
  /** When it came to depend on it, in virtual time, if that is known. */
  readonly since?: Micros | undefined;
}

/** What a row says of another project's things, and is no leftover where it is not so. */
export interface Claim {
  readonly invariant: InvariantName;
  /** In words: `resource web of stack 9f0c`. */
  readonly what: string;
  /** Whose row: `heat.resource`. */
  readonly where: string;
  readonly of: Thing;
  /** The defect of Juno's that it is, where the thing was there and has been deleted in good order. */
  readonly ended?: string;
}

/** Something that should have gone. */
export interface Spent extends Thing {
  /** Whose going it was to share. */
  readonly of?: Thing;
  /** `was to go with server 3f2a`. */
  readonly why: string;
  readonly exception?: string | undefined;
}

/** A thing that is gone in such a way that Juno leaves behind what depended on it, or that cannot go. */
export interface Departed extends Thing {
  readonly exception: string;
  /** It is why only of what came to depend on the thing at that moment or later. Default: of everything. */
  readonly from?: Micros | undefined;
}

export interface Inventory {
  /** What others may depend on. */
  readonly things?: readonly Thing[];
  /** What has no use without its thing. */
  readonly dependents?: readonly Dependent[];
  /** What should not be there, whoever has it. */
  readonly spent?: readonly Spent[];
  /** What is wrong by itself and stays: a quota that counts what is not there. */
  readonly wrong?: readonly Finding[];
  /** What else does not hold, and is no leftover: two hosts of one instance. */
  readonly broken?: readonly Finding[];
  /**
   * Whether somebody is at work on a thing (`Premises.work`); undefined: that is not known of its kind. A project that knows it
   * minds it in `wrong` and `broken` as well: what these say is so at any moment, not only at rest.
   */
  readonly atWork?: (thing: Thing) => boolean | undefined;
  readonly departed?: readonly Departed[];
  /** Things that their own project does not let go. */
  readonly kept?: readonly Departed[];
  readonly claims?: readonly Claim[];
  /** Things that were there and have been deleted: for claims, to tell an end from what never was. */
  readonly ended?: readonly Thing[];
}

const keyOf = ({ kind, id }: Thing): string => `${kind} ${id}`;

/** What was left behind, one line each, in the order of the projects. */
export const leftoversIn = (inventories: readonly Inventory[]): string[] =>
  findingsIn(
    inventories.map((inventory) => ({
      ...inventory,
      ...{ broken: [], claims: [], name: "" },
    })),
  ).map(({ what }) => what);

/** What holds whoever is at work: it is so in one statement, or not looked at before all have counted. */
const ANY_MOMENT: ReadonlySet<InvariantName> = new Set(["address", "tracker"]);

/**
 * Every invariant that does not hold, in the order of the projects.
 * @param underWay whether anybody is at work: then nothing is told of what it may be on
 */
export function findingsIn(
  inventories: readonly (Inventory & { readonly name: string })[],
  underWay = false,
): Finding[] {
  const isBusy = (...things: readonly Thing[]): boolean => {
    if (!underWay) return false;
    const known = things.flatMap((thing) =>
      inventories.flatMap(({ atWork }) => atWork?.(thing) ?? []),
    );
    return known.length === 0 || known.includes(true);
  };
  const there = new Set(inventories.flatMap(({ things = [] }) => things.map(keyOf)));
  const gone = new Map<string, Departed[]>();
  for (const thing of inventories.flatMap(({ departed = [] }) => departed)) {
    const known = gone.get(keyOf(thing));
    if (known === undefined) gone.set(keyOf(thing), [thing]);
    else known.push(thing);
  }
  const whyGone = (thing: Thing, since = -Infinity): string | undefined =>
    gone.get(keyOf(thing))?.find(({ from = -Infinity }) => since >= from)?.exception;
  const kept = new Map(
    inventories.flatMap((one) => (one.kept ?? []).map((thing) => [keyOf(thing), thing.exception])),
  );
  const ended = new Set(inventories.flatMap((inventory) => (inventory.ended ?? []).map(keyOf)));
  return inventories.flatMap((inventory) => {
    const { name, dependents = [], spent = [], wrong = [], broken = [], claims = [] } = inventory;
    const minds = !underWay || inventory.atWork !== undefined;
    return [
      ...dependents
        .filter(({ of, by = of }) => !there.has(keyOf(of)) && !isBusy(of, by))
        .map(({ what, of, otherwise = `there is no ${keyOf(of)}`, by = of, since }) => ({
          invariant: "owner" as const,
          what: `${what}: ${otherwise}`,
          where: name,
          exception: whyGone(of, since) ?? whyGone(by, since),
        })),
      ...spent
        .filter((thing) => there.has(keyOf(thing)) && !isBusy(thing, thing.of ?? thing))
        .map(({ why, exception, ...thing }) => ({
          invariant: "owner" as const,
          what: `${keyOf(thing)}: ${why}`,
          where: name,
          exception: exception ?? kept.get(keyOf(thing)),
        })),
      ...[...wrong, ...broken].filter(({ invariant }) => minds || ANY_MOMENT.has(invariant)),
      ...claims
        .filter(({ of }) => !there.has(keyOf(of)) && !isBusy(of))
        .map(({ invariant, what, where, of, ended: exception }) => ({
          ...{ invariant, where, what: `${what}: there is no ${keyOf(of)}` },
          exception: whyGone(of) ?? (ended.has(keyOf(of)) ? exception : undefined),
        })),
    ];
  });
}
