/**
 * Trove, as a cloud is told of it: the API, the task manager, the conductor, and the agent in each guest that
 * was booted from an image which has it. It needs Cinder, and Swift for backups.
 */
import {
  defineProject,
  inSeconds,
  onController,
  onGuests,
  process,
  store,
} from "../../framework/project.js";
import { datastoreFlags } from "./datastore/flags.js";
import { datastoreImages, datastoreOptionsOfCloud, seedDatastores } from "./datastore/shipped.js";
import { troveApi } from "./api/index.js";
import { troveConductor } from "./conductor/index.js";
import { TroveDatabase } from "./db/database.js";
import {
  conductorFlags,
  guestAgentFlags,
  ignoreFlags,
  remoteFlags,
  taskManagerFlags,
  troveApiFlags,
  troveAuthFlags,
  troveInstanceFlags,
  troveQuotaFlags,
  troveRpcFlags,
} from "./flags.js";
import { GuestDisk } from "./guestagent/disk.js";
import { troveInventory } from "./inventory.js";
import { guestAgent } from "./guestagent/index.js";
import { troveTaskManager } from "./taskmanager/index.js";

export const troveDatabase = store((kernel) => new TroveDatabase(kernel));

/** What is in a guest. */
const guestDisk = onGuests((machine) => new GuestDisk(machine));

/** What API and task manager read. */
const sharedFlags = [remoteFlags, troveQuotaFlags, troveInstanceFlags, datastoreFlags];

const GUEST_AGENT = "trove-guestagent" as const;

export const trove = defineProject({
  name: "trove",
  processes: [
    process({
      binary: "trove-api",
      on: "controller",
      uses: { db: troveDatabase },
      flags: [troveAuthFlags, ...sharedFlags, troveApiFlags, ignoreFlags],
      make: (env, { db }) => troveApi(env, db),
    }),
    process({
      binary: "trove-taskmanager",
      on: "controller",
      uses: { db: troveDatabase },
      flags: [troveRpcFlags, ...sharedFlags, taskManagerFlags],
      make: (env, { db }) => troveTaskManager(env, db),
    }),
    process({
      binary: "trove-conductor",
      on: "controller",
      uses: { db: troveDatabase },
      flags: [troveRpcFlags, conductorFlags],
      make: (env, { db }) => troveConductor(env, db),
    }),
    process({
      binary: GUEST_AGENT,
      on: "guests",
      uses: { disk: guestDisk },
      flags: [remoteFlags, troveInstanceFlags, datastoreFlags, ignoreFlags, guestAgentFlags],
      latency: {
        guest_boot: inSeconds(15, 25),
        install_packages: inSeconds(20, 40),
        format_volume: inSeconds(3, 6),
        start_mysql: inSeconds(2, 4),
        stop_mysql: inSeconds(1, 2),
        copy_data: inSeconds(10, 20),
      },
      make: (env, { disk }, latency) => guestAgent(env, disk, latency),
    }),
  ],
  stores: { db: troveDatabase },
  states: {
    backups: { thing: "backup", columns: ["state"] },
  },
  catalog: [{ type: "database", url: onController(8779, "/v1.0/$(tenant_id)s") }],
  serviceUser: "trove",
  images: (options) => datastoreImages(options, GUEST_AGENT),
  options: datastoreOptionsOfCloud,
  /** As DevStack writes: guests find their files on a config drive, and there is a datastore by default. */
  presets: () => ({
    "nova-compute": { force_config_drive: "always" },
    "trove-api": { default_datastore: "mysql" },
  }),
  seed({ db }, options, { idOf }) {
    seedDatastores(db, options, idOf);
  },
  resolve: ({ db }) => ({
    instance: (name) => db.instances.find().findLast((row) => row.name === name)?.uuid,
    backup: (name) => db.backups.find().findLast((row) => row.name === name)?.uuid,
    configuration: (name) => db.configurations.find().findLast((row) => row.name === name)?.uuid,
    datastore: (name) => db.datastores.first({ name })?.uuid,
  }),
  exceptions: {
    "deleted-behind-trove": {
      says: "What an instance is like, Trove has from its own rows, from Nova and from the agent: nobody asks Cinder whether its volume is still there.",
      source: "trove/instance/models.py at 2014.2 (load_instance)",
    },
  },
  inventory: ({ db }, premises) => troveInventory(db, premises),
});
