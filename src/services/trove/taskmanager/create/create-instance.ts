/**
 * An instance is made: group, volume, server, then the guest is told what to be, and then there is nothing to
 * do but to look whether it comes. What was made before something failed stays. Upstream:
 * trove/taskmanager/models.py (FreshInstanceTasks) at 2014.2; Heat and Nova's own volumes are not simulated.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import type { Exception, JsonObject } from "../../../../python/index.js";
import { backupById } from "../../backups.js";
import { renderedConfig, renderedOverrides } from "../../configuration/config-template.js";
import type { TroveContext } from "../../context.js";
import type { DatastoreOptions } from "../../datastore/flags.js";
import { PollTimeOut, TroveError, VolumeCreationFailure } from "../../exception.js";
import {
  instanceRecord,
  serviceStatus,
  setServiceStatus,
  setTask,
  updateInstance,
} from "../../instance/instances.js";
import * as service from "../../instance/service-status.js";
import * as tasks from "../../instance/tasks.js";
import { pollUntil } from "../../poll.js";
import { groupForInstance, type SecurityGroup } from "../../security-groups.js";
import { bootDatabaseServer, type MadeVolume } from "./boot-server.js";
import { createDnsEntry } from "./dns-entry.js";
import type { CreateInstance } from "../rpcapi.js";
import { openPorts } from "./security-rules.js";
import type { TaskParts } from "../task-parts.js";
import { sendUsageEvent } from "../usage-events.js";

/** `create_instance`. @throws TroveError where something could not be made */
export function* createInstance(
  parts: TaskParts,
  ctxt: TroveContext,
  args: Omit<CreateInstance, "slave_of_id" | "name">,
): Op<void> {
  const { env, instanceFlags } = parts;
  const { instance_id: id, flavor, backup_id, root_password } = args;
  env.log("info", `Creating instance ${id}.`);
  const options = parts.datastore(args.datastore_manager);
  const groups: string[] = [];
  if (instanceFlags.trove_security_groups_support) {
    const failure = {
      words: `Error creating security group for instance: ${id}`,
      task: tasks.BUILDING_ERROR_SEC_GROUP,
    };
    const group = yield* orFail(parts, id, failure, makeGroup(parts, ctxt, id, options));
    groups.push(group.name);
  }
  const volume = options.volumeSupport
    ? yield* orFail(
        parts,
        id,
        {
          words: `Failed to create volume for instance ${id}`,
          task: tasks.BUILDING_ERROR_VOLUME,
        },
        makeVolume(parts, ctxt, id, args.volume_size),
      )
    : undefined;
  const serverFailure = {
    words: `Failed to create server for instance ${id}`,
    task: tasks.BUILDING_ERROR_SERVER,
  };
  const booting = bootDatabaseServer(parts, ctxt, { ...args, groups, volume });
  yield* orFail(parts, id, serverFailure, booting);

  const backup = backup_id === null ? undefined : backupById(parts, ctxt, backup_id);
  const version = parts.versionOf(instanceRecord(parts, ctxt, id));
  env.log("info", "Entering guest_prepare");
  yield* parts.guest(ctxt, id).prepare({
    packages: args.packages,
    databases: args.databases,
    memory_mb: flavor.ram,
    users: args.users,
    device_path: options.devicePath,
    mount_point: options.mountPoint,
    backup_info:
      backup === undefined
        ? null
        : {
            id: backup.uuid,
            location: backup.location,
            type: backup.backup_type,
            checksum: backup.checksum,
          },
    config_contents: renderedConfig({ version, ram: flavor.ram, id }),
    root_password,
    overrides: renderedOverrides(version, args.overrides),
    cluster_config: args.cluster_config,
  });
  if (root_password !== null && root_password !== "") rootHasBeenEnabled(parts, id);
  const { isError } = tasks.taskOf(instanceRecord(parts, ctxt, id));
  if (!isError) {
    env.log("info", `Resetting task status to NONE on instance ${id}.`);
    setTask(parts.db, id, tasks.NONE);
  }
  const dnsFailure = {
    words: `Error creating DNS entry for instance: ${id}`,
    task: tasks.BUILDING_ERROR_DNS,
  };
  yield* orFail(parts, id, dnsFailure, createDnsEntry(parts, ctxt, id));
  yield* untilActive(parts, ctxt, id, { restored: backup !== undefined, ram: flavor.ram });
}

interface Failure {
  readonly words: string;
  readonly task: tasks.InstanceTask;
}

