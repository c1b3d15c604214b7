/**
 * Simple queries: whether each condition can be asked of what is asked, whether the caller may ask it, and what
 * it means for the storage. Upstream: ceilometer/api/controllers/v2.py (_validate_query, _sanitize_query,
 * _query_to_kwargs, _get_query_timestamps) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Kernel } from "../../../../kernel/index.js";
import { noAttribute, repr, ValueError, type Json } from "../../../../python/index.js";
import { NotImplementedError } from "../../storage/errors.js";
import { zonelessTime } from "../../times.js";
import { limitedToProject } from "../policy.js";
import { InvalidInput, ProjectNotAuthorized, UnknownArgument } from "../wsme/errors.js";
import { intOf } from "../wsme/types.js";
import { opOf, queryRepr, valueAs, type Query } from "./query.js";

/** What can be asked of what there is: the names of the arguments of the storage's function. */
export const SAMPLE_KEYS = ["end", "end_timestamp_op", "message_id", "metaquery", "meter"].concat([
  "project",
  "resource",
  "source",
  "start",
  "start_timestamp_op",
  "user",
]);
export const METER_KEYS = ["metaquery", "pagination", "project", "resource", "source", "user"];
export const RESOURCE_KEYS = [
  "end_timestamp",
  "end_timestamp_op",
  "metaquery",
  "pagination",
].concat(["project", "resource", "source", "start_timestamp", "start_timestamp_op", "user"]);
export const ALARM_KEYS = ["alarm_id", "enabled", "meter", "name", "pagination"].concat([
  "project",
  "state",
  "user",
]);
export const CHANGE_KEYS = [
  "end_timestamp",
  "end_timestamp_op",
  "project",
  "start_timestamp",
].concat(["start_timestamp_op", "type", "user"]);

const TRANSLATION: ReadonlyMap<string, string> = new Map([
  ["user_id", "user"],
  ["project_id", "project"],
  ["resource_id", "resource"],
]);

const isMetadata = (field: string): boolean =>
  field.startsWith("metadata.") || field.startsWith("resource_metadata.");

/** `_validate_query`. @throws InvalidInput, UnknownArgument, ProjectNotAuthorized */
export function validateQuery(
  ctxt: RequestContext,
  query: readonly Query[],
  keys: readonly string[],
  timestamps = true,
): void {
  segregate(query, limitedToProject(ctxt));
  const timed = hasTime(query, "timestamp", ["lt", "le", "gt", "ge"], timestamps);
  const offset = hasTime(query, "search_offset", ["eq"], timestamps);
  if (offset && !timed) {
    const without = "search_offset cannot be used without timestamp";
    throw new InvalidInput("field", "search_offset", without);
  }
  for (const condition of query) {
    const { field } = condition;
    if (field === "timestamp" || field === "search_offset") continue;
    if (typeof field !== "string") throw noAttribute(null, "startswith");
    const key = TRANSLATION.get(field) ?? field;
    if (!keys.includes(key) && !isMetadata(field)) {
      const all = `[${query.map(queryRepr).join(", ")}]`;
      const known = repr([...keys].sort(), "");
      throw new UnknownArgument(key, `unrecognized field in query: ${all}, valid keys: ${known}`);
    }
    const op = opOf(condition);
    if (op !== "eq") throw new InvalidInput("op", op, `unimplemented operator for ${field}`);
    if (key === "enabled") valueAs(condition, "boolean");
    else if (isMetadata(key)) valueAs(condition);
  }
}

function hasTime(
  query: readonly Query[],
  name: string,
  operators: readonly string[],
  allowed: boolean,
): boolean {
  const condition = query.find(({ field }) => field === name);
  if (condition === undefined) return false;
  if (!allowed) throw new UnknownArgument(name, "not valid for this resource");
  const op = opOf(condition);
  if (!operators.includes(op)) {
    throw new InvalidInput("op", op, `unimplemented operator for ${name}`);
  }
  return true;
}

/** `_verify_query_segregation`. @throws ProjectNotAuthorized */
function segregate(query: readonly Query[], project: string | null): void {
  if (project === null) return;
  for (const { field, value } of query) {
    if (field !== "project" && field !== "project_id") continue;
    if (value !== project) throw new ProjectNotAuthorized(value);
  }
}

/** `_sanitize_query`: whoever is limited to a project asks for its things alone. @throws ProjectNotAuthorized */
export function sanitizeQuery(query: readonly Query[], project: string | null): readonly Query[] {
  if (project === null || project === "") return query;
  segregate(query, project);
  if (query.some(({ field }) => field === "project_id")) return query;
  return [...query, { field: "project_id", op: "eq", value: project, type: undefined }];
}

/** What a query means: values by the storage's names, metadata, bounds of time. */
export interface QueryArguments {
  readonly values: Readonly<Record<string, string | null | undefined>>;
  readonly enabled: boolean | undefined;
  readonly metaquery: ReadonlyMap<string, Json>;
  readonly start: string | undefined;
  readonly start_timestamp_op: string | undefined;
  readonly end: string | undefined;
  readonly end_timestamp_op: string | undefined;
}

/** `_query_to_kwargs`. @throws as `validateQuery`; NotImplementedError; ValueError */
export function queryArguments(
  kernel: Kernel,
  ctxt: RequestContext,
  asked: readonly Query[],
  keys: readonly string[],
  { timestamps = true, limited = true } = {},
): QueryArguments {
  validateQuery(ctxt, asked, keys, timestamps);
  const query = limited ? sanitizeQuery(asked, limitedToProject(ctxt)) : asked;
  const values: Record<string, string | null | undefined> = {};
  const metaquery = new Map<string, Json>();
  const stamp: Record<string, string | null | undefined> = {};
  let enabled: boolean | undefined;
  for (const condition of query) {
    const field = condition.field ?? "";
    const op = opOf(condition);
    if (field === "timestamp") {
      const side = op === "lt" || op === "le" ? "end" : "start";
      stamp[side] = condition.value;
      stamp[`${side}_op`] = op;
    } else if (field === "search_offset") stamp["offset"] = condition.value;
    else if (field === "enabled") enabled = valueAs(condition, "boolean") === true;
    else if (field.startsWith("metadata.")) metaquery.set(field, valueAs(condition));
    else if (field.startsWith("resource_metadata.")) {
      metaquery.set(field.slice("resource_".length), valueAs(condition));
    } else values[TRANSLATION.get(field) ?? field] = condition.value;
  }
  if (values["pagination"] !== undefined && values["pagination"] !== null) {
    throw new NotImplementedError("Pagination not implemented");
  }
  if (typeof values["metaquery"] === "string") throw noAttribute("", "iteritems");
  const { calendar } = kernel;
  const minutes = intOf(stamp["offset"] ?? "0") * 60_000_000;
  const bound = (side: "start" | "end", sign: -1 | 1): string | undefined => {
    const text = stamp[side] ?? values[side] ?? values[`${side}_timestamp`] ?? "";
    if (text === "") return undefined;
    return calendar.stamp(calendar.parse(timeOf(kernel, text)) + sign * minutes);
  };
  return {
    values,
    enabled,
    metaquery,
    start: bound("start", -1),
    start_timestamp_op: stamp["start_op"] ?? values["start_timestamp_op"] ?? undefined,
    end: bound("end", 1),
    end_timestamp_op: stamp["end_op"] ?? values["end_timestamp_op"] ?? undefined,
  };
}

/** @throws InvalidInput */
export function timeOf(kernel: Kernel, text: string): string {
  try {
    return zonelessTime(kernel, text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new InvalidInput("timestamp", text, "invalid timestamp format");
  }
}
