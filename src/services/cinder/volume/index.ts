/** cinder-volume: the volumes of one host. Upstream: bin/cinder-volume, cinder/service.py at 2014.2. */
import { Service, serve, type Env, type Process } from "../../../framework/index.js";
import type { VolumeGroup } from "../../../hardware/volume-group.js";
import { cinderSerializer } from "../context.js";
import type { CinderDatabase } from "../db/database.js";
import { DatabaseServiceGroup, cinderHabits } from "../service-group.js";
import type { StorageLatency } from "./drivers/lvm.js";
import { VolumeManager } from "./manager.js";
import { VOLUME_TOPIC } from "./rpcapi.js";

/** A cinder-volume that has yet to be started. */
export function cinderVolume(
  env: Env,
  database: CinderDatabase,
  group: VolumeGroup,
  latency: StorageLatency,
): Process {
  return serve(
    env,
    (around) =>
      new Service(around, {
        topic: VOLUME_TOPIC,
        manager: new VolumeManager(around, database, group, latency),
        serializer: cinderSerializer,
        group: new DatabaseServiceGroup(database, around.flags),
        habits: cinderHabits(around.flags),
      }),
  );
}
