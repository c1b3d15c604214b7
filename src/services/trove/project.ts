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
  type ProjectImage,
} from "../../framework/project.js";
import { PROGRAMS_PROPERTY } from "../../hardware/guest-programs.js";
import { datastoreFlags } from "./datastore-flags.js";
import { troveApi } from "./api/index.js";
import { troveConductor } from "./conductor/index.js";
import { updateDatastore, updateDatastoreVersion } from "./datastores.js";
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
import { MYSQL_PARAMETERS } from "./mysql/parameters.js";
import { GuestDisk } from "./guestagent/disk.js";
import { guestAgent } from "./guestagent/index.js";
import { troveTaskManager } from "./taskmanager/index.js";

const troveDatabase = store((kernel) => new TroveDatabase(kernel));

/** What is in a guest. */
const guestDisk = onGuests((machine) => new GuestDisk(machine));

/** What API and task manager read. */
const sharedFlags = [remoteFlags, troveQuotaFlags, troveInstanceFlags, datastoreFlags];

const GUEST_AGENT = "trove-guestagent" as const;

/** A guest image for each version of MySQL, as somebody has built it and told Trove of. */
const MYSQL_VERSIONS = ["5.5", "5.6"] as const;

const imageOf = (version: string): ProjectImage => ({
  name: `trove-mysql-${version}`,
  size_mb: 500,
  properties: { [PROGRAMS_PROPERTY]: GUEST_AGENT },
});

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
  catalog: [{ type: "database", url: onController(8779, "/v1.0/$(tenant_id)s") }],
  serviceUser: "trove",
  images: MYSQL_VERSIONS.map(imageOf),
  options: {},
  /** As DevStack writes: guests find their files on a config drive, and there is a datastore by default. */
  presets: () => ({
    "nova-compute": { force_config_drive: "always" },
    "trove-api": { default_datastore: "mysql" },
  }),
  seed({ db }, _options, { idOf }) {
    updateDatastore(db, "mysql");
    for (const name of MYSQL_VERSIONS) {
      const version = updateDatastoreVersion(db, "mysql", {
        name,
        manager: "mysql",
        image_id: idOf("image", `trove-mysql-${name}`) ?? "",
        packages: `mysql-server-${name}`,
        active: true,
      });
      for (const rule of MYSQL_PARAMETERS) {
        db.datastore_configuration_parameters.insert({
          ...rule,
          datastore_version_id: version.uuid,
        });
      }
    }
    updateDatastore(db, "mysql", MYSQL_VERSIONS[0]);
  },
  resolve: ({ db }) => ({
    instance: (name) => db.instances.find().findLast((row) => row.name === name)?.uuid,
    backup: (name) => db.backups.find().findLast((row) => row.name === name)?.uuid,
    configuration: (name) => db.configurations.find().findLast((row) => row.name === name)?.uuid,
    datastore: (name) => db.datastores.first({ name })?.uuid,
  }),
});
