/**
 * Serves topic `taskmanager`: each method leads to the flow that does it. Nobody asks for events of what exists. Upstream: trove/taskmanager/manager.py at 2014.2.
 */
import type { ArgsIn, Serves } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { ofTrove } from "../context.js";
import { freshInstance, builtInstance } from "../instance/instances.js";
import { deleteBackupFiles } from "./backups.js";
import { deleteCluster } from "./cluster/delete-cluster.js";
import { addShard, createCluster } from "./cluster/mongodb.js";
import { unassignConfiguration, updateOverrides } from "./configurations.js";
import { createInstance } from "./create/create-instance.js";
import { deleteInstance } from "./delete-instance.js";
import { createReplica, detachReplica } from "./replication.js";
import { MigrateAction, ResizeFlavorAction } from "./resize-flavor.js";
import { resizeVolume } from "./resize-volume.js";
import { rebootInstance, restartInstance } from "./restart.js";
import type { taskManagerApi } from "./rpcapi.js";
import type { TaskParts } from "./task-parts.js";

type Args<M extends keyof (typeof taskManagerApi)["methods"]> = ArgsIn<typeof taskManagerApi, M>;

export class TaskManager implements Serves<typeof taskManagerApi, RequestContext> {
  readonly #parts: TaskParts;

  constructor(parts: TaskParts) {
    this.#parts = parts;
  }

  *create_instance(context: RequestContext, args: Args<"create_instance">): Op<void> {
    const ctxt = ofTrove(context);
    const { slave_of_id } = args;
    if (slave_of_id !== null && slave_of_id !== "") {
      yield* createReplica(this.#parts, ctxt, args, slave_of_id);
      return;
    }
    yield* freshInstance(this.#parts, ctxt, args.instance_id);
    yield* createInstance(this.#parts, ctxt, args);
  }

  *delete_instance(context: RequestContext, { instance_id }: Args<"delete_instance">): Op<void> {
    yield* deleteInstance(this.#parts, ofTrove(context), instance_id);
  }

  *restart(context: RequestContext, { instance_id }: Args<"restart">): Op<void> {
    const ctxt = ofTrove(context);
    yield* builtInstance(this.#parts, ctxt, instance_id);
    yield* restartInstance(this.#parts, ctxt, instance_id);
  }

  *reboot(context: RequestContext, { instance_id }: Args<"reboot">): Op<void> {
    const ctxt = ofTrove(context);
    yield* rebootInstance(this.#parts, ctxt, yield* builtInstance(this.#parts, ctxt, instance_id));
  }

  *detach_replica(context: RequestContext, { instance_id }: Args<"detach_replica">): Op<void> {
    yield* detachReplica(this.#parts, ofTrove(context), instance_id);
  }

  *resize_volume(context: RequestContext, args: Args<"resize_volume">): Op<void> {
    const ctxt = ofTrove(context);
    const instance = yield* builtInstance(this.#parts, ctxt, args.instance_id);
    yield* resizeVolume(this.#parts, ctxt, instance, args.new_size);
  }

  *resize_flavor(context: RequestContext, args: Args<"resize_flavor">): Op<void> {
    const ctxt = ofTrove(context);
    const { old_flavor, new_flavor, instance_id: id } = args;
    const instance = yield* builtInstance(this.#parts, ctxt, id);
    const { env } = this.#parts;
    const between = `from flavor ${old_flavor.id} to ${new_flavor.id}`;
    env.log("info", `Resizing instance ${id} ${between}.`);
    const of = { parts: this.#parts, ctxt, instance };
    yield* new ResizeFlavorAction(of, old_flavor, new_flavor).execute();
    env.log("info", `Resized instance ${id} successfully.`);
  }

  *migrate(context: RequestContext, { instance_id, host }: Args<"migrate">): Op<void> {
    const ctxt = ofTrove(context);
    const instance = yield* builtInstance(this.#parts, ctxt, instance_id);
    this.#parts.env.log("info", `Initiating migration to host ${host ?? "None"}.`);
    yield* new MigrateAction({ parts: this.#parts, ctxt, instance }, host).execute();
  }

  *create_backup(context: RequestContext, args: Args<"create_backup">): Op<void> {
    const ctxt = ofTrove(context);
    const { backup_info, instance_id: id } = args;
    yield* builtInstance(this.#parts, ctxt, id);
    this.#parts.env.log("info", `Initiating backup for instance ${id}.`);
    yield* this.#parts.guest(ctxt, id).createBackup(backup_info);
  }

  *delete_backup(context: RequestContext, { backup_id }: Args<"delete_backup">): Op<void> {
    yield* deleteBackupFiles(this.#parts, ofTrove(context), backup_id);
  }

  *create_cluster(context: RequestContext, { cluster_id }: Args<"create_cluster">): Op<void> {
    yield* createCluster(this.#parts, ofTrove(context), cluster_id);
  }

  *delete_cluster(context: RequestContext, { cluster_id }: Args<"delete_cluster">): Op<void> {
    yield* deleteCluster(this.#parts, ofTrove(context), cluster_id);
  }

  *mongodb_add_shard_cluster(
    context: RequestContext,
    args: Args<"mongodb_add_shard_cluster">,
  ): Op<void> {
    yield* addShard(this.#parts, ofTrove(context), args);
  }

  *update_overrides(context: RequestContext, args: Args<"update_overrides">): Op<void> {
    const ctxt = ofTrove(context);
    const instance = yield* builtInstance(this.#parts, ctxt, args.instance_id);
    yield* updateOverrides(this.#parts, ctxt, instance.row, args.overrides);
  }

  *unassign_configuration(context: RequestContext, args: Args<"unassign_configuration">): Op<void> {
    const ctxt = ofTrove(context);
    const { row } = yield* builtInstance(this.#parts, ctxt, args.instance_id);
    yield* unassignConfiguration(this.#parts, ctxt, row, args.flavor, args.configuration_id);
  }
}
