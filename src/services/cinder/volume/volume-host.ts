/**
 * What every part of cinder-volume works with: the database, the driver, quotas, images, the way to
 * schedulers, and what it tells. Upstream: what cinder/volume/manager.py (VolumeManager) makes for itself.
 */
import { RpcClient, clientOf, type ClientOf, type Notifier } from "../../../bus/index.js";
import {
  adminContext,
  type Env,
  type FlagsOf,
  type RequestContext,
} from "../../../framework/index.js";
import type { VolumeGroup } from "../../../hardware/volume-group.js";
import type { Op } from "../../../kernel/index.js";
import { cinderSerializer } from "../context.js";
import type { CinderDatabase } from "../db/database.js";
import type { Snapshot } from "../db/snapshots.js";
import type { Volume } from "../db/volumes.js";
import { DriverNotInitialized } from "../exception.js";
import { backendOf } from "../hosts.js";
import { ImageService } from "../image/image-service.js";
import {
  cinderNotifier,
  notifyAboutSnapshotUsage,
  notifyAboutVolumeUsage,
} from "../notifications.js";
import { QuotaEngine } from "../quota/quota-engine.js";
import { schedulerApi } from "../scheduler/rpcapi.js";
import { AllocatedCapacity } from "./allocated-capacity.js";
import { LvmIscsiDriver, type StorageLatency } from "./drivers/lvm.js";
import { volumeFlags } from "./flags.js";
import { NovaApi } from "./moving/nova.js";
import { volumeApi } from "./rpcapi.js";

export class VolumeHost {
  readonly env: Env;
  readonly db: CinderDatabase;
  readonly flags: FlagsOf<typeof volumeFlags>;
  readonly driver: LvmIscsiDriver;
  readonly images: ImageService;
  readonly quotas: QuotaEngine;
  readonly allocated: AllocatedCapacity;
  readonly schedulers: ClientOf<typeof schedulerApi, RequestContext>;
  readonly nova: NovaApi;
  readonly #volumes: ClientOf<typeof volumeApi, RequestContext>;
  readonly #notifier: Notifier;
  readonly #snapshotNotifier: Notifier;

  constructor(env: Env, db: CinderDatabase, group: VolumeGroup, latency: StorageLatency) {
    this.env = env;
    this.db = db;
    this.flags = env.flags.read(volumeFlags);
    this.driver = new LvmIscsiDriver(env, group, latency);
    this.images = new ImageService(env);
    this.quotas = new QuotaEngine(env, db);
    this.allocated = new AllocatedCapacity(this.driver.backendName);
    const rpc = new RpcClient(env.bus, cinderSerializer);
    this.schedulers = clientOf(schedulerApi, rpc);
    this.nova = new NovaApi(env);
    this.#volumes = clientOf(volumeApi, rpc);
    this.#notifier = cinderNotifier(env, "volume");
    this.#snapshotNotifier = cinderNotifier(env, "snapshot");
  }

  /** Its name among services: `node`, or `node@backend`. */
  get host(): string {
    return this.env.host;
  }

  /** The service of whatever host a volume is on. */
  peer({ host }: Pick<Volume, "host">): ClientOf<typeof volumeApi, RequestContext> {
    return this.#volumes.prepare({ server: backendOf(host ?? "") });
  }

  /** `utils.require_driver_initialized`. @throws DriverNotInitialized */
  requireDriver(): void {
    if (this.driver.initialized) return;
    this.env.log("error", `Volume driver ${this.driver.name} not initialized`);
    throw new DriverNotInitialized();
  }

  notify(
    ctxt: RequestContext,
    volume: Volume,
    suffix: string,
    extra: Readonly<Record<string, unknown>> = {},
  ): Op<void> {
    return notifyAboutVolumeUsage(this.#notifier, ctxt, volume, suffix, extra);
  }

  /** In the name of the pool that the volume is in. */
  notifyAsPool(
    ctxt: RequestContext,
    volume: Volume,
    suffix: string,
    extra: Readonly<Record<string, unknown>> = {},
  ): Op<void> {
    const notifier = cinderNotifier(this.env, "volume", volume.host ?? undefined);
    return notifyAboutVolumeUsage(notifier, ctxt, volume, suffix, extra);
  }

  notifyOfSnapshot(ctxt: RequestContext, snapshot: Snapshot, suffix: string): Op<void> {
    return notifyAboutSnapshotUsage(this.#snapshotNotifier, ctxt, this.db, snapshot, suffix);
  }

  /** A context for what nobody asked for. */
  admin(): RequestContext {
    return adminContext(this.env);
  }
}
