/**
 * Fields that are not on the wire what they are in memory: dates lose their fraction, the network
 * model is a text of JSON. Everything else is JSON already. Upstream: nova/objects/fields.py
 * (DateTime, NetworkModel) at 2014.2.
 */
import { dumps, type Json } from "../../../../python/index.js";

/** `to_primitive` and `from_primitive` of a field. */
export interface WireType {
  toWire(value: unknown): Json;
  fromWire(value: Json): unknown;
}

/** What a date alone leaves out. */
const MIDNIGHT = "0000-00-00T00:00:00";

const UP_TO_SECONDS = "2014-09-18T04:03:09".length;

/** `timeutils.isotime`: `2014-09-18T04:03:09Z`. In memory it is a stamp with microseconds. */
export const datetime: WireType = {
  toWire: (value) => (typeof value === "string" ? `${value.slice(0, UP_TO_SECONDS)}Z` : null),
  fromWire: (value) =>
    typeof value === "string"
      ? `${(value + MIDNIGHT.slice(value.length)).slice(0, UP_TO_SECONDS)}.000000`
      : value,
};

/** `NetworkInfo.json` and `NetworkInfo.hydrate`. */
export const networkModel: WireType = {
  toWire: (value) => (value === null ? null : dumps(value as Json)),
  fromWire: (value) => (typeof value === "string" ? (JSON.parse(value) as Json) : value),
};
