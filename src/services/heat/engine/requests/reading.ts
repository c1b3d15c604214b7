/**
 * Requests that only read: stacks, their templates, resources and events. Upstream: heat/engine/service.py
 * (identify_stack, show_stack, list_events and their like) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  isObject,
  isUuidLike,
  loads,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import type { Page } from "../../db/paging.js";
import {
  eventPage,
  resourceByPhysicalId,
  stackGet,
  stackGetByName,
  stackPage,
  type StackQuery,
} from "../../db/queries.js";
import {
  Forbidden,
  NotFound,
  PhysicalResourceNotFound,
  ResourceNotAvailable,
  ResourceNotFound,
  StackNotFound,
} from "../../exception.js";
import { resourceIdentity, type StackIdentity } from "../../identifier.js";
import type { Engine } from "../engine.js";
import { formatEvent, formatResource, formatStack } from "../format/stacks.js";
import type { Resource } from "../resources/resource.js";
import { Stack } from "../stack/stack.js";

/** By its id, deleted or not, or by its name. @throws StackNotFound */
export function identify(engine: Engine, ctxt: HeatContext, name: string): StackIdentity {
  const byId = isUuidLike(name) ? stackGet(engine.db, ctxt, name, true) : undefined;
  const row = byId ?? stackGetByName(engine.db, ctxt, name);
  if (row === undefined) throw new StackNotFound({ stack_name: name });
  return engine.load(ctxt, row).identity();
}

/** One stack, or all of the project. */
export function* show(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity | null,
): Op<JsonObject[]> {
  if (identity !== null) return [yield* formatStack(engine.existing(ctxt, identity, true))];
  return yield* formatAll(engine, ctxt, ALL, NO_PAGE, false);
}

const ALL: StackQuery = {
  filters: null,
  tenant_safe: true,
  show_deleted: false,
  show_nested: false,
};
const NO_PAGE: Page = { limit: null, marker: null, sort_keys: null, sort_dir: null };

export const list = (
  engine: Engine,
  ctxt: HeatContext,
  query: StackQuery,
  page: Page,
): Op<JsonObject[]> => formatAll(engine, ctxt, query, page, true);

function* formatAll(
  engine: Engine,
  ctxt: HeatContext,
  query: StackQuery,
  page: Page,
  listed: boolean,
): Op<JsonObject[]> {
  const shown: JsonObject[] = [];
  for (const row of stackPage(engine.db, ctxt, query, page)) {
    shown.push(yield* formatStack(engine.load(ctxt, row, listed)));
  }
  return shown;
}

export const template = (
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity,
): JsonObject | null => {
  const { raw_template_id } = engine.row(ctxt, identity, true);
  return engine.db.templates.get(raw_template_id)?.template ?? null;
};

/** @throws NotFound if the stack of an event is gone altogether */
export function events(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity | null,
  filters: JsonObject | null,
  page: Page,
): JsonObject[] {
  const stackId = identity === null ? null : engine.row(ctxt, identity, true).uuid;
  const stacks = new Map<string, Stack>();
  const stackOf = (id: string): Stack => {
    const known = stacks.get(id);
    if (known !== undefined) return known;
    const row = stackGet(engine.db, ctxt, id, true);
    if (row === undefined) throw new NotFound();
    const loaded = engine.load(ctxt, row);
    stacks.set(id, loaded);
    return loaded;
  };
  return eventPage(engine.db, ctxt, stackId, filters, page).map((event) =>
    formatEvent(event, stackOf(event.stack_id)),
  );
}

/** A resource that has been made. @throws ResourceNotFound, ResourceNotAvailable */
export function madeResource(stack: Stack, resource_name: string): Resource {
  const resource = stack.resource(resource_name);
  if (resource === undefined) {
    throw new ResourceNotFound({ resource_name, stack_name: stack.name });
  }
  if (resource.uuid === undefined) throw new ResourceNotAvailable({ resource_name });
  return resource;
}