/** `_log_and_raise`. */
function* orFail<T>(parts: TaskParts, id: string, { words, task }: Failure, op: Op<T>): Op<T> {
  try {
    return yield* op;
  } catch (thrown) {
    const error: Exception = yield* caught(thrown);
    parts.env.log("error", words);
    parts.env.log("error", error.message);
    setTask(parts.db, id, task);
    throw new TroveError({}, words);
  }
}

function* makeGroup(
  parts: TaskParts,
  ctxt: TroveContext,
  id: string,
  { tcpPorts, udpPorts }: DatastoreOptions,
): Op<SecurityGroup> {
  const group = yield* groupForInstance(parts, ctxt, id);
  yield* openPorts(parts, ctxt, id, group, "tcp", tcpPorts);
  yield* openPorts(parts, ctxt, id, group, "udp", udpPorts);
  return group;
}

/** @throws VolumeCreationFailure, PollTimeOut, ClientException */
function* makeVolume(
  parts: TaskParts,
  ctxt: TroveContext,
  id: string,
  size: number | null,
): Op<MadeVolume> {
  const { env, flags } = parts;
  const cinder = parts.remote.cinder(ctxt).volumes;
  const volume = yield* cinder.create({
    size,
    name: `datastore-${id}`,
    description: `datastore volume for ${id}`,
    volume_type: flags.cinder_volume_type,
  });
  updateInstance(parts.db, id, { volume_id: volume.id });
  const patience = { sleepTime: 2, timeOut: flags.volume_time_out };
  yield* pollUntil(env, patience, function* () {
    return ["available", "error"].includes(statusIn(yield* cinder.get(volume.id)));
  });
  const made = yield* cinder.get(volume.id);
  if (statusIn(made) === "error") throw new VolumeCreationFailure({});
  return { id: volume.id, size: Number(made["size"] ?? 0) };
}

const statusIn = ({ status }: JsonObject): string => (typeof status === "string" ? status : "");

/** `report_root_enabled`. */
function rootHasBeenEnabled({ db }: TaskParts, instance_id: string): void {
  if (db.root_enabled_history.get(instance_id) !== undefined) return;
  db.root_enabled_history.insert({ instance_id, user: "root" });
}

/** An error of what is looked at is logged and has no other consequence; a guest that never comes has. */
function* untilActive(
  parts: TaskParts,
  ctxt: TroveContext,
  id: string,
  { restored, ram }: { readonly restored: boolean; readonly ram: number },
): Op<void> {
  const { env, flags } = parts;
  const timeOut = restored ? flags.restore_usage_timeout : flags.usage_timeout;
  try {
    yield* pollUntil(env, { sleepTime: flags.usage_sleep_time, timeOut }, () =>
      isActive(parts, ctxt, id),
    );
    env.log("info", `Created instance ${id} successfully.`);
    // As it was loaded when it was handed over: nobody has looked since what its server and service are.
    const row = instanceRecord(parts, ctxt, id);
    const instance = { row, server: { status: "", addresses: {} }, service: service.NEW };
    yield* sendUsageEvent(parts, ctxt, instance, { event: "create", instanceSize: ram });
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (!(error instanceof PollTimeOut)) {
      parts.exception(`Failed to send usage create-event for instance ${id}.`, error);
      return;
    }
    env.log(
      "error",
      `Failed to create instance ${id}. Timeout waiting for instance to become active. ` +
        "No usage create-event was sent.",
    );
    if (flags.update_status_on_fail) giveUp(parts, id);
  }
}

/** `update_statuses_on_time_out`. */
function giveUp({ env, db }: TaskParts, id: string): void {
  const status = service.FAILED_TIMEOUT_GUESTAGENT;
  setServiceStatus(db, id, status);
  env.log("error", `Service status: ${status.apiStatus}`);
  env.log("error", `Service error description: ${status.description}`);
  const task = tasks.BUILDING_ERROR_TIMEOUT_GA;
  setTask(db, id, task);
  env.log("error", `Trove instance status: ${task.action}`);
  env.log("error", `Trove instance status description: ${task.text}`);
}

/** `_service_is_active`. @throws TroveError once it can no longer become active */
function* isActive(parts: TaskParts, ctxt: TroveContext, id: string): Op<boolean> {
  const { code, description } = serviceStatus(parts.db, id);
  if (code === service.RUNNING.code || code === service.BUILD_PENDING.code) return true;
  if (code !== service.NEW.code && code !== service.BUILDING.code) {
    throw new TroveError({}, `Service not active, status: ${description}`);
  }
  const { compute_instance_id } = instanceRecord(parts, ctxt, id);
  const { status } = yield* parts.remote.nova(ctxt).server(compute_instance_id ?? "None");
  if (status === "ERROR" || status === "FAILED") {
    throw new TroveError({}, `Server not active, status: ${status}`);
  }
  return false;
}
