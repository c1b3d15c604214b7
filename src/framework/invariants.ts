/**
 * What holds of a cloud at rest whatever it has been through, and what is told where it does not. Each
 * project looks at its own rows (`Inventory`); where Juno itself breaks one, the finding bears the name
 * of the defect. No process reads this, and upstream has nothing of the kind.
 */

/** By name, what holds. */
export const INVARIANTS = {
  quota: "quota usage equals the rows",
  address: "no address is given to two",
  owner: "no port, image, volume or object is without an owner",
  tracker: "what a host counts as used is the sum of its instances, after an audit",
  "one-host": "no instance is on two hosts",
  outcome: "every accepted request ends in a recorded outcome",
  made: "what a row says was made is there",
  listing: "listings say what is stored, once the updaters have run",
  "at-rest": "nothing rests in a passing state without a cause",
} as const;

/** `quota`, `owner`: which of `INVARIANTS`. */
export type InvariantName = keyof typeof INVARIANTS;

/** A way in which Juno breaks an invariant, as its source has it. */
export interface JunoException {
  /** One sentence. */
  readonly says: string;
  /** Where upstream does it: `nova/compute/api.py at 2014.2 (_delete); nova §3.2`. */
  readonly source: string;
}

export type JunoExceptions = Readonly<Record<string, JunoException>>;

/** An invariant that does not hold. */
export interface Finding {
  readonly invariant: InvariantName;
  /** In words: `server 3f2a: stays powering-off`. */
  readonly what: string;
  /** Whose rows, or which host: `nova.instances`, `compute-1`. */
  readonly where: string;
  /** The defect of Juno's that it comes of, if it is one. */
  readonly exception?: string | undefined;
}

/** `owner (neutron): port 9f0c: there is no server 3f2a [delete-without-host-leaks]`. */
export const findingText = ({ invariant, what, where, exception }: Finding): string =>
  `${invariant} (${where}): ${what}${exception === undefined ? "" : ` [${exception}]`}`;
