/**
 * What an event query asks of the storage: fields of the event itself, or traits of a type. A condition that says its
 * type is nothing, as `ceilometer event-list -q a=b` does, is a KeyError of Python's. Upstream:
 * ceilometer/api/controllers/v2.py (EventQuery, _event_query_to_event_filter), ceilometer/storage/__init__.py
 * (EventFilter), ceilometer/storage/sqlalchemy/utils.py (trait_models_dict) at 2014.2.
 */
import type { Kernel } from "../../../../kernel/index.js";
import { KeyError, str, ValueError } from "../../../../python/index.js";
import { TRAIT_TYPES, type TraitType } from "../../event/event.js";
import type { EventFilter, TraitFilter, TraitOp } from "../../storage/events.js";
import { storedTime } from "../../times.js";
import { opOf, valueAs, type Query } from "./query.js";

const TYPES: ReadonlyMap<string, TraitType> = new Map<string, TraitType>([
  ["string", TRAIT_TYPES.text],
  ["integer", TRAIT_TYPES.int],
  ["datetime", TRAIT_TYPES.datetime],
  ["float", TRAIT_TYPES.float],
]);

const SUPPORTED = ["integer", "float", "string", "datetime"];
const OPS: readonly string[] = ["lt", "le", "eq", "ne", "ge", "gt"] satisfies readonly TraitOp[];

const isOp = (op: string): op is TraitOp => OPS.includes(op);

/** @throws ClientSideError; ValueError for times that are none, KeyError */
export function eventFilter(kernel: Kernel, query: readonly Query[]): EventFilter {
  const own = new Map<string, string | null>();
  const traits: TraitFilter[] = [];
  for (const { type = "string", ...rest } of query) {
    const each = { ...rest, type };
    const { field = null, value } = each;
    if (field !== null && FIELDS.has(field)) own.set(field, value ?? null);
    else traits.push(traitFilter(kernel, each));
  }
  return {
    event_type: own.get("event_type"),
    message_id: own.get("message_id"),
    start_time: time(kernel, own.get("start_time")),
    end_time: time(kernel, own.get("end_time")),
    traits,
  };
}

const FIELDS: ReadonlySet<string> = new Set(["event_type", "message_id", "start_time", "end_time"]);

function traitFilter(kernel: Kernel, query: Query): TraitFilter {
  const datetime = (text: string): string => storedTime(kernel, text);
  const value = valueAs(query, undefined, { supported: SUPPORTED, datetime });
  const dtype = TYPES.get(query.type ?? "");
  const op = opOf(query);
  if (dtype === undefined) throw new KeyError("None");
  if (!isOp(op)) throw new KeyError(`u'${op}'`);
  if (typeof value !== "string" && typeof value !== "number") throw new ValueError(str(value));
  return { key: query.field ?? "", dtype, op, value };
}

/** `sanitize_timestamp`. @throws ValueError */
const time = (kernel: Kernel, text: string | null | undefined): string | undefined =>
  text === null || text === undefined || text === "" ? undefined : storedTime(kernel, text);
