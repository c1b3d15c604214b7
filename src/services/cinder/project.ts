/** Cinder, as a cloud is told of it: the API, the scheduler, and the volume service of one host. */
import { whole } from "../../framework/option-values.js";
import {
  defineProject,
  fallible,
  inMilliseconds,
  inSeconds,
  onController,
  process,
  store,
} from "../../framework/project.js";
import { DEFAULT_GROUP_GB, VolumeGroups } from "../../hardware/volume-group.js";
import { cinderAllowedModules } from "./allowed-modules.js";
import { cinderApiFlags, cinderAuthFlags } from "./api/flags.js";
import { cinderApi } from "./api/index.js";
import { CinderDatabase } from "./db/database.js";
import { imageFlags } from "./image/flags.js";
import { quotaFlags } from "./quota/flags.js";
import { schedulerFlags } from "./scheduler/flags.js";
import { cinderScheduler } from "./scheduler/index.js";
import { periodicFlags, serviceGroupFlags } from "./service-group.js";
import { novaFlags } from "./volume/moving/nova.js";
import { volumeFlags } from "./volume/flags.js";
import { cinderVolume } from "./volume/index.js";
import { cinderInventory } from "./inventory.js";

export const cinderDatabase = store((kernel) => new CinderDatabase(kernel));

/** The storage of every host that a volume service runs on. */
export const volumeGroups = store(() => new VolumeGroups());

export const cinder = defineProject({
  name: "cinder",
  processes: [
    process({
      binary: "cinder-api",
      on: "controller",
      uses: { db: cinderDatabase },
      flags: [cinderAuthFlags, serviceGroupFlags, cinderApiFlags, quotaFlags, imageFlags],
      make: (env, { db }) => cinderApi(env, db),
    }),
    process({
      binary: "cinder-scheduler",
      on: "controller",
      uses: { db: cinderDatabase },
      flags: [serviceGroupFlags, periodicFlags, schedulerFlags, quotaFlags],
      make: (env, { db }) => cinderScheduler(env, db),
    }),
    process({
      binary: "cinder-volume",
      on: "controller",
      uses: { db: cinderDatabase, groups: volumeGroups },
      flags: [serviceGroupFlags, periodicFlags, volumeFlags, quotaFlags, imageFlags, novaFlags],
      latency: {
        volume_setup: inSeconds(1, 2),
        create_volume: inMilliseconds(200, 600),
        delete_volume: inMilliseconds(200, 600),
        snapshot_volume: inMilliseconds(200, 600),
        extend_volume: inMilliseconds(200, 600),
        export_volume: inMilliseconds(200, 600),
      },
      rates: { image_mb_per_s: 100 },
      make: (env, { db, groups }, latency) => cinderVolume(env, db, groups.of(env.host), latency),
    }),
  ],
  stores: { db: cinderDatabase, groups: volumeGroups },
  hardware: [fallible(volumeGroups, (groups, host) => groups.of(host))],
  states: {
    volumes: { thing: "volume", columns: ["status"] },
    snapshots: { thing: "snapshot", columns: ["status"] },
  },
  catalog: [
    { type: "volume", url: onController(8776, "/v1/$(tenant_id)s") },
    { type: "volumev2", name: "cinderv2", url: onController(8776, "/v2/$(tenant_id)s") },
    {
      type: "volumev3",
      name: "cinderv3",
      url: onController(8776, "/v3/$(tenant_id)s"),
      outside: true,
    },
  ],
  serviceUser: "cinder",
  allowedModules: cinderAllowedModules,
  options: {
    volume_group_gb: whole(1, 1e6)
      .optional()
      .meta({
        description: `What each host of cinder-volume has room for, in GB. Default ${String(DEFAULT_GROUP_GB)}.`,
      }),
  },
  seed({ groups }, { volume_group_gb = DEFAULT_GROUP_GB }) {
    groups.size_gb = volume_group_gb;
  },
  resolve: ({ db }) => ({
    volume: (name) => db.volumes.find().findLast(({ display_name }) => display_name === name)?.uuid,
    snapshot: (name) =>
      db.snapshots.find().findLast(({ display_name }) => display_name === name)?.uuid,
  }),
  volumeSize: ({ groups }, volume) => groups.sizeOf(`volume-${volume}`),
  exceptions: {
    "failed-attach-keeps-server": {
      says: "An attach or a detach that fails in cinder-volume leaves the volume in error with its server's id: it can be neither detached nor deleted, and keeps that when the server has gone.",
      source: "cinder/volume/manager.py at 2014.2 (attach_volume, detach_volume)",
    },
    "create-outlives-volume": {
      says: "A volume whose creation has failed and is tried again is in error meanwhile, and so may be deleted; the second try goes on, and what it makes on disk is nobody's.",
      source:
        "cinder/volume/flows/manager/create_volume.py at 2014.2 (OnFailureRescheduleTask, ExtractVolumeRefTask)",
    },
    "snapshot-keeps-volume": {
      says: "A volume that is to go with its server is deleted once, and one of which there are snapshots is refused: that of a server of which an image was made stays.",
      source: "cinder/volume/api.py (delete), nova/compute/manager.py (_cleanup_volumes) at 2014.2",
    },
    "status-before-message": {
      says: "A status is stored before its message is sent; if that never arrives, nobody takes the status back.",
      source: "cinder/volume/api.py at 2014.2 (reserve_volume, begin_detaching, delete); RPC-51",
    },
    "volume-reservation-awaits-expiry": {
      says: "What was reserved for work that nobody ended stays reserved until it expires, a day later.",
      source: "cinder/quota.py at 2014.2 (reservation_expire); other-services §4",
    },
  },
  inventory: ({ db, groups }, premises) => cinderInventory(db, groups, premises),
});
