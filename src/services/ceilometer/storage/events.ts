/**
 * What there is of events: they themselves by type, time and traits, their types, and their traits by type. The types of
 * traits of an event's type are looked for at the event whose number is that type's, which is upstream's mistake.
 * Upstream: ceilometer/storage/impl_sqlalchemy.py (get_events, get_event_types, get_trait_types, get_traits),
 * ceilometer/storage/sqlalchemy/utils.py (trait_op_condition) at 2014.2.
 */
import { sameText, type Row } from "../../../framework/index.js";
import { InvariantError } from "../../../kernel/index.js";
import { TRAIT_TYPES, type Event, type Trait, type TraitType } from "../event/event.js";
import type { CeilometerDatabase, EventRow, TraitRow, TraitTypeRow } from "./database.js";

export type TraitOp = "eq" | "ne" | "lt" | "le" | "gt" | "ge";

export interface TraitFilter {
  readonly key: string;
  readonly dtype: TraitType;
  readonly op: TraitOp;
  readonly value: string | number;
}

export interface EventFilter {
  readonly event_type?: string | null | undefined;
  readonly message_id?: string | null | undefined;
  /** As rows have it; both ends belong to it. */
  readonly start_time?: string | undefined;
  readonly end_time?: string | undefined;
  readonly traits?: readonly TraitFilter[];
}

/** In order of time. */
export function getEvents(database: CeilometerDatabase, filter: EventFilter): Event[] {
  const { event_type, message_id, start_time, end_time, traits = [] } = filter;
  return database.events
    .find()
    .filter(
      ({ event_type_id, message_id: id, generated }) =>
        isWanted(event_type, textOf(database, event_type_id)) &&
        isWanted(message_id, id) &&
        (start_time === undefined || generated >= start_time) &&
        (end_time === undefined || generated <= end_time),
    )
    .map((row) => eventOf(database, row))
    .filter((event) => traits.every((wanted) => event.traits.some((trait) => fits(trait, wanted))))
    .sort((a, b) => (a.generated === b.generated ? 0 : a.generated < b.generated ? -1 : 1));
}

export const getEventTypes = ({ eventTypes }: CeilometerDatabase): string[] =>
  eventTypes
    .find()
    .map(({ desc }) => desc)
    .sort();

export function getTraitTypes(database: CeilometerDatabase, type: string): TraitTypeRow[] {
  const { eventTypes, events, traits, traitTypes } = database;
  const known = eventTypes.find().find(({ desc }) => sameText(desc, type));
  const event = known && events.find().find(({ id }) => id === known.id);
  const ids = new Set(
    event === undefined
      ? []
      : traits.find({ event_id: event.id }).map(({ trait_type_id }) => trait_type_id),
  );
  return traitTypes
    .find()
    .filter(({ id }) => ids.has(id))
    .sort((a, b) => (a.desc === b.desc ? a.data_type - b.data_type : a.desc < b.desc ? -1 : 1));
}

/** In the order in which they were stored. */
export const getTraits = (database: CeilometerDatabase, type: string, name: string): Trait[] =>
  database.events
    .find()
    .filter(({ event_type_id }) => sameText(textOf(database, event_type_id), type))
    .flatMap((event) => eventOf(database, event).traits)
    .filter((trait) => name === "" || sameText(trait.name, name));

const isWanted = (wanted: string | null | undefined, value: string): boolean =>
  wanted === undefined || wanted === null || wanted === "" || sameText(value, wanted);

function textOf({ eventTypes }: CeilometerDatabase, id: number): string {
  const type = eventTypes.find().find((each) => each.id === id);
  if (type === undefined) throw new InvariantError(`an event has lost its type ${String(id)}`);
  return type.desc;
}

function eventOf(database: CeilometerDatabase, row: Row<EventRow>): Event {
  return {
    message_id: row.message_id,
    event_type: textOf(database, row.event_type_id),
    generated: row.generated,
    traits: database.traits.find({ event_id: row.id }).map((trait) => traitOf(database, trait)),
  };
}

function traitOf({ traitTypes }: CeilometerDatabase, row: Row<TraitRow>): Trait {
  const type = traitTypes.get(row.trait_type_id);
  if (type === undefined) throw new InvariantError("a trait has lost its type");
  const value = row.t_string ?? row.t_int ?? row.t_float ?? row.t_datetime;
  return { name: type.desc, dtype: type.data_type, value: value ?? "" };
}

function fits({ name, dtype, value }: Trait, wanted: TraitFilter): boolean {
  if (dtype !== wanted.dtype || !sameText(name, wanted.key)) return false;
  const same =
    dtype === TRAIT_TYPES.text
      ? sameText(String(value), String(wanted.value))
      : value === wanted.value;
  switch (wanted.op) {
    case "eq":
      return same;
    case "ne":
      return !same;
    case "lt":
      return !same && value < wanted.value;
    case "le":
      return same || value < wanted.value;
    case "gt":
      return !same && value > wanted.value;
    case "ge":
      return same || value > wanted.value;
  }
  return wanted.op satisfies never;
}
