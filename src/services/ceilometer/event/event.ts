/** An event and its traits, as they are stored and asked for. Upstream: ceilometer/storage/models.py (Event, Trait) at 2014.2. */

/** By their numbers in the table `trait_type`. */
export const TRAIT_TYPES = { text: 1, int: 2, float: 3, datetime: 4 } as const;

export type TraitType = (typeof TRAIT_TYPES)[keyof typeof TRAIT_TYPES];

/** What the API calls them. */
export const TRAIT_NAMES: ReadonlyMap<TraitType, string> = new Map([
  [TRAIT_TYPES.text, "string"],
  [TRAIT_TYPES.int, "integer"],
  [TRAIT_TYPES.float, "float"],
  [TRAIT_TYPES.datetime, "datetime"],
]);

export interface Trait {
  readonly name: string;
  readonly dtype: TraitType;
  /** A date is as a row has it. */
  readonly value: string | number;
}

export interface Event {
  readonly message_id: string;
  readonly event_type: string;
  /** As a row has it. */
  readonly generated: string;
  readonly traits: readonly Trait[];
}
