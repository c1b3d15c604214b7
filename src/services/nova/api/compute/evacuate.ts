/**
 * A server whose host is dead is made anew on another one, of its image or of its disk where that is
 * shared. Its lock binds nobody here. Upstream: nova/api/openstack/compute/contrib/evacuate.py,
 * nova/compute/api.py (evacuate) at 2014.2; nova §3.5, NOV-234.
 */
import { originalMessage } from "../../../../bus/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { boolFromString, isObject, truth, type Json } from "../../../../python/index.js";
import { serviceByComputeHost } from "../../db/services.js";
import { ComputeHostNotFound, ComputeServiceInUse, InstanceNotFound } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as task from "../../states/task-states.js";
import * as vm from "../../states/vm-states.js";
import { noteTask } from "../actions/action.js";
import { plainFault, stateConflict } from "../faults.js";
import { badRequest, shown } from "../input.js";
import type { NovaCall } from "../route.js";
import { generatePassword } from "../../crypto/password.js";
import { checkState } from "./checks.js";

interface Evacuation {
  /** null: the scheduler finds one. */
  readonly host: string | null;
  readonly shared: boolean;
  /** The password that was given; undefined: none was. */
  readonly password: Json | undefined;
}

/** What is asked for, and whether there is such a host. @throws HttpFault 400 or 404 */
export function checkEvacuation(argument: Json, { app }: Pick<NovaCall, "app">): Evacuation {
  const asked = evacuationIn(argument);
  if (asked.host !== null) known(app, asked.host);
  return asked;
}

/** @throws HttpFault 400 */
function evacuationIn(argument: Json): Evacuation {
  // Its words are a detail, which is not shown.
  if (!isObject(argument)) throw plainFault(400);
  const { host = null, onSharedStorage, adminPass: password } = argument;
  if (onSharedStorage === undefined) throw badRequest("onSharedStorage must be specified.");
  const shared = boolFromString(onSharedStorage);
  if (shared && password !== undefined) {
    throw badRequest("admin password can't be changed on existing disk");
  }
  return { host: host === null ? null : shown(host), shared, password };
}

/** @throws HttpFault 400 or 404; InstanceInvalidState, ComputeServiceInUse, ComputeHostNotFound */
export function* evacuate(
  { app, ctxt }: NovaCall,
  instance: Instance,
  argument: Json,
): Op<HttpResponse> {
  const { host, shared, password: given } = evacuationIn(argument);
  const password = given === undefined && !shared ? generated(app) : (given ?? null);
  if (instance.host === host) throw badRequest("The target host can't be the same one.");
  const from: readonly vm.VmState[] = [vm.ACTIVE, vm.STOPPED, vm.ERROR];
  checkState(instance, { method: "evacuate" }, from);
  const source = instance.host ?? "None";
  if (app.services.isUp(serviceByComputeHost(app.db, source))) {
    const up = `Instance compute service state on ${source} expected to be down, but it was up.`;
    app.env.log("error", up);
    throw new ComputeServiceInUse({ host: source });
  }
  yield* noteTask(app, ctxt, instance, { state: task.REBUILDING, record: "evacuate" });
  yield* app.computeTask.rebuild_instance(ctxt, {
    instance,
    new_pass: password === null ? null : shown(password),
    injected_files: null,
    image_ref: null,
    orig_image_ref: null,
    orig_sys_metadata: null,
    bdms: null,
    recreate: true,
    on_shared_storage: shared,
    preserve_ephemeral: false,
    host,
  });
  return truth(password) ? respond(200, { adminPass: password }) : respond(200);
}

const generated = ({ env, flags }: NovaCall["app"]): string =>
  generatePassword(env.stream("password"), flags.password_length);

/** @throws HttpFault 404 */
function known({ db }: NovaCall["app"], host: string): void {
  try {
    serviceByComputeHost(db, host);
  } catch (error) {
    if (!(error instanceof ComputeHostNotFound)) throw error;
    throw new HttpFault(404, `Compute host ${host} not found.`);
  }
}

export function evacuateFault(error: unknown, action: string): unknown {
  if (error instanceof InstanceNotFound) return new HttpFault(404, originalMessage(error));
  if (error instanceof ComputeServiceInUse) return badRequest(originalMessage(error));
  return stateConflict(error, action);
}
