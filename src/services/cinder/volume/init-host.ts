/**
 * What cinder-volume does when it starts, before it takes any message: it sets its driver up, exports
 * again what is in use, gives up what was being downloaded, and resumes deletes. Volumes in the middle of
 * anything else are left as they are. Upstream: cinder/volume/manager.py (init_host) at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { volumesOfHost, volumeUpdate, type Volume } from "../db/volumes.js";
import type { VolumeHost } from "./volume-host.js";

/**
 * A driver that cannot be set up leaves a service that runs, reports and refuses.
 * @returns the volumes whose delete is to be resumed; undefined if the driver cannot be used
 */
export function* initHost(
  host: VolumeHost,
  ctxt: RequestContext,
): Op<readonly Volume[] | undefined> {
  const { driver, env } = host;
  env.log("info", `Starting volume driver ${driver.name} (${driver.version})`);
  try {
    yield* driver.setup();
  } catch (thrown) {
    const error = yield* caught(thrown);
    env.log("error", `Error encountered during initialization of driver: ${driver.name}`);
    env.log("error", `${error.name}: ${error.message}`);
    return undefined;
  }
  const volumes = volumesOfHost(host.db, host.host);
  host.allocated.clear();
  for (const volume of volumes) yield* look(host, ctxt, volume);
  driver.initialized = true;
  return volumes.filter(({ status }) => status === "deleting");
}

function* look(host: VolumeHost, ctxt: RequestContext, volume: Volume): Op<void> {
  const { uuid, status, size } = volume;
  const { env, db } = host;
  if (status === "available" || status === "in-use") {
    host.allocated.add(volume.host, size);
    if (status === "in-use") yield* exportAgain(host, ctxt, volume);
  } else if (status === "downloading") {
    env.log("info", `volume ${uuid} stuck in a downloading state`);
    volumeUpdate(db, ctxt, uuid, { status: "error" });
  } else {
    env.log("info", `volume ${uuid}: skipping export`);
  }
}

function* exportAgain(host: VolumeHost, ctxt: RequestContext, volume: Volume): Op<void> {
  try {
    yield* host.driver.ensureExport(volume);
  } catch (thrown) {
    yield* caught(thrown);
    const what = `Failed to re-export volume ${volume.uuid}: setting to error state`;
    host.env.log("error", what);
    volumeUpdate(host.db, ctxt, volume.uuid, { status: "error" });
  }
}
