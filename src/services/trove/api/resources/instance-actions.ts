/**
 * What can be done to an instance. Upstream: trove/instance/service.py (action, update, edit, backups,
 * configuration), trove/instance/models.py (Instance) at 2014.2. Name and configuration of a PATCH are read by
 * nobody.
 */
import {
  ClientException,
  NotFound as NovaNotFound,
} from "../../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  contains,
  dictOrder,
  item,
  PythonTypeError,
  str,
  truth,
  type Json,
} from "../../../../python/index.js";
import { defaultConfiguration } from "../../configuration/config-template.js";
import { needsRestart, overridesOf } from "../../configuration/configurations.js";
import * as errors from "../../exception.js";
import { builtInstance, setTask, updateInstance, type Instance } from "../../instance/instances.js";
import { validateCanPerformAction } from "../../instance/status.js";
import {
  NONE,
  REBOOTING,
  RESIZING,
  RESTART_REQUIRED,
  taskOf,
  type InstanceTask,
} from "../../instance/tasks.js";
import { versionById } from "../../datastores.js";
import { firstKey, keysIn } from "../bodies.js";
import { wholeNumber } from "../create/create-instance.js";
import { checkedSize, flavorOf } from "../create/make-instance.js";
import { idIn } from "../links.js";
import { accepted, bodyOf, route, shown, type TroveCall, type TroveRoute } from "../route.js";
import { EDIT_INSTANCE, RESIZE, RESTART } from "../schemas/schemas.js";
import { heldTo, validate } from "../schemas/validator.js";
import { notImplemented } from "./instances.js";

type Call = TroveCall<"tenant_id" | "id">;

export const instanceActionRoutes: readonly TroveRoute[] = [
  route(
    "POST",
    "/instances/{id}/action",
    function* (call): Op<HttpResponse> {
      const { app, ctxt, params } = call;
      const body = bodyOf(call);
      const instance = yield* builtInstance(app, ctxt, params.id);
      // Of several that are known, the last is done.
      const name = keysIn(body).findLast((key) => ACTIONS.includes(key));
      app.env.log(
        "info",
        `Performing ${name ?? "None"} action against instance ${params.id} for tenant ` +
          `'${params.tenant_id}'`,
      );
      if (name === undefined) throw notCallable();
      if (name === "reset_password") throw notImplemented();
      yield* name === "restart" ? restart(call, instance) : resize(call, instance, body);
      return accepted();
    },
    { check: checkAction },
  ),
  route("PUT", "/instances/{id}", updateConfiguration),
  route(
    "PATCH",
    "/instances/{id}",
    function* (call): Op<HttpResponse> {
      const { app, ctxt, params } = call;
      app.env.log("info", `Editing instance for tenant id ${params.tenant_id}.`);
      const instance = yield* builtInstance(app, ctxt, params.id);
      if (contains(item(bodyOf(call), "instance"), "slave_of")) yield* detach(call, instance);
      return accepted();
    },
    { check: heldTo(EDIT_INSTANCE) },
  ),
  route("GET", "/instances/{id}/configuration", function* (call): Op<HttpResponse> {
    const { app, ctxt, params } = call;
    app.env.log("info", `Getting default configuration for instance ${params.id}`);
    const { row } = yield* builtInstance(app, ctxt, params.id);
    const { ram } = yield* app.remote.nova(ctxt).flavor(row.flavor_id);
    const version = versionById(app.db, row.datastore_version_id);
    const settings = defaultConfiguration({ version, ram, id: row.uuid });
    const configuration = Object.fromEntries(settings);
    return shown({ instance: { configuration } });
  }),
];

const ACTIONS: readonly string[] = ["restart", "resize", "reset_password"];

/** A configuration is attached, or what is attached is detached: no schema has seen the body. */
export function* updateConfiguration(call: Call): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const who = `'${params.id}' for tenant '${params.tenant_id}'`;
  app.env.log("info", `Updating database instance ${who}`);
  const instance = yield* builtInstance(app, ctxt, params.id);
  const asked = item(bodyOf(call), "instance");
  const reference = contains(asked, "configuration") ? item(asked, "configuration") : null;
  if (truth(reference)) yield* assign(call, instance, idIn(reference));
  else yield* unassign(call, instance);
  return accepted();
}

/** The schema is that of the first key; of what has none upstream knows nothing to say. */
function checkAction(body: Json): void {
  const action = firstKey(body);
  if (action === "restart") validate(RESTART, body);
  if (action !== "resize") return;
  const what = firstKey(item(body, action));
  const schema = Object.hasOwn(RESIZE, what) ? RESIZE[what] : undefined;
  if (schema !== undefined) validate(schema, body);
}

const notCallable = (): PythonTypeError => new PythonTypeError("'NoneType' object is not callable");

function* restart({ app, ctxt }: Call, instance: Instance): Op<void> {
  const { uuid: instance_id, cluster_id } = instance.row;
  validateCanPerformAction(app, instance);
  app.env.log("info", `Restarting datastore on instance ${instance_id}.`);
  if (cluster_id !== null && !ctxt.is_admin) {
    throw new errors.ClusterInstanceOperationNotSupported({});
  }
  setTask(app.db, instance_id, REBOOTING);
  yield* app.tasks.restart(ctxt, { instance_id });
}

function* resize(call: Call, instance: Instance, body: Json): Op<void> {
  const wanted = item(body, "resize");
  const which = dictOrder(Object.keys(RESIZE)).find((key) => contains(wanted, key));
  if (which === undefined) throw notCallable();
  const asked = item(wanted, which);
  yield* which === "volume"
    ? resizeVolume(call, instance, item(asked, "size"))
    : resizeFlavor(call, instance, idIn(asked));
}

