/**
 * What every part of cinder-api works with: the database, the other services, the flags. Upstream: what
 * cinder/volume/api.py (API) makes for itself.
 */
import { RpcClient, clientOf, type ClientOf, type Notifier } from "../../../bus/index.js";
import {
  serviceDownTime,
  type Env,
  type FlagsOf,
  type RequestContext,
} from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import { cinderSerializer } from "../context.js";
import type { CinderDatabase } from "../db/database.js";
import { ImageService } from "../image/image-service.js";
import { imageFlags } from "../image/flags.js";
import { cinderNotifier } from "../notifications.js";
import { QuotaEngine } from "../quota/quota-engine.js";
import { schedulerApi } from "../scheduler/rpcapi.js";
import { serviceGroupFlags } from "../service-group.js";
import { volumeApi } from "../volume/rpcapi.js";
import { AvailabilityZones } from "./create/availability-zones.js";
import { cinderApiFlags } from "./flags.js";

export class CinderApp {
  readonly env: Env;
  readonly db: CinderDatabase;
  readonly flags: FlagsOf<typeof cinderApiFlags>;
  /** Of this node, which any volume may be put in. */
  readonly storageZone: string;
  readonly coreImageProperties: readonly string[];
  readonly quotas: QuotaEngine;
  readonly images: ImageService;
  readonly zones: AvailabilityZones;
  readonly volumes: ClientOf<typeof volumeApi, RequestContext>;
  readonly schedulers: ClientOf<typeof schedulerApi, RequestContext>;
  /** Publishes as `volume.<api host>`. */
  readonly notifier: Notifier;
  /** Publishes as `volumeStatusUpdate.<api host>`. */
  readonly statusNotifier: Notifier;
  /** Where ids of volumes, snapshots and the rest come from. */
  readonly ids: Stream;
  /** Where keys of offers come from. */
  readonly keys: Stream;
  /** After how many seconds without a sign of life a service is down. */
  readonly downTime: number;

  constructor(env: Env, db: CinderDatabase) {
    this.env = env;
    this.db = db;
    this.flags = env.flags.read(cinderApiFlags);
    this.storageZone = env.flags.read(serviceGroupFlags).storage_availability_zone;
    this.coreImageProperties = env.flags.read(imageFlags).glance_core_properties;
    this.quotas = new QuotaEngine(env, db);
    this.images = new ImageService(env);
    this.zones = new AvailabilityZones(env, db, this.flags.az_cache_duration);
    const rpc = new RpcClient(env.bus, cinderSerializer);
    this.volumes = clientOf(volumeApi, rpc);
    this.schedulers = clientOf(schedulerApi, rpc);
    this.notifier = cinderNotifier(env, "volume");
    this.statusNotifier = cinderNotifier(env, "volumeStatusUpdate");
    this.ids = env.stream("volume");
    this.keys = env.stream("transfer");
    this.downTime = serviceDownTime(env.flags);
  }

  /** Publishes as `<service>.<api host>`. */
  notifierOf(service: string): Notifier {
    return cinderNotifier(this.env, service);
  }

  /** `http://controller:8776`: how links begin. */
  get base(): string {
    return `http://${this.env.hostAt(this.flags.osapi_volume_listen_port)}`;
  }
}
