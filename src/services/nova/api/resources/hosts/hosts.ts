/**
 * Hosts with their services, for administrators; what a host has and who uses it; and what may be asked of it. Upstream:
 * contrib/hosts.py at 2014.2; nova §5.5.
 */
import type { Row } from "../../../../../framework/index.js";
import { HttpFault, respond } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  asDict,
  AttributeError,
  dictOrder,
  NotImplementedException,
  PythonTypeError,
  str,
  typeName,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { serviceByComputeHost } from "../../../db/services.js";
import type { InstanceRow, ServiceRow } from "../../../db/schema.js";
import { NotFound, ServiceNotFound } from "../../../exception.js";
import { zoneOfService } from "../../aggregates/host-zones.js";
import type { NovaApp } from "../../app.js";
import { badRequest } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";
import { HostApi, type PowerAction } from "./host-api.js";

const RULE = "compute_extension:hosts";
const ITEM = "/os-hosts/{id}";

const powerRoute = (action: PowerAction): NovaRoute =>
  route("GET", `${ITEM}/${action}`, RULE, function* ({ app, ctxt, params: { id: host } }) {
    const asked = new HostApi(app, ctxt).powerAction(host, action);
    const power_action = yield* translated(asked, "host power management");
    return respond(200, { host, power_action });
  });

export const hostRoutes: readonly NovaRoute[] = [
  route("GET", "/os-hosts", RULE, function* ({ app, request: { query } }) {
    const zone = query.get("zone") ?? "";
    const hosts = app.db.services
      .find({ disabled: false })
      .map((row) => ({
        host_name: row.host,
        service: row.topic,
        zone: zoneOfService(app, row),
      }))
      .filter((host) => zone === "" || host.zone === zone);
    return respond(200, { hosts });
  }),
  // There is no rule: the database itself refuses who is no administrator.
  route("GET", ITEM, null, function* ({ app, ctxt, params: { id } }) {
    if (!ctxt.is_admin) {
      throw new HttpFault(403, "Describe-resource is admin only functionality");
    }
    return respond(200, { host: resourcesOf(app, id, serviceOf(app, id)) });
  }),
  route("PUT", ITEM, RULE, function* ({ app, ctxt, request: { body }, params: { id: host } }) {
    const { status, mode } = updatesIn(body);
    const api = new HostApi(app, ctxt);
    const result: Record<string, Json> = { host };
    // What the first has done stays done if the second fails.
    if (status !== undefined) {
      app.env.log("info", `${status ? "Enabling" : "Disabling"} host ${host}.`);
      const asked = translated(api.setEnabled(host, status), "host disabled status");
      result["status"] = oneOf(yield* asked, ["enabled", "disabled"]);
    }
    if (mode !== undefined) {
      const shown = mode ? "True" : "False";
      app.env.log("info", `Putting host ${host} in maintenance mode ${shown}.`);
      const asked = translated(api.setMaintenance(host, mode), "host maintenance mode");
      const modes = ["on_maintenance", "off_maintenance"];
      result["maintenance_mode"] = oneOf(yield* asked, modes);
    }
    return respond(200, result);
  }),
  // `collection_actions`: the same method, which then misses the id that it takes.
  route("PUT", "/os-hosts", null, () => {
    throw new PythonTypeError("update() takes exactly 4 arguments (3 given)");
  }),
  ...(["startup", "shutdown", "reboot"] as const).map(powerRoute),
];

/** @throws HttpFault 404 */
function serviceOf({ db }: NovaApp, host: string): Row<ServiceRow> {
  try {
    return serviceByComputeHost(db, host);
  } catch (error) {
    throw error instanceof NotFound ? new HttpFault(404, error.message) : error;
  }
}

/**
 * What all of it is, what of it is used, what its servers may use, in all and by project.
 * @throws ServiceNotFound where its service has no node: nobody catches it (nova/objects/service.py:85)
 */
function resourcesOf(app: NovaApp, host: string, service: Row<ServiceRow>): JsonObject[] {
  const node = app.db.compute_nodes.first({ service_id: service.id });
  if (node === undefined) throw new ServiceNotFound({ service_id: service.id });
  const instances = app.db.instances.find({ host });
  const entry = (project: string, [cpu, memory_mb, disk_gb]: Sums): JsonObject => ({
    resource: { host, project, cpu, memory_mb, disk_gb },
  });
  const projects = dictOrder(instances.map(({ project_id }) => project_id));
  return [
    entry("(total)", [node.vcpus, node.memory_mb, node.local_gb]),
    entry("(used_now)", [node.vcpus_used, node.memory_mb_used, node.local_gb_used]),
    entry("(used_max)", sumsOf(instances)),
    ...projects.map((project) => {
      const own = instances.filter(({ project_id }) => project_id === project);
      return entry(project, sumsOf(own));
    }),
  ];
}

type Sums = readonly [cpu: number, memory_mb: number, disk_gb: number];

const sumsOf = (instances: readonly Row<InstanceRow>[]): Sums =>
  instances.reduce<Sums>(
    ([cpu, memory, disk], one) => [
      cpu + one.vcpus,
      memory + one.memory_mb,
      disk + one.root_gb + one.ephemeral_gb,
    ],
    [0, 0, 0],
  );

interface Updates {
  readonly status: boolean | undefined;
  readonly mode: boolean | undefined;
}

/** @throws HttpFault 400; AttributeError for what is no dictionary, or no text in it */
function updatesIn(body: Json): Updates {
  const given = asDict(body, "iteritems");
  const params = new Map(
    dictOrder(Object.keys(given)).map((key) => [key.trim().toLowerCase(), given[key] ?? null]),
  );
  const [status, mode] = [params.get("status") ?? null, params.get("maintenance_mode") ?? null];
  const other = [...params.keys()].find((key) => key !== "status" && key !== "maintenance_mode");
  if (other !== undefined) throw badRequest(`Invalid update setting: '${other}'`);
  const updates = { status: switchIn(status, "status"), mode: switchIn(mode, "mode") };
  if (updates.status === undefined && updates.mode === undefined) {
    throw badRequest("'status' or 'maintenance_mode' needed for host update");
  }
  return updates;
}

function switchIn(value: Json, what: string): boolean | undefined {
  if (value === null) return undefined;
  if (typeof value !== "string") {
    throw new AttributeError(`'${typeName(value)}' object has no attribute 'strip'`);
  }
  switch (value.trim().toLowerCase()) {
    case "enable":
      return true;
    case "disable":
      return false;
    default:
      throw badRequest(`Invalid ${what}: '${value}'`);
  }
}

/** A driver that answers something else has been asked in vain. @throws HttpFault 400 */
function oneOf(result: Json, known: readonly string[]): Json {
  if (typeof result === "string" && known.includes(result)) return result;
  throw badRequest(str(result));
}

function* translated(asked: Op<Json>, what: string): Op<Json> {
  try {
    return yield* asked;
  } catch (error) {
    if (error instanceof NotImplementedException) {
      throw new HttpFault(501, `Virt driver does not implement ${what}.`);
    }
    throw error instanceof NotFound ? new HttpFault(404, error.message) : error;
  }
}