/** A user of a stack's own may look at what it is registered for. @throws Forbidden */
export function* resource(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity,
  name: string,
): Op<JsonObject> {
  const stack = engine.existing(ctxt, identity);
  const isOwn = ctxt.roles.includes(engine.flags.heat_stack_user_role);
  if (isOwn && !(yield* isAllowed(ctxt, stack, name))) {
    engine.env.log("warning", `Access denied to resource ${name}`);
    throw new Forbidden();
  }
  return yield* formatResource(madeResource(stack, name), stack);
}

/** `_authorize_stack_user`: by the user's id or by the key that the request was signed with. */
function* isAllowed(ctxt: HeatContext, stack: Stack, name: string): Op<boolean> {
  for (const credential of [ctxt.user_id, accessKeyIn(ctxt.aws_creds)]) {
    for (const resource of stack.resources.values()) {
      if (yield* resource.allows(credential, name)) return true;
    }
  }
  return false;
}

function accessKeyIn(credentials: string | null): string | null {
  const read = credentials === null ? null : loads(credentials);
  const ec2 = isObject(read) ? (read["ec2Credentials"] ?? null) : null;
  const access = isObject(ec2) ? ec2["access"] : undefined;
  return typeof access === "string" ? access : null;
}

export function* resources(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity,
  { name = null, deleted = false, detail = true, depth = 0 }: ResourcesWanted = {},
): Op<JsonObject[]> {
  const stack = engine.existing(ctxt, identity, deleted);
  const deepest = Math.min(depth, engine.flags.max_nested_stack_depth);
  const shown: JsonObject[] = [];
  for (const [one, of] of resourcesBelow(stack, deepest)) {
    if (name === null || one.name === name) {
      shown.push(yield* formatResource(one, of, { detail }));
    }
  }
  return shown;
}

/** `iter_resources`: each, and behind one that is a stack those in it. */
function resourcesBelow(stack: Stack, depth: number): (readonly [Resource, Stack])[] {
  return [...stack.resources.values()].flatMap((one) => {
    const nested = depth === 0 ? undefined : one.nested();
    const below = nested instanceof Stack ? resourcesBelow(nested, depth - 1) : [];
    return [[one, stack] as const, ...below];
  });
}

export interface ResourcesWanted {
  readonly name?: string | null;
  readonly deleted?: boolean;
  readonly detail?: boolean;
  /** How deep to look into nested stacks. */
  readonly depth?: number;
}

/** @throws PhysicalResourceNotFound */
export function physical(engine: Engine, ctxt: HeatContext, resource_id: string): StackIdentity {
  const row = resourceByPhysicalId(engine.db, ctxt, resource_id);
  if (row === undefined) throw new PhysicalResourceNotFound({ resource_id });
  const stack = stackGet(engine.db, ctxt, row.stack_id, true);
  if (stack === undefined) throw new NotFound();
  return resourceIdentity(engine.load(ctxt, stack).identity(), row.name);
}

/** A signal to a resource, and a look of all others at what has become of it. @throws as `madeResource` */
export function* signal(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity,
  name: string,
  details: Json,
): Op<JsonObject> {
  const stack = engine.stored(ctxt, identity);
  const target = madeResource(stack, name);
  yield* target.signal(details);
  for (const other of (yield* stack.dependencies()).sorted(String)) {
    if (other.name !== name && other.uuid !== undefined) yield* other.metadataUpdate();
  }
  return yield* target.metadata();
}

/** Deprecated: what a resource is told of its metadata. @throws ResourceNotFound */
export function* updateMetadata(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity,
  resource_name: string,
  metadata: Json,
): Op<JsonObject> {
  const stack = engine.existing(ctxt, identity);
  const target = stack.resource(resource_name);
  if (target === undefined) throw new ResourceNotFound({ resource_name, stack_name: stack.name });
  yield* target.metadataUpdate(metadata);
  const stored = engine.stored(ctxt, identity);
  for (const other of (yield* stored.dependencies()).sorted(String)) {
    if (other.name !== resource_name && other.uuid !== undefined) yield* other.metadataUpdate();
  }
  return yield* target.metadata();
}
