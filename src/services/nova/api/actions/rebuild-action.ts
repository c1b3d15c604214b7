/**
 * `rebuild`: a server is made anew in its place, and shown as it is then. Upstream:
 * nova/api/openstack/compute/servers.py (_action_rebuild) at 2014.2; nova §3.1.
 */
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import {
  AutoDiskConfigDisabledByImage,
  FlavorDiskTooSmall,
  FlavorMemoryTooSmall,
  ImageNotActive,
  ImageNotFound,
  InstanceNotFound,
  InvalidMetadata,
  InvalidMetadataSize,
  QuotaError,
} from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as vm from "../../states/vm-states.js";
import { rebuild } from "../compute/rebuild.js";
import { stateConflict } from "../faults.js";
import { badRequest } from "../input.js";
import { findServer } from "../resources/servers/look-up.js";
import type { NovaCall } from "../route.js";
import { basicServer, diskConfig } from "../views/server-view.js";
import { links } from "../views/links.js";
import type { ServerAction } from "./action.js";
import { checkRebuild, rebuildForm } from "./rebuild-form.js";

const MISSING = "Instance could not be found";

export const rebuildActions = {
  rebuild: {
    policy: null,
    check: checkRebuild,
    missing: MISSING,
    needs: { method: "rebuild", from: [vm.ACTIVE, vm.STOPPED, vm.ERROR] },
    task: null,
    answers,
    fault: rebuildFault,
  },
} satisfies Record<string, ServerAction>;

function* answers(call: NovaCall, instance: Instance, argument: Json): Op<HttpResponse> {
  const { app, ctxt } = call;
  const { flags, env } = app;
  const form = rebuildForm(argument, {
    passwords: env.stream("password"),
    passwordLength: flags.password_length,
  });
  yield* rebuild(app, ctxt, instance, form);
  const rebuilt = findServer(app, ctxt, instance.uuid, MISSING);
  const server = {
    ...basicServer(app, ctxt, rebuilt),
    ...(flags.enable_instance_password && { adminPass: form.password }),
    "OS-DCF:diskConfig": diskConfig(rebuilt),
  };
  const location = links(app, ctxt, `servers/${instance.uuid}`)[0]?.href ?? "";
  return respond(202, { server }, { location });
}

const BAD_REQUESTS = [
  ImageNotActive,
  FlavorDiskTooSmall,
  FlavorMemoryTooSmall,
  InvalidMetadata,
  AutoDiskConfigDisabledByImage,
];

function rebuildFault(error: unknown, action: string): unknown {
  const conflict = stateConflict(error, action);
  if (conflict !== error || !(error instanceof Error)) return conflict;
  const { message } = error;
  if (error instanceof InstanceNotFound) return new HttpFault(404, MISSING);
  if (error instanceof InvalidMetadataSize) return new HttpFault(413, message);
  if (error instanceof ImageNotFound) return badRequest("Cannot find image for rebuild");
  if (error instanceof QuotaError) return new HttpFault(403, message);
  return BAD_REQUESTS.some((kind) => error instanceof kind) ? badRequest(message) : error;
}
