/**
 * Whether a fault that a program has written is one: its verb, the fields of its aim, what each can be. A mistyped field
 * would aim at everything, so it is refused. Scenario files have a schema that says the same with line and column.
 */
import { DriverError, assertOptions, refuse } from "../kernel/index.js";
import { describe } from "../text/complaints.js";
import { MESSAGE_KINDS } from "./aim.js";
import { WORK_ORDERS } from "./rest-aim.js";
import { CUT_DIRECTIONS } from "./verbs/connections/cut-off.js";
import type { FaultSpec } from "./verbs/index.js";

type Of<S, K extends PropertyKey> = S extends Readonly<Record<K, infer A>> ? A : never;
type Verb = FaultSpec extends infer S ? (S extends object ? Exclude<keyof S, Flat> : never) : never;
type Flat = "host" | "error" | "by" | "is" | "nth" | "times" | "after" | "for";

const WINDOW = ["after", "for"] as const;
const FREQUENCY = ["nth", "times", ...WINDOW] as const;
const REPLY = ["topic", "method", "from", "host", ...FREQUENCY] as const;
const MESSAGE = [...REPLY, "of"] as const;
const REQUEST = ["method", "path", "from", "host", "when", ...FREQUENCY] as const;
const OPERATION = ["host", "error", "by", ...FREQUENCY] as const;

/** What stands in the aim of a verb; of hardware beside the verb. */
const FIELDS = {
  driver: OPERATION,
  volume_driver: OPERATION,
  disk: ["host", "is"],
  drop: [...MESSAGE, "part"],
  delay: [...MESSAGE, "by"],
  duplicate: MESSAGE,
  reorder: [...MESSAGE, "within"],
  lose_reply: [...REPLY, "part"],
  stall: ["host", "topic", ...WINDOW],
  cut_off: ["host", "peer", "direction", ...WINDOW],
  break_connection: ["host", "after"],
  restart_broker: ["down"],
  answer: [...REQUEST, "status", "body"],
  slow: [...REQUEST, "by"],
  reset: REQUEST,
} as const satisfies {
  readonly [V in Verb]: readonly (string & (keyof Of<FaultSpec, V> | Flat))[];
};

/** What a field can be, in words, and whether a value is that. */
interface Sort {
  readonly right: string;
  is(value: unknown): boolean;
}

const oneOf = (names: readonly string[]): Sort => ({
  right: `one of ${names.join(", ")}`,
  is: (value) => names.some((name) => name === value),
});
const text: Sort = { right: "a text", is: (value) => typeof value === "string" };
const count: Sort = {
  right: "a whole number from 1 on",
  is: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
};
const length: Sort = {
  right: "a length of time, as seconds(3)",
  is: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
};

const SORTS: Readonly<Record<string, Sort>> = {
  ...{ nth: count, times: count },
  ...{ after: length, for: length, by: length, within: length, down: length },
  of: oneOf(MESSAGE_KINDS),
  when: oneOf(WORK_ORDERS),
  part: oneOf(["value", "ending"]),
  direction: oneOf(CUT_DIRECTIONS),
  status: { right: "a number", is: (value) => typeof value === "number" },
  body: { right: "a body", is: () => true },
};

/** @throws DriverError for what is no fault, a verb or a field that there is not, or a value that cannot be */
export function assertFault(spec: unknown, method: string): void {
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    refuse(spec, method, 'a fault such as { drop: { method: "build_and_run_instance" } }');
  }
  const verbs = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
  const [verb, ...others] = verbs.filter((name) => Object.hasOwn(spec, name));
  if (verb === undefined) {
    assertOptions(spec, method, verbs);
    refuse(spec, method, `a fault: one of ${verbs.join(", ")}`);
  }
  if (others.length > 0) {
    throw new DriverError(
      `${method} takes one fault at a time, not ${[verb, ...others].join(" and ")}`,
    );
  }
  const known: readonly string[] = FIELDS[verb];
  const own: unknown = Reflect.get(spec, verb);
  // Of hardware, what fails stands behind the verb and the rest beside it.
  const beside = ["driver", "volume_driver", "disk"].includes(verb);
  const where = `${method}: ${verb}`;
  if (beside) {
    if (typeof own !== "string") refuse(own, where, "what fails, as a text");
    assertOptions(spec, where, [verb, ...known]);
  } else {
    assertOptions(spec, where, [verb]);
    assertOptions(own, where, known);
  }
  for (const [name, value] of Object.entries(beside ? spec : (own as object))) {
    const sort = SORTS[name] ?? text;
    if (value === undefined || sort.is(value)) continue;
    throw new DriverError(`${where}: ${name} is ${sort.right}, not ${describe(value)}`);
  }
}
