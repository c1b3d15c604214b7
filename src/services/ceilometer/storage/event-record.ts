/**
 * Writes an event with its traits: its type, and the types of its traits, first, unless they are there. One that cannot
 * be written is logged and lost. Upstream: ceilometer/storage/impl_sqlalchemy.py (record_events, _make_trait) at
 * 2014.2, over MySQL.
 */
import { DuplicateEntry, type Env } from "../../../framework/index.js";
import { column, nullableColumn, stored } from "../../../framework/database/columns.js";
import { caught, type Op } from "../../../kernel/index.js";
import { TRAIT_TYPES, type Event, type Trait } from "../event/event.js";
import type { CeilometerDatabase, TraitRow } from "./database.js";

const DESC = { desc: column("text") };
const VALUES = { t_string: nullableColumn("text"), t_int: nullableColumn("integer") };

export function* recordEvent(env: Env, database: CeilometerDatabase, event: Event): Op<void> {
  try {
    insert(database, event);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const duplicate = error instanceof DuplicateEntry;
    const what = duplicate ? "Failed to record duplicated event" : "Failed to record event";
    env.log("error", `${what}: ${error.message}`);
  }
}

/** @throws DuplicateEntry, DBError: nothing is written then */
function insert(database: CeilometerDatabase, event: Event): void {
  const { eventTypes, events, traits, traitTypes } = database;
  const { message_id, event_type: desc, generated } = event;
  stored(DESC, { desc });
  for (const { name, dtype, value } of event.traits) {
    stored(DESC, { desc: name });
    stored(VALUES, valuesOf(dtype, value));
  }
  if (events.get(message_id) !== undefined) {
    const why = `Duplicate entry '${message_id}' for key 'message_id'`;
    throw new DuplicateEntry(`(IntegrityError) (1062, "${why}")`);
  }
  const type = eventTypes.get(desc) ?? eventTypes.insert({ desc });
  const row = events.insert({ message_id, generated, event_type_id: type.id });
  for (const { name, dtype, value } of event.traits) {
    const known = { desc: name, data_type: dtype };
    const { id: trait_type_id } = traitTypes.first(known) ?? traitTypes.insert(known);
    traits.insert({ trait_type_id, event_id: row.id, ...valuesOf(dtype, value) });
  }
}

function valuesOf(
  dtype: Trait["dtype"],
  value: string | number,
): Pick<TraitRow, "t_string" | "t_float" | "t_int" | "t_datetime"> {
  return {
    t_string: dtype === TRAIT_TYPES.text ? String(value) : null,
    t_float: dtype === TRAIT_TYPES.float ? Number(value) : null,
    t_int: dtype === TRAIT_TYPES.int ? Number(value) : null,
    t_datetime: dtype === TRAIT_TYPES.datetime ? String(value) : null,
  };
}
