/**
 * Serves topic `cinder-volume` on one host: each method leads to the file that does it, under the locks
 * that upstream holds there. Upstream: cinder/volume/manager.py (VolumeManager 1.18) at 2014.2.
 */
import { endpoint, type ArgsIn, type Endpoint, type Serves } from "../../../bus/index.js";
import {
  Manager,
  type Env,
  type PeriodicTask,
  type RequestContext,
} from "../../../framework/index.js";
import type { VolumeGroup } from "../../../hardware/volume-group.js";
import { caught, done, type Op } from "../../../kernel/index.js";
import type { CinderDatabase } from "../db/database.js";
import type { Capabilities } from "../scheduler/rpcapi.js";
import { attachVolume, detachVolume } from "./attachments.js";
import { initializeConnection, terminateConnection } from "./connections.js";
import { createVolume } from "./create-volume.js";
import { deleteVolume } from "./delete-volume.js";
import type { StorageLatency } from "./drivers/lvm.js";
import { extendVolume } from "./extend-volume.js";
import { initHost } from "./init-host.js";
import { completeMigration } from "./moving/completion.js";
import { migrateVolume } from "./moving/migrate.js";
import { retypeVolume } from "./moving/retype.js";
import { volumeApi, type ConnectionInfo } from "./rpcapi.js";
import { createSnapshot, deleteSnapshot } from "./snapshots.js";
import { copyVolumeToImage } from "./upload.js";
import { VolumeHost } from "./volume-host.js";

type Args<M extends keyof (typeof volumeApi)["methods"]> = ArgsIn<typeof volumeApi, M>;

/** What schedulers call a service of this kind. */
const SERVICE_NAME = "volume";

export class VolumeManager extends Manager implements Serves<typeof volumeApi, RequestContext> {
  readonly #host: VolumeHost;
  /** What was last found out, to be told at the next occasion. */
  #capabilities: Capabilities | undefined;

