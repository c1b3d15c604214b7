/**
 * The hypervisors, what they have and what of it is used, for administrators.
 * Upstream: contrib/hypervisors.py, hypervisor_status.py, extended_hypervisors.py, and the statements
 * compute_node_* of nova/db/sqlalchemy/api.py at 2014.2; nova §5.5.
 */
import type { Row } from "../../../../framework/index.js";
import { HttpFault, respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { ComputeNodeRow, ServiceRow } from "../../db/schema.js";
import { ServiceNotFound } from "../../exception.js";
import type { NovaApp } from "../app.js";
import { integerIn } from "../input.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:hypervisors";

const DETAILS = [
  "vcpus",
  "memory_mb",
  "local_gb",
  "vcpus_used",
  "memory_mb_used",
  "local_gb_used",
  "hypervisor_type",
  "hypervisor_version",
  "free_ram_mb",
  "free_disk_gb",
  "current_workload",
  "running_vms",
  "cpu_info",
  "disk_available_least",
  "host_ip",
] as const;

const SUMS = [
  "vcpus",
  "memory_mb",
  "local_gb",
  "vcpus_used",
  "memory_mb_used",
  "local_gb_used",
  "free_ram_mb",
  "free_disk_gb",
  "current_workload",
  "running_vms",
  "disk_available_least",
] as const;

export const hypervisorRoutes: readonly NovaRoute[] = [
  route("GET", "/os-hypervisors", POLICY, function* ({ app }) {
    return respond(200, { hypervisors: byService(app).map((node) => brief(app, node)) });
  }),
  route("GET", "/os-hypervisors/detail", POLICY, function* ({ app }) {
    return respond(200, { hypervisors: byService(app).map((node) => full(app, node)) });
  }),
  route("GET", "/os-hypervisors/statistics", POLICY, function* ({ app }) {
    return respond(200, { hypervisor_statistics: statistics(app) });
  }),
  route("GET", "/os-hypervisors/{id}", POLICY, function* ({ app, params: { id } }) {
    return respond(200, { hypervisor: full(app, hypervisorById(app, id)) });
  }),
  route("GET", "/os-hypervisors/{id}/search", POLICY, function* ({ app, params: { id } }) {
    return respond(200, { hypervisors: matching(app, id).map((node) => brief(app, node)) });
  }),
  route("GET", "/os-hypervisors/{id}/servers", POLICY, function* ({ app, params: { id } }) {
    const hypervisors = matching(app, id).map((node) => ({
      ...brief(app, node),
      ...serversOf(app, node),
    }));
    return respond(200, { hypervisors });
  }),
];

/** @throws HttpFault 404 */
export function hypervisorById({ db }: NovaApp, id: string): Row<ComputeNodeRow> {
  const node = db.compute_nodes.get(integerIn(id) ?? -1);
  if (node !== undefined) return node;
  throw notFound(`Hypervisor with ID '${id}' could not be found.`);
}

const notFound = (explanation: string): HttpFault => new HttpFault(404, explanation);

const byService = ({ db }: NovaApp): Row<ComputeNodeRow>[] =>
  db.compute_nodes.find().sort((a, b) => a.service_id - b.service_id);

/** `LIKE '%pattern%'`, which knows wildcards and no case. @throws HttpFault 404 */
function matching({ db }: NovaApp, pattern: string): Row<ComputeNodeRow>[] {
  const like = new RegExp(
    pattern
      .replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
      .replaceAll("%", ".*")
      .replaceAll("_", "."),
    "is",
  );
  const found = db.compute_nodes
    .find()
    .filter(({ hypervisor_hostname }) => like.test(hypervisor_hostname));
  if (found.length > 0) return found;
  throw notFound(`No hypervisor matching '${pattern}' could be found.`);
}

export function brief(app: NovaApp, node: Row<ComputeNodeRow>): JsonObject {
  const service = serviceOf(app, node);
  return {
    id: node.id,
    hypervisor_hostname: node.hypervisor_hostname,
    state: app.services.isUp(service) ? "up" : "down",
    status: service.disabled ? "disabled" : "enabled",
  };
}

function full(app: NovaApp, node: Row<ComputeNodeRow>): JsonObject {
  const { service_id } = node;
  const { host, disabled_reason } = serviceOf(app, node);
  return {
    ...brief(app, node),
    ...Object.fromEntries(DETAILS.map((column) => [column, node[column]])),
    service: { id: service_id, host, disabled_reason },
  };
}

/** Over all nodes whose service is enabled. */
function statistics(app: NovaApp): JsonObject {
  const counted = app.db.compute_nodes
    .find()
    .filter(({ service_id }) => app.db.services.getAny(service_id)?.disabled === false);
  const sums = SUMS.map((column) => {
    const sum = counted.reduce((total, node) => total + node[column], 0);
    return [column, sum] as const;
  });
  return { count: counted.length, ...Object.fromEntries(sums) };
}

/** All servers of the host, whichever of its nodes they are on; no key where there is none. */
function serversOf(app: NovaApp, node: Row<ComputeNodeRow>): JsonObject {
  const { host } = serviceOf(app, node);
  const servers = app.db.instances.find({ host }).map(({ uuid, id }) => ({
    name: `instance-${id.toString(16).padStart(8, "0")}`,
    uuid,
  }));
  return servers.length === 0 ? {} : { servers };
}

/** @throws ServiceNotFound, which nobody catches (nova/objects/compute_node.py:131) */
export function serviceOf({ db }: NovaApp, { service_id }: Row<ComputeNodeRow>): Row<ServiceRow> {
  const service = db.services.get(service_id);
  if (service !== undefined) return service;
  throw new ServiceNotFound({ service_id });
}
