/**
 * The API's part of a snapshot and of a backup: an image for the disk first, then the task is noted and
 * the host told. Neither is an action of the server's history. Upstream: nova/compute/api.py (snapshot,
 * backup) at 2014.2; nova §3.1.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import type { Op } from "../../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../../python/index.js";
import { computeHost } from "../../../compute/rpcapi.js";
import type { Instance } from "../../../objects/instance.js";
import * as task from "../../../states/task-states.js";
import { noteTask } from "../../actions/action.js";
import type { NovaApp } from "../../app.js";
import { createImage } from "./image.js";

/** @returns the id of the image. @throws UnexpectedTaskStateError, and the image stays */
export function* snapshot(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  name: Json,
  properties: JsonObject,
): Op<string> {
  const image = yield* createImage(app, ctxt, instance, { name, type: "snapshot", properties });
  yield* noteTask(app, ctxt, instance, { state: task.IMAGE_SNAPSHOT_PENDING, record: null });
  const compute = app.computeRpc.prepare({ server: computeHost(instance) });
  yield* compute.snapshot_instance(ctxt, { instance, image_id: image.id });
  return image.id;
}

export interface Backup {
  readonly name: Json;
  /** What it is one of: `daily`. */
  readonly type: Json;
  /** How many of that type are kept. */
  readonly rotation: number;
  readonly properties: JsonObject;
}

/** @returns as `snapshot` */
export function* backup(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  { name, type: backup_type, rotation, properties: given }: Backup,
): Op<string> {
  const properties = { ...given, backup_type };
  const image = yield* createImage(app, ctxt, instance, { name, type: "backup", properties });
  yield* noteTask(app, ctxt, instance, { state: task.IMAGE_BACKUP, record: null });
  const compute = app.computeRpc.prepare({ server: computeHost(instance) });
  yield* compute.backup_instance(ctxt, { instance, image_id: image.id, backup_type, rotation });
  return image.id;
}