  constructor(env: Env, db: CinderDatabase, group: VolumeGroup, latency: StorageLatency) {
    super(env);
    this.#host = new VolumeHost(env, db, group, latency);
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(volumeApi, this)];
  }

  override *init_host(): Op<void> {
    const ctxt = this.#host.admin();
    const deleting = yield* initHost(this.#host, ctxt);
    if (deleting === undefined) return;
    for (const { uuid } of deleting) {
      this.env.log("info", `Resuming delete on volume: ${uuid}`);
      const resumed = this.delete_volume(ctxt, { volume_id: uuid, unmanage_only: false });
      if (this.#host.flags.volume_service_inithost_offload) {
        this.env.spawn("delete_volume", offloaded(resumed));
      } else yield* resumed;
    }
    yield* this.publish_service_capabilities(ctxt);
  }

  override periodicTasks(): readonly PeriodicTask[] {
    return [
      { name: "_report_driver_status", run: () => this.#reportDriverStatus() },
      { name: "_publish_service_capabilities", run: (ctxt) => this.#publish(ctxt) },
    ];
  }

  *create_volume(ctxt: RequestContext, args: Args<"create_volume">): Op<void> {
    const { snapshot_id, source_volid } = args;
    const asker = ctxt.with({});
    const creating = createVolume(this.#host, asker, ctxt.elevated(), args);
    // What it is made from is not deleted meanwhile.
    const lock =
      snapshot_id === null
        ? source_volid && deleteLock(source_volid)
        : `${snapshot_id}-delete_snapshot`;
    const volume = yield* lock === null || lock === ""
      ? creating
      : this.env.locks.synchronized(lock, creating);
    this.#host.allocated.add(volume.host, volume.size);
  }

  *delete_volume(ctxt: RequestContext, { volume_id }: Args<"delete_volume">): Op<void> {
    const elevated = ctxt.elevated();
    const deleting = deleteVolume(this.#host, elevated, volume_id);
    const gone = yield* this.env.locks.synchronized(deleteLock(volume_id), deleting);
    if (gone) yield* this.publish_service_capabilities(elevated);
  }

  *create_snapshot(ctxt: RequestContext, args: Args<"create_snapshot">): Op<void> {
    yield* createSnapshot(this.#host, ctxt.elevated(), args);
  }

  *delete_snapshot(ctxt: RequestContext, { snapshot_id }: Args<"delete_snapshot">): Op<void> {
    const deleting = deleteSnapshot(this.#host, ctxt.elevated(), snapshot_id);
    yield* this.env.locks.synchronized(`${snapshot_id}-delete_snapshot`, deleting);
  }

  *attach_volume(ctxt: RequestContext, args: Args<"attach_volume">): Op<void> {
    const attaching = attachVolume(this.#host, ctxt, args);
    yield* this.env.locks.synchronized(args.volume_id, attaching);
  }

  *detach_volume(ctxt: RequestContext, { volume_id }: Args<"detach_volume">): Op<void> {
    const detaching = detachVolume(this.#host, ctxt, volume_id);
    yield* this.env.locks.synchronized(`${volume_id}-detach_volume`, detaching);
  }

  *copy_volume_to_image(ctxt: RequestContext, args: Args<"copy_volume_to_image">): Op<void> {
    yield* copyVolumeToImage(this.#host, ctxt, args.volume_id, args.image_meta);
  }

  initialize_connection(
    ctxt: RequestContext,
    { volume_id, connector }: Args<"initialize_connection">,
  ): Op<ConnectionInfo> {
    return initializeConnection(this.#host, ctxt, volume_id, connector);
  }

  *terminate_connection(
    ctxt: RequestContext,
    { volume_id }: Args<"terminate_connection">,
  ): Op<void> {
    yield* terminateConnection(this.#host, ctxt, volume_id);
  }

  *extend_volume(ctxt: RequestContext, args: Args<"extend_volume">): Op<void> {
    yield* extendVolume(this.#host, ctxt, args);
  }

  *migrate_volume(ctxt: RequestContext, args: Args<"migrate_volume">): Op<void> {
    yield* migrateVolume(this.#host, this, ctxt, args);
  }

  migrate_volume_completion(
    ctxt: RequestContext,
    args: Args<"migrate_volume_completion">,
  ): Op<string> {
    return completeMigration(this.#host, this, ctxt, args);
  }

  *retype(ctxt: RequestContext, args: Args<"retype">): Op<void> {
    yield* retypeVolume(this.#host, this, ctxt, args);
    yield* this.publish_service_capabilities(ctxt.elevated());
  }

  /** LVM has nothing of its own to hand over. @throws DriverNotInitialized */
  accept_transfer(): Op<void> {
    this.#host.requireDriver();
    return done(undefined);
  }

  *publish_service_capabilities(ctxt: RequestContext): Op<void> {
    yield* this.#reportDriverStatus();
    yield* this.#publish(ctxt);
  }

  #reportDriverStatus(): Op<void> {
    const { driver, allocated } = this.#host;
    if (driver.initialized) this.#capabilities = allocated.complete(driver.stats());
    else {
      const what = `Unable to update stats, ${driver.name} -${driver.version}  driver is uninitialized.`;
      this.env.log("warning", what);
    }
    return done(undefined);
  }

  *#publish(ctxt: RequestContext): Op<void> {
    if (this.#capabilities === undefined) return;
    yield* this.#host.schedulers.prepare({ fanout: true }).update_service_capabilities(ctxt, {
      service_name: SERVICE_NAME,
      host: this.#host.host,
      capabilities: this.#capabilities,
    });
  }
}

/** `_add_to_threadpool`: what is raised is printed by eventlet's pool, and nobody else hears of it. */
function* offloaded(work: Op<void>): Op<void> {
  try {
    yield* work;
  } catch (thrown) {
    yield* caught(thrown);
  }
}

const deleteLock = (volumeId: string): string => `${volumeId}-delete_volume`;
