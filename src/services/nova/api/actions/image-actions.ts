/**
 * `createImage` and `createBackup`: what a server's disk holds becomes an image, whose place is answered.
 * Upstream: nova/api/openstack/compute/servers.py (_action_create_image), contrib/admin_actions.py
 * (_create_backup) at 2014.2; nova §3.1.
 */
import { respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { InstanceInvalidState, Invalid } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as vm from "../../states/vm-states.js";
import { check, ruleOf, type Needs } from "../compute/checks.js";
import { isVolumeBacked } from "../compute/shelve.js";
import { backup, snapshot } from "../compute/snapshots/snapshot.js";
import { snapshotVolumeBacked } from "../compute/snapshots/volume-backed.js";
import { stateConflict } from "../faults.js";
import { badRequest } from "../input.js";
import type { NovaCall } from "../route.js";
import type { ServerAction } from "./action.js";
import { backupForm, checkBackup, checkImage, imageForm } from "./image-forms.js";

/** Not of a server whose root disk is a volume. */
const SNAPSHOT: Needs = {
  method: "snapshot",
  evenLocked: true,
  from: [vm.ACTIVE, vm.STOPPED, vm.PAUSED, vm.SUSPENDED],
};

export const imageActions = {
  createImage: {
    policy: null,
    check: checkImage,
    missing: "Instance could not be found",
    needs: null,
    asks: ["compute:get", ruleOf(SNAPSHOT)],
    task: null,
    answers: createImage,
    fault: createImageFault,
  },
  createBackup: {
    policy: "compute_extension:admin_actions:createBackup",
    check: checkBackup,
    missing: undefined,
    needs: { method: "backup", evenLocked: true, from: [vm.ACTIVE, vm.STOPPED] },
    task: null,
    answers: createBackup,
    fault: stateConflict,
  },
} satisfies Record<string, ServerAction>;

function* createImage(call: NovaCall, instance: Instance, argument: Json): Op<HttpResponse> {
  const { app, ctxt, enforce } = call;
  // As every look-up of a server does; of one on a volume nothing else is asked.
  enforce(instance, "compute:get");
  const { name, properties } = imageForm(argument);
  const volumeBacked = isVolumeBacked(app, instance);
  if (!volumeBacked) check(call, instance, SNAPSHOT);
  const make = volumeBacked ? snapshotVolumeBacked : snapshot;
  const id = yield* make(app, ctxt, instance, name, properties);
  const location = `${app.base}/${app.version}/${ctxt.project_id ?? ""}/images/${id}`;
  return respond(202, null, { location });
}

function createImageFault(error: unknown, action: string): unknown {
  if (error instanceof InstanceInvalidState) return stateConflict(error, action);
  return error instanceof Invalid ? badRequest(error.message) : error;
}

/** Its place leaves out the project, and there is none where no backup is kept. */
function* createBackup(
  { app, ctxt }: NovaCall,
  instance: Instance,
  argument: Json,
): Op<HttpResponse> {
  const form = backupForm(argument);
  const id = yield* backup(app, ctxt, instance, form);
  if (form.rotation === 0) return respond(202);
  return respond(202, null, { location: `${app.base}/${app.version}/images/${id}` });
}
