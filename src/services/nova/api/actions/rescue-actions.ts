/**
 * `rescue` and `unrescue`. Upstream: nova/api/openstack/compute/contrib/rescue.py, nova/compute/api.py
 * (rescue, unrescue) at 2014.2; nova §3.1.
 */
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { contains, item, truth, type Json } from "../../../../python/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import { blockDevices } from "../../db/block-devices.js";
import { InstanceNotRescuable, InvalidVolume } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as task from "../../states/task-states.js";
import * as vm from "../../states/vm-states.js";
import { isVolumeBacked } from "../compute/shelve.js";
import { stateConflict } from "../faults.js";
import { badRequest } from "../input.js";
import type { NovaCall } from "../route.js";
import { generatePassword } from "../../crypto/password.js";
import { castToHost, noteTask, type ServerAction } from "./action.js";

export const rescueActions = {
  rescue: {
    policy: "compute_extension:rescue",
    check: (argument) => given(argument, "adminPass"),
    missing: "Server not found",
    needs: { method: "rescue", from: [vm.ACTIVE, vm.STOPPED, vm.ERROR] },
    task: null,
    answers: rescue,
    fault: rescueFault,
  },
  unrescue: {
    policy: "compute_extension:rescue",
    missing: "Server not found",
    needs: { method: "unrescue", from: [vm.RESCUED] },
    task: { state: task.UNRESCUING, record: "unrescue" },
    run: castToHost("unrescue_instance"),
    fault: stateConflict,
  },
} satisfies Record<string, ServerAction>;

/** Answers the password, whether or not servers have any here. */
function* rescue(call: NovaCall, instance: Instance, argument: Json): Op<HttpResponse> {
  const { app, ctxt } = call;
  const { env, flags } = app;
  const asked = given(argument, "adminPass");
  // None is one as well, of which the host makes another than is answered.
  const adminPass =
    asked === undefined ? generatePassword(env.stream("password"), flags.password_length) : asked;
  const rescue_image_ref = given(argument, "rescue_image_ref") ?? null;
  for (const { volume_id } of blockDevices(app.db, app.store, instance.uuid).objects) {
    if (volume_id === null || volume_id === "") continue;
    app.volumes.check_attached(yield* app.volumes.get(ctxt, volume_id));
  }
  if (isVolumeBacked(app, instance)) {
    const reason = "Cannot rescue a volume-backed instance";
    throw new InstanceNotRescuable({ instance_id: instance.uuid, reason });
  }
  yield* noteTask(app, ctxt, instance, { state: task.RESCUING, record: "rescue" });
  const compute = app.computeRpc.prepare({ server: computeHost(instance) });
  yield* compute.rescue_instance(ctxt, { instance, rescue_password: adminPass, rescue_image_ref });
  return respond(200, { adminPass });
}

const given = (argument: Json, key: string): Json | undefined =>
  truth(argument) && contains(argument, key) ? item(argument, key) : undefined;

function rescueFault(error: unknown, action: string): unknown {
  if (error instanceof InvalidVolume) return new HttpFault(409, error.message);
  if (error instanceof InstanceNotRescuable) return badRequest(error.message);
  return stateConflict(error, action);
}
