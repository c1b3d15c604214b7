/**
 * Requests that change stacks: each is judged at once, and what takes time goes on in a thread of its own when
 * its caller has been answered. Upstream:
 * heat/engine/service.py (create_stack, delete_stack, stack_suspend and their like) at 2014.2.
 */
import { MessagingTimeout } from "../../../../bus/index.js";
import { milliseconds, seconds, sleep, type Op } from "../../../../kernel/index.js";
import {
  isObject,
  KeyError,
  PythonTypeError,
  repr,
  str,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import { stackCount, stackGetByName } from "../../db/queries.js";
import {
  MissingCredentialError,
  NotSupported,
  RequestLimitExceeded,
  StackExists,
  StackValidationFailed,
  StopActionFailed,
} from "../../exception.js";
import type { StackIdentity } from "../../identifier.js";
import type { Engine } from "../engine.js";
import { extractArguments, formatResource, formatStack } from "../format/stacks.js";
import type { StackRequest } from "../rpcapi.js";
import { exceptionOf } from "../scheduler/task.js";
import { engineAlive } from "../stack-lock.js";
import { memberOf } from "../stack/load.js";
import type { Resource } from "../resources/resource.js";
import { Stack } from "../stack/stack.js";
import { createUserProject } from "../stack/user-project.js";
import { Template } from "../template/template.js";

/** What a template comes with to a new stack. */
export type NewStackRequest = StackRequest & {
  readonly stack_name: Json;
  readonly owner_id?: string | null;
};

/** What threads may take before they are ended. */
const GRACE = milliseconds(200);

export const filesOf = (files: Json): JsonObject => (isObject(files) ? files : {});

/** `_parse_template_and_validate_stack`. @throws all that can be wrong with a stack */
function* parsed(
  engine: Engine,
  context: HeatContext,
  { stack_name: name, template, params, files, args, owner_id: owner = null }: NewStackRequest,
): Op<Stack> {
  const hot = new Template(template, filesOf(files));
  if (typeof name !== "string") throw new PythonTypeError("expected string or buffer");
  yield* refuseNew(engine, context, name, hot);
  const common = extractArguments(args, (level, message) => {
    engine.env.log(level, message);
  });
  const { tenant_id: tenant, username } = context;
  const stack = engine.stack({
    ...{ name, template: hot, context, tenant, username, owner },
    parameters: adoptedParameters(common.adoptData) ?? memberOf(params, "parameters"),
    registry: memberOf(params, "resource_registry"),
    ...common,
  });
  refuseWithoutCredentials(stack);
  yield* stack.validate();
  return stack;
}

/** Those of a stack that is adopted; undefined for another one. @throws KeyError */
function adoptedParameters(data: JsonObject | null): JsonObject | undefined {
  if (data === null) return undefined;
  const { environment } = data;
  if (environment === undefined) throw new KeyError(repr("environment"));
  const parameters = isObject(environment) ? environment["parameters"] : undefined;
  if (parameters === undefined) throw new KeyError(repr("parameters"));
  return isObject(parameters) ? parameters : {};
}

/** `_validate_new_stack`. */
function* refuseNew(
  { db, flags }: Engine,
  ctxt: HeatContext,
  stack_name: string,
  template: Template,
): Op<void> {
  try {
    template.validate();
  } catch (thrown) {
    const { message } = yield* exceptionOf(thrown);
    throw new StackValidationFailed({ message });
  }
  if (stackGetByName(db, ctxt, stack_name) !== undefined) throw new StackExists({ stack_name });
  const most = flags.max_stacks_per_tenant;
  if (stackCount(db, ctxt, MINE) >= most) {
    const reached = `You have reached the maximum stacks per tenant, ${String(most)}.`;
    throw new RequestLimitExceeded({ message: `${reached} Please delete some stacks.` });
  }
  refuseTooMany(template, flags.max_resources_per_stack);
}

const MINE = { filters: null, tenant_safe: true, show_deleted: false, show_nested: false };

/** @throws RequestLimitExceeded */
export function refuseTooMany(template: Template, most: number): void {
  if (Object.keys(template.resources).length <= most) return;
  throw new RequestLimitExceeded({ message: "Maximum resources per stack exceeded." });
}

/** `_validate_deferred_auth_context`. @throws MissingCredentialError */
export function refuseWithoutCredentials({ resources, context, parts }: Stack): void {
  if ((parts.deferredAuthMethod ?? "password") !== "password") return;
  if (![...resources.values()].some(({ requiresDeferredAuth }) => requiresDeferredAuth)) return;
  const required =
    context.username === null ? "X-Auth-User" : context.password === null ? "X-Auth-Key" : null;
  if (required !== null) throw new MissingCredentialError({ required });
}

/** A stack that is not made, with its resources. */
export function* preview(
  engine: Engine,
  ctxt: HeatContext,
  request: NewStackRequest,
): Op<JsonObject> {
  engine.env.log("info", `previewing stack ${str(request.stack_name)}`);
  const stack = yield* parsed(engine, ctxt, request);
  // Nested stacks are made before anything of any is shown.
  const previewed = yield* previewOf(stack);
  return { ...(yield* formatStack(stack, true)), resources: yield* formatPreview(previewed) };
}

/** Of a stack that is not made: its resources, and in the place of one that is a stack those in it. */
type Preview = readonly (readonly [Resource, Stack] | { readonly nested: Preview })[];

/** `preview_resources`. */
function* previewOf(stack: Stack): Op<Preview> {
  const shown: Preview[number][] = [];
  for (const resource of stack.resources.values()) {
    const nested = yield* resource.previewed();
    if (nested instanceof Stack) shown.push({ nested: yield* previewOf(nested) });
    else shown.push([resource, stack]);
  }
  return shown;
}

/** `format_stack_preview`. */
function* formatPreview(preview: Preview): Op<Json[]> {
  const shown: Json[] = [];
  for (const one of preview) {
    if ("nested" in one) shown.push(yield* formatPreview(one.nested));
    else shown.push(yield* formatResource(...one, { properties: true }));
  }
  return shown;
}

export function* create(
  engine: Engine,
  ctxt: HeatContext,
  request: NewStackRequest,
): Op<StackIdentity> {
  engine.env.log("info", `Creating stack ${str(request.stack_name)}`);
  const stack = yield* parsed(engine, ctxt, request);
  yield* stack.store();
  yield* withLock(engine, ctxt, stack, "create stack", created(engine, stack));
  return stack.identity();
}

/** Whether a stack may be adopted is asked when nobody hears the answer (bug 1396917). */
function* created(engine: Engine, stack: Stack): Op<void> {
  if (stack.userProjectId === null) yield* createUserProject(stack);
  if (stack.adoptData === null) yield* stack.create();
  else {
    if (!engine.flags.enable_stack_adopt) throw new NotSupported({ feature: "Stack Adopt" });
    yield* stack.adopt();
  }
  const { action, status } = stack;
  if ((action === "CREATE" || action === "ADOPT") && status === "COMPLETE") return;
  engine.env.log("info", `Stack create failed, status ${stack.status}`);
}

/** `start_with_lock`. @param ended what is done at its end beside @throws ActionInProgress */
export function* withLock(
  engine: Engine,
  ctxt: HeatContext,
  stack: Stack,
  what: string,
  work: Op<void>,
  ended?: () => void,
): Op<void> {
  const lock = engine.lock(ctxt, stack);
  yield* lock.during(function* () {
    startWithAcquired(engine, stack, lock, what, work, ended);
  });
}

/** `start_with_acquired_lock`. */
export function startWithAcquired(
  { threads }: Engine,
  { id }: Stack,
  lock: ReturnType<Engine["lock"]>,
  what: string,
  work: Op<void>,
  ended?: () => void,
): void {
  threads.start(id ?? "", what, work, () => {
    lock.release();
    ended?.();
  });
}

/** What runs on the stack is ended first, here or in another engine. */
export function* remove(engine: Engine, ctxt: HeatContext, identity: StackIdentity): Op<null> {
  const stack = engine.existing(ctxt, identity);
  engine.env.log("info", `Deleting stack ${stack.name}`);
  const lock = engine.lock(ctxt, stack);
  const holder = lock.tryAcquire();
  if (holder === undefined) {
    startWithAcquired(engine, stack, lock, "delete stack", stack.delete());
    return null;
  }
  if (holder === engine.engineId) {
    yield* sleep(GRACE);
    yield* engine.threads.stop(identity.stack_id);
  } else if (yield* engineAlive(engine, ctxt, holder)) {
    yield* stopElsewhere(engine, ctxt, holder, stack);
  }
  // An update that was stopped may have left resources that this stack knows nothing of.
  const again = engine.existing(ctxt, identity);
  yield* withLock(engine, ctxt, again, "delete stack", again.delete());
  return null;
}

function* stopElsewhere(
  { engines, lifeCheckTimeout }: Engine,
  ctxt: HeatContext,
  topic: string,
  stack: Stack,
): Op<void> {
  try {
    yield* engines
      .prepare({ topic, version: "1.0", timeout: seconds(lifeCheckTimeout) })
      .stop_stack(ctxt, { stack_identity: stack.identity() });
  } catch (error) {
    if (!(error instanceof MessagingTimeout)) throw error;
    throw new StopActionFailed({ stack_name: stack.name, engine_id: topic });
  }
}

/** Suspend, resume or check. */
export function* act(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity,
  action: "suspend" | "resume" | "check",
): Op<void> {
  const stack = engine.existing(ctxt, identity);
  const log = (level: "info" | "debug", words: string): void => {
    engine.env.log(level, `${words} ${stack.name}`);
  };
  if (action === "check") log("info", "Checking stack");
  else log("debug", action === "suspend" ? "suspending stack" : "resuming stack");
  yield* withLock(engine, ctxt, stack, `${action} stack`, stack[action]());
}

/** Nothing that is outside of Heat is touched. @throws NotSupported unless it is allowed */
export function* abandon(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity,
): Op<JsonObject> {
  if (!engine.flags.enable_stack_abandon) throw new NotSupported({ feature: "Stack Abandon" });
  const stack = engine.existing(ctxt, identity);
  engine.env.log("info", `abandoning stack ${stack.name}`);
  const lock = engine.lock(ctxt, stack);
  return yield* lock.during(function* () {
    const left = yield* stack.prepareAbandon();
    startWithAcquired(engine, stack, lock, "abandon stack", stack.abandon());
    return left;
  });
}
