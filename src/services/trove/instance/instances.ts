/**
 * Instances with what Nova says of their servers and guests of their databases, loaded for whoever asks.
 * Upstream: trove/instance/models.py (get_db_info, load_instance, load_server,
 * load_simple_instance_server_status, DBInstance, InstanceServiceStatus) at 2014.2.
 */
import { ClientException, NotFound as NovaNotFound } from "../../../framework/apiclient/index.js";
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Server } from "../../nova/client/index.js";
import type { TroveContext } from "../context.js";
import type { InstanceRow, ServiceStatusRow } from "../db/schema.js";
import type { TroveDatabase } from "../db/database.js";
import {
  ComputeInstanceNotFound,
  ModelNotFoundError,
  NotFound,
  TroveError,
  UnprocessableEntity,
} from "../exception.js";
import type { TroveParts } from "../parts.js";
import { statusColumns, statusOfCode, type ServiceStatus } from "./service-status.js";
import { taskColumns, taskOf, type InstanceTask } from "./tasks.js";

export type InstanceRecord = Row<InstanceRow>;

/** What Nova says of a server, or what is said in its place. */
export interface ServerView {
  readonly status: string;
  readonly addresses: Server["addresses"];
}

/** An instance as it was when somebody loaded it. */
export interface Instance {
  readonly row: InstanceRecord;
  readonly server: ServerView;
  readonly service: ServiceStatus;
}

/** What is said of the server of an instance that is being built. */
const BUILDING_SERVER: ServerView = { status: "BUILD", addresses: {} };
/** And of one that Nova does not know. */
const LOST_SERVER: ServerView = { status: "SHUTDOWN", addresses: {} };

/** `get_db_info`. @throws NotFound, for whoever may not see it as well */
export function instanceRecord(
  { env, db }: Pick<TroveParts, "env" | "db">,
  ctxt: TroveContext,
  id: string,
): InstanceRecord {
  const row = db.instances.get(id);
  if (row === undefined) throw new NotFound({ uuid: id });
  if (!ctxt.is_admin && row.tenant_id !== ctxt.project_id) {
    const owner = row.tenant_id ?? "None";
    env.log("error", `Tenant ${ctxt.tenant} tried to access DBInstance, owned by ${owner}.`);
    throw new NotFound({ uuid: id });
  }
  return row;
}

/** @throws ModelNotFoundError */
export function serviceStatusRow(db: TroveDatabase, instance_id: string): Row<ServiceStatusRow> {
  const row = db.service_statuses.get(instance_id);
  if (row !== undefined) return row;
  throw new ModelNotFoundError({}, "InstanceServiceStatus Not Found");
}

/** @throws ModelNotFoundError */
export const serviceStatus = (db: TroveDatabase, instance_id: string): ServiceStatus =>
  statusOfCode(serviceStatusRow(db, instance_id).status_id);

/** @throws ModelNotFoundError */
export function setServiceStatus(
  db: TroveDatabase,
  instance_id: string,
  status: ServiceStatus,
): void {
  serviceStatusRow(db, instance_id);
  db.service_statuses.touch(instance_id, statusColumns(status));
}

/** `update_db`: read, set, saved; nobody compares. @throws ModelNotFoundError */
export function updateInstance(
  db: TroveDatabase,
  id: string,
  values: Partial<InstanceRow>,
): InstanceRecord {
  const row = db.instances.touch(id, values);
  if (row !== undefined) return row;
  throw new ModelNotFoundError({}, "DBInstance Not Found");
}

export const setTask = (db: TroveDatabase, id: string, task: InstanceTask): InstanceRecord =>
  updateInstance(db, id, taskColumns(task));

/** `load_simple_instance_server_status`: of one that is being built, Nova is not asked. */
export function* simpleServer(
  { remote }: TroveParts,
  ctxt: TroveContext,
  row: InstanceRecord,
): Op<ServerView> {
  if (taskOf(row).action === "BUILDING") return BUILDING_SERVER;
  try {
    return yield* remote.nova(ctxt).server(row.compute_instance_id ?? "None");
  } catch (error) {
    if (error instanceof NovaNotFound) return LOST_SERVER;
    throw error;
  }
}

/** `load_instance(needs_server=False)`. @throws NotFound, ModelNotFoundError, ClientException */
export function* freshInstance(parts: TroveParts, ctxt: TroveContext, id: string): Op<Instance> {
  const row = instanceRecord(parts, ctxt, id);
  const server = yield* simpleServer(parts, ctxt, row);
  return { row, server, service: serviceStatus(parts.db, id) };
}

/** One whose server Nova knows. @throws NotFound, UnprocessableEntity, TroveError, ModelNotFoundError */
export function* builtInstance(parts: TroveParts, ctxt: TroveContext, id: string): Op<Instance> {
  const row = instanceRecord(parts, ctxt, id);
  const server = yield* serverOf(parts, ctxt, row);
  return { row, server, service: serviceStatus(parts.db, id) };
}

/** `load_any_instance`. @throws as `freshInstance` */
export function* anyInstance(parts: TroveParts, ctxt: TroveContext, id: string): Op<Instance> {
  try {
    return yield* builtInstance(parts, ctxt, id);
  } catch (error) {
    if (!(error instanceof UnprocessableEntity)) throw error;
    parts.env.log("warning", `Could not load instance ${id}.`);
    return yield* freshInstance(parts, ctxt, id);
  }
}

/** `load_server`. @throws UnprocessableEntity, TroveError */
function* serverOf(
  { env, remote }: TroveParts,
  ctxt: TroveContext,
  { uuid, compute_instance_id }: InstanceRecord,
): Op<ServerView> {
  const server_id = compute_instance_id ?? "None";
  try {
    return yield* remote.nova(ctxt).server(server_id);
  } catch (error) {
    if (error instanceof NovaNotFound) {
      env.log("error", `Could not find nova server_id(${server_id}).`);
      env.log("error", lostServer(uuid, server_id).words);
      env.log("error", `Could not load compute instance ${server_id}.`);
      throw new UnprocessableEntity({}, `Instance ${uuid} is not ready.`);
    }
    throw error instanceof ClientException ? new TroveError({}, error.message) : error;
  }
}

/** `ComputeInstanceNotFound`, and what it logs when it is made. */
export const lostServer = (instance_id: string, server_id: string | null) => ({
  error: new ComputeInstanceNotFound({ instance_id, server_id }),
  words: `Cannot find compute instance ${server_id ?? "None"} for instance ${instance_id}.`,
});

/** One of the servers that were listed, or what is said in its place. */
export function listedServer(
  { env }: TroveParts,
  row: InstanceRecord,
  servers: ReadonlyMap<string, ServerView>,
): ServerView {
  // Errors of the build have that action too, and are not that task.
  if (taskOf(row).text === "The instance is building.") return BUILDING_SERVER;
  const server = servers.get(row.compute_instance_id ?? "");
  if (server !== undefined) return server;
  env.log("error", lostServer(row.uuid, row.compute_instance_id).words);
  return LOST_SERVER;
}
