/**
 * What an action of a server is: who may, in which states, the task that is noted, what is sent, how
 * errors are answered. Upstream says the same with decorators and a controller each: nova/compute/api.py,
 * contrib/shelve.py, server_start_stop.py, admin_actions.py at 2014.2; nova §2.1, §3.1.
 */
import type { ArgsOf } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { computeHost, type computeApi } from "../../compute/rpcapi.js";
import { actionStart } from "../../db/instances/instance-actions.js";
import type { Instance } from "../../objects/instance.js";
import type { TaskState } from "../../states/task-states.js";
import type { NovaApp } from "../app.js";
import type { Needs } from "../compute/checks.js";
import type { NovaRule } from "../policy.js";
import type { NovaCall } from "../route.js";

export interface Task {
  readonly state: TaskState;
  /** How the history of the server calls it; null leaves no trace. */
  readonly record: string | null;
  readonly progress?: number;
  /** The tasks that it may take the place of; without it, none. */
  readonly after?: readonly TaskState[];
}

export interface ServerAction {
  /** The extension's rule, asked before anything is looked up; null: it has none. */
  readonly policy: NovaRule | null;
  /** What must be said with it, checked before the server is looked up. @throws HttpFault 400 */
  readonly check?: (argument: Json, call: NovaCall) => unknown;
  /** What is answered where there is no such server; undefined: the exception's words. */
  readonly missing: string | undefined;
  /** What the compute API asks for; null: the extension does it by itself. */
  readonly needs: Needs | null;
  /** Rules that `answers` asks about itself. */
  readonly asks?: readonly NovaRule[];
  /** Noted first, unless something else is being done to the server. */
  readonly task: Task | null;
  readonly run?: (
    app: NovaApp,
    ctxt: RequestContext,
    instance: Instance,
    argument: Json,
  ) => Op<void>;
  /** Instead of `run`: what is answered by more than a 202. */
  readonly answers?: (call: NovaCall, instance: Instance, argument: Json) => Op<HttpResponse>;
  readonly fault: (error: unknown, action: string) => unknown;
  /** Instead of all that: what is done without a look at the server that the URL names. */
  readonly unseen?: (app: NovaApp, ctxt: RequestContext, id: string, argument: Json) => Op<void>;
}

/** @throws UnexpectedTaskStateError if something else began meanwhile */
export function* noteTask(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  { state, record, progress, after = [] }: Task,
): Op<void> {
  instance.task_state = state;
  if (progress !== undefined) instance.progress = progress;
  yield* instance.save(ctxt, { expected_task_state: [null, ...after] });
  if (record !== null) actionStart(app.db, ctxt, instance.uuid, record);
}

type Messages = (typeof computeApi)["methods"];
/** The messages that say no more than which server. */
type AboutInstance = {
  [M in keyof Messages]: { instance: Instance } extends ArgsOf<Messages[M]> ? M : never;
}[keyof Messages];

/** Done by the host that the server is on. */
export function castToHost(message: AboutInstance): NonNullable<ServerAction["run"]> {
  return function* ({ computeRpc }, ctxt, instance) {
    yield* computeRpc.prepare({ server: computeHost(instance) })[message](ctxt, { instance });
  };
}
