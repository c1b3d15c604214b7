/** Expected and actual, for texts and for servers: what does not fit, in words. */
import { POWER_STATES, type ServerExpectation } from "../schema/expectation.js";
import { pattern as patternOf } from "../../text/pattern.js";
import type { TextMatch } from "../schema/values.js";
import type { ServerState } from "../world.js";

/** Says what a text lacks of `match`; undefined if it fits. */
export function textMatcher(match: TextMatch): (text: string) => string | undefined {
  const { contains, matches, lacks } =
    typeof match === "string" ? { contains: match } : { ...match };
  const pattern = matches === undefined ? undefined : patternOf(matches);
  return (text) => {
    const missing = list(contains).find((part) => !text.includes(part));
    if (missing !== undefined) return `does not contain ${quoted(missing)}`;
    const found = pattern?.test(text) ?? true;
    if (found === "too long") {
      return `is too long for so large a pattern: ${String(text.length)} characters, /${String(matches)}/`;
    }
    if (!found) return `does not match /${String(matches)}/`;
    const unwanted = list(lacks).find((part) => text.includes(part));
    return unwanted === undefined
      ? undefined
      : `contains ${quoted(unwanted)}${where(text, unwanted)}`;
  };
}

/** The line that it stands in, where there are several. */
function where(text: string, part: string): string {
  const lines = text.trimEnd().split("\n");
  const line = lines.length === 1 ? undefined : lines.find((one) => one.includes(part));
  return line === undefined ? "" : `: ${line.trim()}`;
}

const quoted = (text: string): string => JSON.stringify(text);
const list = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const FIELDS = ["status", "vm_state", "task_state", "power_state", "host"] as const;

/** Says whether a server is as expected. `undefined`: there is no such server. */
export function serverMatcher(
  expected: ServerExpectation,
): (actual: ServerState | undefined) => boolean {
  const faultFits = expected.fault === undefined ? undefined : textMatcher(expected.fault);
  // Asked after every event, and a fault seldom changes.
  let before: string | undefined;
  let fitted = false;
  return (actual) => {
    if (expected.gone === true) return isGone(actual);
    if (actual === undefined) return false;
    for (const field of FIELDS) {
      const wanted = expected[field];
      if (wanted !== undefined && !same(field, wanted, actual[field])) return false;
    }
    if (faultFits === undefined) return true;
    const text = faultText(actual);
    if (text !== before) fitted = faultFits(text) === undefined;
    before = text;
    return fitted;
  };
}

/** Deleted rows are kept (nova's soft delete), and a world may show them. */
function isGone(actual: ServerState | undefined): boolean {
  return actual === undefined || actual.status === "DELETED";
}

function same(field: string, wanted: unknown, actual: unknown): boolean {
  if (wanted === actual) return true;
  if (field !== "power_state") return false;
  return number(wanted) === number(actual);
}

const number = (state: unknown): unknown =>
  typeof state === "string" ? (POWER_STATES.get(state.toUpperCase()) ?? state) : state;

function faultText({ fault }: ServerState): string {
  if (fault === undefined || fault === null) return "";
  return typeof fault === "string" ? fault : JSON.stringify(fault);
}

/** `status ACTIVE, task_state none`: what is expected of a server. */
export function describeExpectation(expected: ServerExpectation): string {
  const parts = FIELDS.filter((field) => expected[field] !== undefined).map(
    (field) => `${field} ${String(expected[field] ?? "none")}`,
  );
  if (expected.fault !== undefined) parts.push(`fault ${JSON.stringify(expected.fault)}`);
  if (expected.gone === true) parts.push("gone");
  return parts.join(", ");
}

/** A server's stored state in one line. */
export function describeServer(name: string, state: ServerState | undefined): string {
  if (state === undefined) return `there is no server ${name}`;
  const fields = FIELDS.map((field) => `${field} ${String(state[field] ?? "none")}`);
  const fault = faultText(state);
  if (fault !== "") fields.push(`fault ${fault}`);
  return `${name} has ${fields.join(", ")}`;
}

/** What is compared, as data: the fields that `expected` names. */
export function actualOf(expected: ServerExpectation, state: ServerState | undefined): unknown {
  if (state === undefined) return { gone: true };
  if (expected.gone === true) return { gone: isGone(state), status: state.status };
  return Object.fromEntries(
    Object.keys(expected).map((key) => [
      key,
      (state as unknown as Record<string, unknown>)[key] ?? null,
    ]),
  );
}
