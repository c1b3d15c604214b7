/**
 * Complex queries: a filter as text, an order, a limit, made into what the storage understands; whoever is limited
 * to a project gets a condition more. Upstream: ceilometer/api/controllers/v2.py (ValidatedComplexQuery) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Kernel } from "../../../../kernel/index.js";
import { AttributeError, loads, str, ValueError, type Json } from "../../../../python/index.js";
import type { ComplexQuery, Condition, Order } from "../../storage/complex-query.js";
import { zonelessTime } from "../../times.js";
import { limitedToProject } from "../policy.js";
import { attribute, readAttributes } from "../wsme/attributes.js";
import { ClientSideError, ProjectNotAuthorized } from "../wsme/errors.js";
import { intOf, text, WrongValue, type DataType } from "../wsme/types.js";
import { readFilter, readOrderBy, type Expression } from "./filter-schema.js";

/** What is asked for, and by what names. */
export interface Queried {
  readonly kernel: Kernel;
  readonly model: string;
  readonly fields: readonly string[];
  /** Names that stand for others. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly metadata: boolean;
  /** What says whose a thing is. */
  readonly visibility: string;
  /** Fields that only the API knows. */
  readonly missing?: readonly string[];
}

const limitType: DataType<number> = (value) => {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  try {
    if (typeof value === "string") return intOf(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
  }
  const name = typeof value === "string" ? "unicode" : typeof value === "number" ? "float" : "bool";
  throw new WrongValue(`Wrong type. Expected '<type 'int'>', got '<type '${name}'>'`);
};

const ATTRIBUTES = {
  filter: attribute(text),
  orderby: attribute(text),
  limit: attribute(limitType),
};

const TIMES = ["timestamp", "state_timestamp"];

/** @throws ClientSideError, ProjectNotAuthorized */
export function readComplexQuery(ctxt: RequestContext, body: Json, of: Queried): ComplexQuery {
  const query = readAttributes(ATTRIBUTES, body);
  const names = [...of.fields, ...of.aliases.keys()];
  const expression =
    query.filter === undefined
      ? undefined
      : worded("Filter expression not valid", () =>
          readFilter(loads(query.filter), { names, metadata: of.metadata }),
        );
  const asked = expression && conditionOf(expression, of);
  const filter = restricted(asked, limitedToProject(ctxt), of.visibility);
  const orderby =
    query.orderby === undefined
      ? undefined
      : worded("Order-by expression not valid", () => readOrderBy(loads(query.orderby), names));
  const { limit } = query;
  if (limit !== undefined && limit !== null && limit <= 0) {
    throw new ClientSideError("Limit should be positive");
  }
  return {
    filter,
    orderby: orderby?.map(({ field, descending }): Order => ({
      field: columnOf(field, of),
      descending,
    })),
    limit: limit ?? undefined,
  };
}

function worded<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new ClientSideError(`${what}: ${error.message}`);
  }
}

/** @throws AttributeError for what the table does not have */
function columnOf(name: string, { aliases, missing = [], model }: Queried): string {
  if (name.startsWith("metadata.")) return `resource_${name}`;
  if (missing.includes(name)) {
    throw new AttributeError(`type object '${model}' has no attribute '${name}'`);
  }
  return aliases.get(name) ?? name;
}

function conditionOf(expression: Expression, of: Queried): Condition {
  switch (expression.kind) {
    case "and":
    case "or":
      return { kind: expression.kind, of: expression.of.map((each) => conditionOf(each, of)) };
    case "not":
      return { kind: "not", of: conditionOf(expression.of, of) };
    case "in":
      if (TIMES.includes(expression.field)) throw notATime(expression.values[0] ?? null);
      return { ...expression, field: columnOf(expression.field, of) };
    case "compare": {
      const { field, value } = expression;
      const wanted = TIMES.includes(field) ? timestamp(of, value) : value;
      return { ...expression, field: columnOf(field, of), value: wanted };
    }
  }
}

function timestamp(of: Queried, value: Json): string {
  if (typeof value !== "string") throw notATime(value);
  try {
    return zonelessTime(of.kernel, value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw notATime(value);
  }
}

const notATime = (value: Json): ClientSideError =>
  new ClientSideError(`Failed to parse the timestamp value ${str(value)}`);

/** `_force_visibility`. @throws ProjectNotAuthorized */
function restricted(
  asked: Condition | undefined,
  project: string | null,
  field: string,
): Condition | undefined {
  if (project === null) return asked;
  const own: Condition = { kind: "compare", op: "=", field, value: project };
  if (asked === undefined) return own;
  checkReferences(asked, project, field);
  return { kind: "and", of: [own, asked] };
}

function checkReferences(condition: Condition, project: string, visibility: string): void {
  switch (condition.kind) {
    case "and":
    case "or":
      for (const each of condition.of) checkReferences(each, project, visibility);
      return;
    case "not":
      checkReferences(condition.of, project, visibility);
      return;
    case "in":
      if (condition.field === visibility) throw new ProjectNotAuthorized(condition.values);
      return;
    case "compare":
      if (condition.field === visibility && condition.value !== project) {
        throw new ProjectNotAuthorized(condition.value);
      }
  }
}
