/**
 * Volumes, as Nova's services use them: Cinder's API under the user's own token, its errors in Nova's
 * words. Upstream: nova/volume/cinder.py (API) at 2014.2.
 */
import { BadRequest, NotFound, OverLimit } from "../../../framework/apiclient/index.js";
import type { Env, RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import type { Exception, Json, JsonObject } from "../../../python/index.js";
import {
  ConnectionError,
  type CinderClient,
  type ConnectionInfo,
} from "../../cinder/client/index.js";
import {
  CinderConnectionFailed,
  InvalidInput,
  InvalidVolume,
  OverQuota,
  SnapshotNotFound,
  VolumeNotFound,
} from "../exception.js";
import type { Instance } from "../objects/instance.js";
import { zoneFlags } from "../zone-flags.js";
import { CinderEndpoint } from "./endpoint.js";
import { cinderFlags } from "./flags.js";
import { snapshotOf, volumeOf, type Volume, type VolumeSnapshot } from "./model.js";

export interface NewVolume {
  readonly size: Json;
  readonly name: Json;
  readonly description: Json;
  readonly snapshot?: VolumeSnapshot | null;
  readonly image_id?: string | null;
  readonly volume_type?: Json;
  readonly metadata?: Json;
  readonly availability_zone?: Json;
}

/** Who has a volume attached, as far as its zone is concerned. */
type InstanceZone = Pick<Instance, "host" | "availability_zone">;

/**
 * Each method also throws EndpointNotFound, CinderConnectionFailed, and what Cinder's client raises
 * for which Nova has no word: nova-api answers with its status.
 */
export class VolumeApi {
  readonly #endpoint: CinderEndpoint;
  readonly #crossZones: boolean;
  readonly #defaultZone: string;

  constructor(env: Env) {
    this.#endpoint = new CinderEndpoint(env);
    this.#crossZones = env.flags.read(cinderFlags).cinder_cross_az_attach;
    this.#defaultZone = env.flags.read(zoneFlags).default_availability_zone;
  }

  /** @throws VolumeNotFound */
  *get(ctxt: RequestContext, id: string): Op<Volume> {
    return volumeOf(yield* this.#about(ctxt, id, ({ volumes }) => volumes.get(id)));
  }

  *get_all(ctxt: RequestContext): Op<Volume[]> {
    return (yield* this.#endpoint.client(ctxt).volumes.all()).map(volumeOf);
  }

  /** @throws InvalidVolume */
  check_attached({ status }: Volume): void {
    if (status !== "in-use") throw invalid("status must be 'in-use'");
  }

  /** @throws InvalidVolume */
  check_attach(volume: Volume, instance?: InstanceZone): void {
    if (volume.status !== "available") throw invalid("status must be 'available'");
    if (volume.attach_status === "attached") throw invalid("already attached");
    if (instance === undefined || this.#crossZones) return;
    const { host, availability_zone } = instance;
    // One that is on a host is in that host's zone, whichever was asked for.
    const zone = host !== null && host !== "" ? this.#defaultZone : availability_zone;
    if (zone !== volume.availability_zone) {
      throw invalid("Instance and volume not in same availability_zone");
    }
  }

  /** @throws InvalidVolume */
  check_detach({ status }: Volume): void {
    if (status === "available") throw invalid("already detached");
  }

  reserve_volume(ctxt: RequestContext, id: string): Op<void> {
    return this.#about(ctxt, id, ({ volumes }) => volumes.reserve(id));
  }

  unreserve_volume(ctxt: RequestContext, id: string): Op<void> {
    return this.#about(ctxt, id, ({ volumes }) => volumes.unreserve(id));
  }

  begin_detaching(ctxt: RequestContext, id: string): Op<void> {
    return this.#about(ctxt, id, ({ volumes }) => volumes.beginDetaching(id));
  }

  roll_detaching(ctxt: RequestContext, id: string): Op<void> {
    return this.#about(ctxt, id, ({ volumes }) => volumes.rollDetaching(id));
  }

  attach(
    ctxt: RequestContext,
    id: string,
    instanceUuid: string,
    mountpoint: string | null,
    mode = "rw",
  ): Op<void> {
    return this.#about(ctxt, id, ({ volumes }) =>
      volumes.attach(id, instanceUuid, mountpoint, mode),
    );
  }

  detach(ctxt: RequestContext, id: string): Op<void> {
    return this.#about(ctxt, id, ({ volumes }) => volumes.detach(id));
  }

  initialize_connection(
    ctxt: RequestContext,
    id: string,
    connector: JsonObject,
  ): Op<ConnectionInfo> {
    return this.#about(ctxt, id, ({ volumes }) => volumes.initializeConnection(id, connector));
  }

  terminate_connection(ctxt: RequestContext, id: string, connector: JsonObject): Op<void> {
    return this.#about(ctxt, id, ({ volumes }) => volumes.terminateConnection(id, connector));
  }

  /** Its errors are not translated. */
  get_volume_encryption_metadata(ctxt: RequestContext, id: string): Op<JsonObject> {
    return this.#endpoint.client(ctxt).volumes.encryptionMetadata(id);
  }

  /** Its errors are not translated. */
  migrate_volume_completion(
    ctxt: RequestContext,
    oldId: string,
    newId: string,
    failed: boolean,
  ): Op<JsonObject> {
    return this.#endpoint.client(ctxt).volumes.migrateVolumeCompletion(oldId, newId, failed);
  }

  /** @throws OverQuota, InvalidInput */
  *create(ctxt: RequestContext, wanted: NewVolume): Op<Volume> {
    const { volumes } = this.#endpoint.client(ctxt);
    try {
      const made = yield* volumes.create({
        size: wanted.size,
        name: wanted.name,
        description: wanted.description,
        snapshot_id: wanted.snapshot?.id ?? null,
        volume_type: wanted.volume_type ?? null,
        user_id: ctxt.user_id,
        project_id: ctxt.project_id,
        availability_zone: wanted.availability_zone ?? null,
        metadata: wanted.metadata ?? null,
        imageRef: wanted.image_id ?? null,
      });
      return volumeOf(made);
    } catch (error) {
      if (error instanceof OverLimit) throw new OverQuota({ overs: "volumes" });
      if (error instanceof BadRequest) throw new InvalidInput({ reason: error.message });
      throw error;
    }
  }

  delete(ctxt: RequestContext, id: string): Op<void> {
    return this.#about(ctxt, id, ({ volumes }) => volumes.delete(id));
  }

  /** @throws SnapshotNotFound */
  *get_snapshot(ctxt: RequestContext, id: string): Op<VolumeSnapshot> {
    return snapshotOf(yield* this.#aboutSnapshot(ctxt, id, ({ snapshots }) => snapshots.get(id)));
  }

  *get_all_snapshots(ctxt: RequestContext): Op<VolumeSnapshot[]> {
    return (yield* this.#endpoint.client(ctxt).snapshots.all()).map(snapshotOf);
  }

  /** @param force though the volume is in use. @throws VolumeNotFound */
  *create_snapshot(
    ctxt: RequestContext,
    volume_id: string,
    name: Json,
    description: Json,
    force: boolean,
  ): Op<VolumeSnapshot> {
    const made = yield* this.#about(ctxt, volume_id, ({ snapshots }) =>
      snapshots.create({ volume_id, force, name, description }),
    );
    return snapshotOf(made);
  }

  /** @throws SnapshotNotFound */
  delete_snapshot(ctxt: RequestContext, id: string): Op<void> {
    return this.#aboutSnapshot(ctxt, id, ({ snapshots }) => snapshots.delete(id));
  }

  /** What becomes of a snapshot that a host takes for Cinder. Cinder's words are not put into Nova's. */
  *update_snapshot_status(ctxt: RequestContext, id: string, status: string): Op<void> {
    // So Cinder knows that the host's part is done, whatever became of it.
    const update = { status, progress: "90%" };
    yield* this.#endpoint.client(ctxt).snapshots.updateStatus(id, update);
  }

  /** `translate_volume_exception`. */
  *#about<T>(ctxt: RequestContext, volume_id: string, ask: (cinder: CinderClient) => Op<T>): Op<T> {
    try {
      return yield* ask(this.#endpoint.client(ctxt));
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof NotFound) throw new VolumeNotFound({ volume_id });
      if (error instanceof BadRequest) throw new InvalidInput({ reason: error.explanation });
      throw connectionError(error);
    }
  }

  /** `translate_snapshot_exception`. */
  *#aboutSnapshot<T>(
    ctxt: RequestContext,
    snapshot_id: string,
    ask: (cinder: CinderClient) => Op<T>,
  ): Op<T> {
    try {
      return yield* ask(this.#endpoint.client(ctxt));
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof NotFound) throw new SnapshotNotFound({ snapshot_id });
      throw connectionError(error);
    }
  }
}

const connectionError = (error: Exception): Exception =>
  error instanceof ConnectionError ? new CinderConnectionFailed({ reason: error.message }) : error;

const invalid = (reason: string): InvalidVolume => new InvalidVolume({ reason });
