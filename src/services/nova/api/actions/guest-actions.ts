/**
 * What is done within a guest: its password, its network. Upstream:
 * nova/api/openstack/compute/servers.py (_action_change_password), contrib/admin_actions.py
 * (_reset_network, _inject_network_info), nova/compute/api.py at 2014.2; nova §3.1.
 */
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { contains, item, NotImplementedException, type Json } from "../../../../python/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import { InstanceIsLocked, InstanceNotFound } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as task from "../../states/task-states.js";
import * as vm from "../../states/vm-states.js";
import { adminActionFault } from "../faults.js";
import { badRequest } from "../input.js";
import type { NovaCall } from "../route.js";
import { castToHost, type ServerAction } from "./action.js";

export const guestActions = {
  changePassword: {
    policy: null,
    check: newPassword,
    missing: "Instance could not be found",
    needs: { method: "set_admin_password", from: [vm.ACTIVE] },
    task: { state: task.UPDATING_PASSWORD, record: "changePassword" },
    answers: changePassword,
    // A lock or a wrong state is a bad request, which nobody makes a conflict.
    fault: (error) =>
      error instanceof NotImplementedException
        ? new HttpFault(501, "Unable to set password on instance")
        : error,
  },
  resetNetwork: {
    policy: "compute_extension:admin_actions:resetNetwork",
    missing: undefined,
    needs: { method: "reset_network" },
    task: null,
    run: castToHost("reset_network"),
    fault: networkFault,
  },
  injectNetworkInfo: {
    policy: "compute_extension:admin_actions:injectNetworkInfo",
    missing: undefined,
    needs: { method: "inject_network_info" },
    task: null,
    run: castToHost("inject_network_info"),
    fault: networkFault,
  },
} satisfies Record<string, ServerAction>;

/** @throws HttpFault 400; PythonTypeError for what has no members */
function newPassword(argument: Json): string {
  if (!contains(argument, "adminPass")) throw badRequest("No adminPass was specified");
  const password = item(argument, "adminPass");
  if (typeof password !== "string") throw badRequest("Invalid adminPass");
  return password;
}

/** The host is waited for. */
function* changePassword(
  { app, ctxt }: NovaCall,
  instance: Instance,
  argument: Json,
): Op<HttpResponse> {
  const compute = app.computeRpc.prepare({ server: computeHost(instance) });
  yield* compute.set_admin_password(ctxt, { instance, new_pass: newPassword(argument) });
  return respond(202);
}

function networkFault(error: unknown): unknown {
  if (error instanceof InstanceIsLocked) return new HttpFault(409, error.message);
  if (error instanceof InstanceNotFound) return new HttpFault(404, "Server not found");
  return adminActionFault(error);
}
