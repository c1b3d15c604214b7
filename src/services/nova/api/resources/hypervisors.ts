/**
 * The hypervisors, what they have and what of it is used, for administrators. Uptime is not simulated.
 * Upstream: contrib/hypervisors.py, hypervisor_status.py at 2014.2; nova §5.5.
 */
import type { Row } from "../../../../framework/index.js";
import { HttpFault, respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { ComputeNodeRow, ServiceRow } from "../../db/schema.js";
import type { NovaApp } from "../app.js";
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
    return respond(200, {
      hypervisors: app.db.compute_nodes.find().map((node) => brief(app, node)),
    });
  }),
  route("GET", "/os-hypervisors/detail", POLICY, function* ({ app }) {
    return respond(200, {
      hypervisors: app.db.compute_nodes.find().map((node) => full(app, node)),
    });
  }),
  route("GET", "/os-hypervisors/statistics", POLICY, function* ({ app }) {
    return respond(200, { hypervisor_statistics: statistics(app) });
  }),
  route("GET", "/os-hypervisors/{id}", POLICY, function* ({ app, params: { id } }) {
    const node = app.db.compute_nodes.get(Number(id));
    if (node === undefined) throw notFound(`Hypervisor with ID '${id}' could not be found.`);
    return respond(200, { hypervisor: full(app, node) });
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

const notFound = (explanation: string): HttpFault => new HttpFault(404, explanation);

/** @throws HttpFault 404 */
function matching({ db }: NovaApp, pattern: string): Row<ComputeNodeRow>[] {
  const found = db.compute_nodes
    .find()
    .filter(({ hypervisor_hostname }) => hypervisor_hostname.includes(pattern));
  if (found.length > 0) return found;
  throw notFound(`No hypervisor matching '${pattern}' could be found.`);
}

function brief(app: NovaApp, node: Row<ComputeNodeRow>): JsonObject {
  const service = serviceOf(app, node);
  return {
    id: node.id,
    hypervisor_hostname: node.hypervisor_hostname,
    state: service !== undefined && app.services.isUp(service) ? "up" : "down",
    status: service?.disabled === false ? "enabled" : "disabled",
  };
}

function full(app: NovaApp, node: Row<ComputeNodeRow>): JsonObject {
  const { service_id } = node;
  const { host = null, disabled_reason = null } = serviceOf(app, node) ?? {};
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
    .filter((node) => serviceOf(app, node)?.disabled === false);
  const sums = SUMS.map((column) => {
    const sum = counted.reduce((total, node) => total + node[column], 0);
    return [column, sum] as const;
  });
  return { count: counted.length, ...Object.fromEntries(sums) };
}

function serversOf(app: NovaApp, node: Row<ComputeNodeRow>): JsonObject {
  const host = serviceOf(app, node)?.host;
  if (host === undefined) return {};
  const servers = app.db.instances.find({ host }).map(({ uuid, id }) => ({
    name: `instance-${id.toString(16).padStart(8, "0")}`,
    uuid,
  }));
  return servers.length === 0 ? {} : { servers };
}

const serviceOf = ({ db }: NovaApp, node: Row<ComputeNodeRow>): Row<ServiceRow> | undefined =>
  db.services.get(node.service_id);