/** @throws BadRequest, VolumeQuotaExceeded, QuotaExceeded, UnprocessableEntity */
function* resizeVolume(call: Call, instance: Instance, asked: Json): Op<void> {
  const { app } = call;
  const { volume_size: size, tenant_id, uuid } = instance.row;
  if (size === null || size === 0) {
    throw new errors.BadRequest({}, `Instance ${uuid} has no volume.`);
  }
  const newSize = wholeNumber(asked, "long");
  checkedSize(call, newSize);
  const deltas = { volumes: newSize - size };
  yield* app.quotas.run(tenant_id ?? "None", deltas, beginResize(call, instance, newSize, size));
}

function* beginResize(
  { app, ctxt }: Call,
  instance: Instance,
  new_size: number,
  size: number,
): Op<void> {
  const { uuid: instance_id, cluster_id } = instance.row;
  validateCanPerformAction(app, instance);
  app.env.log("info", `Resizing volume of instance ${instance_id}.`);
  if (cluster_id !== null) throw new errors.ClusterInstanceOperationNotSupported({});
  if (new_size <= size) {
    throw new errors.BadRequest(
      {},
      `The new volume 'size' must be larger than the current volume size of '${String(size)}'.`,
    );
  }
  setTask(app.db, instance_id, RESIZING);
  yield* app.tasks.resize_volume(ctxt, { new_size, instance_id });
}

/** @throws UnprocessableEntity, FlavorNotFound, LocalStorageNotSupported, CannotResizeToSameSize */
function* resizeFlavor(call: Call, instance: Instance, id: string): Op<void> {
  const { app, ctxt } = call;
  const { uuid: instance_id, cluster_id, flavor_id, datastore_version_id } = instance.row;
  validateCanPerformAction(app, instance);
  app.env.log("info", `Resizing instance ${instance_id} flavor to ${id}.`);
  if (cluster_id !== null) throw new errors.ClusterInstanceOperationNotSupported({});
  const new_flavor = yield* flavorOf(call, id);
  const old_flavor = yield* app.remote.nova(ctxt).flavor(flavor_id);
  const { manager } = versionById(app.db, datastore_version_id);
  const ephemeral = new_flavor["OS-FLV-EXT-DATA:ephemeral"];
  const { volumeSupport, devicePath } = app.datastore(manager);
  if (volumeSupport && ephemeral !== 0) throw new errors.LocalStorageNotSupported({});
  if (!volumeSupport && devicePath !== null && ephemeral === 0) {
    throw new errors.LocalStorageNotSpecified({ flavor: id });
  }
  if (new_flavor.ram === old_flavor.ram) throw new errors.CannotResizeToSameSize({});
  setTask(app.db, instance_id, RESIZING);
  yield* app.tasks.resize_flavor(ctxt, { instance_id, old_flavor, new_flavor });
}

/** @throws ConfigurationAlreadyAttached, InvalidInstanceState, NotFound, ConfigurationDatastoreNotMatchInstance */
function* assign({ app, ctxt }: Call, instance: Instance, configuration_id: string): Op<void> {
  const { row, server } = instance;
  const { uuid: instance_id } = row;
  if (row.configuration_id !== null) {
    const { configuration_id: attached } = row;
    throw new errors.ConfigurationAlreadyAttached({ instance_id, configuration_id: attached });
  }
  const task: InstanceTask = taskOf(row);
  if (server.status !== "ACTIVE") throw new errors.InvalidInstanceState({ status: server.status });
  if (task.text !== NONE.text) throw new errors.InvalidInstanceState({ status: task.action });
  const group = app.db.configurations.get(configuration_id);
  if (group === undefined || (!ctxt.is_admin && group.tenant_id !== ctxt.project_id)) {
    const words = `Configuration group id: ${configuration_id} could not be found.`;
    throw new errors.NotFound({}, words);
  }
  if (group.datastore_version_id !== row.datastore_version_id) {
    throw new errors.ConfigurationDatastoreNotMatchInstance({
      config_datastore_version: group.datastore_version_id,
      instance_datastore_version: row.datastore_version_id,
    });
  }
  updateInstance(app.db, instance_id, { configuration_id });
  const overrides = overridesOf(app.db, configuration_id);
  if (needsRestart(app.db, configuration_id)) setTask(app.db, instance_id, RESTART_REQUIRED);
  yield* app.tasks.update_overrides(ctxt, { instance_id, overrides });
}

/** Nothing happens where none is assigned. */
function* unassign({ app, ctxt }: Call, { row }: Instance): Op<void> {
  const { uuid: instance_id, configuration_id, flavor_id } = row;
  if (configuration_id === null) return;
  const flavor = yield* app.remote.nova(ctxt).flavor(flavor_id);
  setTask(app.db, instance_id, RESTART_REQUIRED);
  yield* app.tasks.unassign_configuration(ctxt, { instance_id, flavor, configuration_id });
}

/** @throws UnprocessableEntity, BadRequest */
function* detach({ app, ctxt }: Call, instance: Instance): Op<void> {
  const { uuid: instance_id, slave_of_id } = instance.row;
  validateCanPerformAction(app, instance);
  app.env.log("info", `Detaching instance ${instance_id} from its replication source.`);
  if (slave_of_id === null) {
    throw new errors.BadRequest({}, `Instance ${instance_id} is not a replica.`);
  }
  yield* app.tasks.detach_replica(ctxt, { instance_id });
}

/** A remote answer in Trove's words. */
export const novaFault = (error: unknown, uuid: string): unknown => {
  if (error instanceof NovaNotFound) return new errors.NotFound({ uuid });
  return error instanceof ClientException ? new errors.TroveError({}, str(error.message)) : error;
};
