/**
 * Requests that a stack become what another template says, and that it do not after all. Whether a stack is busy is
 * asked last. Upstream: heat/engine/service.py (update_stack, stack_cancel_update),
 * heat/engine/environment.py (patch_previous_parameters) at 2014.2.
 */
import { MessagingTimeout } from "../../../../bus/index.js";
import { seconds, type Op } from "../../../../kernel/index.js";
import { str, truth, type Json, type JsonObject } from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import { EventSendFailed, NotSupported } from "../../exception.js";
import type { StackIdentity } from "../../identifier.js";
import type { Engine } from "../engine.js";
import { extractArguments } from "../format/stacks.js";
import type { StackRequest } from "../rpcapi.js";
import { engineAlive } from "../stack-lock.js";
import { memberOf } from "../stack/load.js";
import type { Stack } from "../stack/stack.js";
import { Template } from "../template/template.js";
import { ThreadEvent } from "../thread-event.js";
import { filesOf, refuseTooMany, refuseWithoutCredentials, withLock } from "./changes.js";

export type UpdateRequest = StackRequest & { readonly stack_identity: StackIdentity };

/** @throws NotSupported in a state that is none for it, and all that can be wrong with a stack */
export function* update(
  engine: Engine,
  ctxt: HeatContext,
  request: UpdateRequest,
): Op<StackIdentity> {
  const { name } = engine.row(ctxt, request.stack_identity);
  engine.env.log("info", `Updating stack ${name}`);
  const current = engine.existing(ctxt, request.stack_identity);
  if (current.action === "SUSPEND") {
    throw new NotSupported({ feature: "Updating a stack when it is suspended" });
  }
  if (current.action === "DELETE") {
    throw new NotSupported({ feature: "Updating a stack when it is deleting" });
  }
  const next = updated(engine, ctxt, current, request);
  if (current.id !== null) next.setStackId(current.identity());
  refuseWithoutCredentials(next);
  yield* next.validate();
  const event = new ThreadEvent();
  const id = current.id ?? "";
  yield* withLock(engine, ctxt, current, "update stack", current.update(next, event), () => {
    engine.threads.removeEvent(id, event);
  });
  engine.threads.addEvent(id, event);
  return current.identity();
}

/** What the stack is to become. */
function updated(
  engine: Engine,
  context: HeatContext,
  current: Stack,
  { template, params, files, args }: UpdateRequest,
): Stack {
  const hot = new Template(template, filesOf(files));
  refuseTooMany(hot, engine.flags.max_resources_per_stack);
  const { timeoutMinutes = current.timeoutMinutes, disableRollback = current.disableRollback } =
    extractArguments(args, (level, message) => {
      engine.env.log(level, message);
    });
  const { existing = null, clear_parameters = [] } = args;
  const given = memberOf(params, "parameters");
  const { tenant_id: tenant, username } = context;
  return engine.stack({
    ...{ name: current.name, template: hot, context, tenant, username },
    parameters: truth(existing) ? patched(current.userParameters, given, clear_parameters) : given,
    registry: memberOf(params, "resource_registry"),
    ...{ timeoutMinutes, disableRollback },
  });
}

/** `patch_previous_parameters`. */
function patched(previous: JsonObject, given: JsonObject, cleared: Json): JsonObject {
  const names = Array.isArray(cleared) ? (cleared as readonly Json[]).map(str) : [];
  const kept = Object.entries(previous).filter(([name]) => !names.includes(name));
  return { ...Object.fromEntries(kept), ...given };
}

/** The update is told to stop, here or in another engine, and undoes itself. @throws NotSupported, EventSendFailed */
export function* cancel(engine: Engine, ctxt: HeatContext, identity: StackIdentity): Op<void> {
  const stack = engine.existing(ctxt, identity);
  const { action, status, name: stack_name, id } = stack;
  if (action !== "UPDATE" || status !== "IN_PROGRESS") {
    const feature = `Cancelling update when stack is ('${action}', '${status}')`;
    throw new NotSupported({ feature });
  }
  engine.env.log("info", `Starting cancel of updating stack ${stack_name}`);
  const topic = engine.lock(ctxt, stack).tryAcquire();
  if (topic === engine.engineId) {
    engine.threads.send(id ?? "", CANCEL);
    return;
  }
  if (topic === undefined || !(yield* engineAlive(engine, ctxt, topic))) return;
  try {
    yield* engine.engines
      .prepare({ topic, version: "1.0", timeout: seconds(engine.lifeCheckTimeout) })
      .send(ctxt, { stack_identity: identity, message: CANCEL });
  } catch (error) {
    if (!(error instanceof MessagingTimeout)) throw error;
    throw new EventSendFailed({ stack_name, engine_id: topic });
  }
}

/** `THREAD_CANCEL`. */
const CANCEL = "cancel";
