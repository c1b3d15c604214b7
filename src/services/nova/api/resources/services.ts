/**
 * The services of Nova and whether they are alive, for administrators. Changing one counts as a
 * heartbeat, since both are the row's `updated_at`. Upstream: contrib/services.py with
 * extended_services.py and extended_services_delete.py at 2014.2; nova §5.5.
 */
import { storedDate, type Row } from "../../../../framework/index.js";
import { HttpFault, respond } from "../../../../http/index.js";
import {
  AttributeError,
  contains,
  Exception,
  item,
  type Json,
  type JsonObject,
  KeyError,
  PythonTypeError,
  str,
} from "../../../../python/index.js";
import type { ServiceRow } from "../../db/schema.js";
import { serviceByArgs, serviceDestroy, serviceUpdate } from "../../db/services.js";
import { HostBinaryNotFound, InvalidInput } from "../../exception.js";
import type { NovaApp } from "../app.js";
import { zoneOfService } from "../aggregates/host-zones.js";
import { badRequest, stringOfLength } from "../input.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:services";
const STATUSES: ReadonlyMap<string, "enabled" | "disabled"> = new Map([
  ["enable", "enabled"],
  ["disable", "disabled"],
  ["disable-log-reason", "disabled"],
]);

export const serviceRoutes: readonly NovaRoute[] = [
  route("GET", "/os-services", POLICY, function* ({ app, request: { query } }) {
    const [host = "", binary = ""] = [query.get("host"), query.get("binary")];
    const services = app.db.services
      .find()
      .filter(
        (row) => (host === "" || row.host === host) && (binary === "" || row.binary === binary),
      )
      .map((row) => view(app, row));
    return respond(200, { services });
  }),
  route("PUT", "/os-services/{id}", POLICY, function* ({ app, request: { body }, params: { id } }) {
    const status = STATUSES.get(id);
    if (status === undefined) throw new HttpFault(404, "Unknown action");
    const { host, binary, reason } = changeOf(body, id === "disable-log-reason");
    update(app, host, binary, { disabled: status === "disabled", disabled_reason: reason ?? null });
    const logged = reason === undefined ? {} : { disabled_reason: reason };
    return respond(200, { service: { host, binary, status, ...logged } });
  }),
  route("DELETE", "/os-services/{id}", POLICY, function* ({ app, params: { id } }) {
    // MySQL compares the column with the number that the text begins with.
    const row = app.db.services.get(Number.parseFloat(id));
    if (row === undefined) throw new HttpFault(404, `Service ${id} not found.`);
    serviceDestroy(app.db, row.id);
    return respond(204);
  }),
];

function view(app: NovaApp, row: Row<ServiceRow>): JsonObject {
  return {
    id: row.id,
    binary: row.binary,
    host: row.host,
    zone: zoneOfService(app, row),
    status: row.disabled ? "disabled" : "enabled",
    state: app.services.isUp(row) ? "up" : "down",
    updated_at: storedDate(row.updated_at),
    disabled_reason: row.disabled_reason,
  };
}

interface Change {
  readonly host: Json;
  readonly binary: Json;
  readonly reason: string | undefined;
}

/** @throws HttpFault 400; PythonTypeError for a body without members; AttributeError for a reason that is no text */
function changeOf(body: Json, withReason: boolean): Change {
  try {
    const [host, binary] = [item(body, "host"), item(body, "binary")];
    return { host, binary, reason: withReason ? reasonIn(body) : undefined };
  } catch (error) {
    if (!(error instanceof PythonTypeError || error instanceof KeyError)) throw error;
    throw badRequest(
      contains(body, "host") && contains(body, "binary")
        ? "Missing disabled reason field"
        : "Invalid attribute in the request",
    );
  }
}

/** Kept as it came, though its edges do not count. */
function reasonIn(body: Json): string {
  const reason = item(body, "disabled_reason");
  if (typeof reason !== "string") throw new AttributeError("no attribute 'strip'");
  try {
    stringOfLength(reason.trim(), "Disabled reason", 1, 255);
    return reason;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw badRequest(
      "The string containing the reason for disabling the service contains invalid characters or is too long.",
    );
  }
}

/** @throws HttpFault 404 */
function update({ db }: NovaApp, host: Json, binary: Json, values: Partial<ServiceRow>): void {
  if ([host, binary].some((value) => typeof value === "object" && value !== null)) {
    throw new ProgrammingError("can't adapt type");
  }
  const row =
    typeof host === "string" && typeof binary === "string"
      ? serviceByArgs(db, host, binary)
      : undefined;
  if (row === undefined) {
    const named = { host: str(host), binary: str(binary) };
    throw new HttpFault(404, new HostBinaryNotFound(named).message);
  }
  serviceUpdate(db, row.id, values);
}

/** Of a value that no statement can have. */
class ProgrammingError extends Exception {
  static override readonly module: string = "oslo.db.exception";
  override readonly name: string = "DBError";
}
