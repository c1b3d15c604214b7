/** What differs between two entries that are the same deed, in words: `status: 200 / 404`. */
import { isMapping } from "../../python/index.js";
import { diffHeaders, type Entry } from "../../timeline/index.js";
import { clip, jsonOf, safe } from "../words.js";

export interface Change {
  /** Which field: `status`, `changes.vm_state[1]`; `outcome` for how a message ended. */
  readonly what: string;
  readonly a: string;
  readonly b: string;
}

const LONGEST = 80;
/** What tells most comes first. */
const FIRST = ["outcome", "status", "exit", "passed", "from", "to", "queue", "changes"];
/** A payload that differs in more places than this is another payload. */
const MOST = 12;

/** @param a @param b as JSON, without ids and times. @param kinds as recorded */
export function changesBetween(
  a: string,
  b: string,
  [one, other]: readonly [Entry, Entry],
): readonly Change[] {
  if (a === b) return [];
  if (one.kind !== other.kind) {
    return [{ what: "outcome", a: outcomeWord(one), b: outcomeWord(other) }];
  }
  const [left, right] = [JSON.parse(a), JSON.parse(b)] as [object, object];
  const found = fieldsOf(left, right);
  const named = found.filter(({ what }) => what !== "actor" || found.length === 1);
  const rank = ({ what }: Change): number => {
    const at = FIRST.indexOf(/^[^.[]*/u.exec(what)?.[0] ?? "");
    return at === -1 ? FIRST.length : at;
  };
  return [...named].sort((x, y) => rank(x) - rank(y)).slice(0, MOST);
}

/** One difference for each field, and for each field of a payload. */
function fieldsOf(a: object, b: object): readonly Change[] {
  return diffHeaders(a, b).flatMap(({ path, expected, actual }) => {
    const [field = ""] = path.split(/[.[]/u);
    const [one, other] = [own(a, field), own(b, field)];
    if (isMapping(one) && isMapping(other)) {
      return diffHeaders(one, other).map((inner) =>
        change(`${field}.${inner.path}`, inner.expected, inner.actual),
      );
    }
    return [change(path, expected, actual)];
  });
}

function change(what: string, a: unknown, b: unknown): Change {
  return { what: clip(safe(what), LONGEST), a: valueWord(a), b: valueWord(b) };
}

function valueWord(value: unknown): string {
  if (value === undefined) return "nothing";
  return value === null ? "null" : clip(jsonOf(value), LONGEST);
}

function outcomeWord(entry: Entry): string {
  switch (entry.kind) {
    case "rpc.reply":
      return "reply";
    case "rpc.failure":
      return clip(safe(entry.failure.class), LONGEST);
    case "rpc.timeout":
      return "timed out";
    case "rpc.lost":
      return "lost";
    default:
      return clip(safe(entry.kind), LONGEST);
  }
}

function own(record: object, key: string): unknown {
  return Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : undefined;
}
