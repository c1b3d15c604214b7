/**
 * The volume manager lets hosts reach volumes: it exports them and says how to get there. In whatever
 * state a volume is, nobody looks. Upstream: cinder/volume/manager.py (initialize_connection,
 * terminate_connection) at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { type Exception, type Json } from "../../../python/index.js";
import type { CinderDatabase } from "../db/database.js";
import { qosSpecsOfType } from "../db/qos-specs.js";
import { volumeGet, volumeUpdate, type Volume } from "../db/volumes.js";
import { CinderException, VolumeBackendAPIException } from "../exception.js";
import type { ConnectionInfo } from "./rpcapi.js";
import type { VolumeHost } from "./volume-host.js";

/** @throws DriverNotInitialized, VolumeBackendAPIException, what the driver's commands end in */
export function* initializeConnection(
  host: VolumeHost,
  ctxt: RequestContext,
  volume_id: string,
  connector: Json,
): Op<ConnectionInfo> {
  const { db, driver, env } = host;
  host.requireDriver();
  const failed = (what: string): VolumeBackendAPIException => {
    env.log("error", what);
    return new VolumeBackendAPIException({ data: what });
  };
  try {
    driver.validateConnector(connector);
  } catch (thrown) {
    const error = yield* caught(thrown);
    throw failed(unfetched(error));
  }
  let volume: Volume = volumeGet(db, ctxt, volume_id);
  try {
    const update = yield* driver.createExport(volume);
    volume = volumeUpdate(db, ctxt, volume_id, update);
  } catch (error) {
    // What a command of the system ends in is none of Cinder's exceptions, and goes on as it is.
    if (!(error instanceof CinderException)) throw error;
    throw failed(`Unable to create export for volume ${volume_id}`);
  }
  let connection: ConnectionInfo;
  try {
    connection = yield* driver.initializeConnection(volume);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const refusal = failed(unfetched(error));
    yield* driver.removeExport(volume);
    throw refusal;
  }
  const { attached_mode, readonly } = db.adminMetadata.get(volume_id);
  const access_mode = attached_mode ?? (readonly === "True" ? "ro" : "rw");
  const qos_specs = forFrontEnd(db, volume);
  return { ...connection, data: { ...connection.data, qos_specs, access_mode } };
}

/** What its type asks of the front end. @throws VolumeTypeNotFound */
function forFrontEnd(db: CinderDatabase, { volume_type_id: type }: Volume): Json {
  const qos = type === null ? null : qosSpecsOfType(db, type);
  if (qos === null) return null;
  const { consumer = null, specs = null } = qos;
  return consumer === "front-end" || consumer === "both" ? specs : null;
}

const unfetched = ({ message }: Exception): string =>
  `Unable to fetch connection information from backend: ${message}`;

/** @throws DriverNotInitialized, VolumeBackendAPIException */
export function* terminateConnection(
  host: VolumeHost,
  ctxt: RequestContext,
  volume_id: string,
): Op<void> {
  host.requireDriver();
  volumeGet(host.db, ctxt, volume_id);
  try {
    yield* host.driver.terminateConnection();
  } catch (thrown) {
    const error = yield* caught(thrown);
    const data = `Unable to terminate volume connection: ${error.message}`;
    host.env.log("error", data);
    throw new VolumeBackendAPIException({ data });
  }
}
