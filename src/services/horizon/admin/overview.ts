/** Admin, Overview: what every project has used. Upstream: openstack_dashboard/dashboards/admin/overview/views.py, openstack_dashboard/usage/tables.py (GlobalUsageTable) at 2014.2. */
import type { Op } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import { allTenants } from "../api/keystone.js";
import { limitSummary } from "../project/limit-summary.js";
import { usageOf } from "../project/overview/usage.js";
import { tablePart, type TableSpec } from "../tables/table.js";
import { gigabytes, megabytes } from "../text.js";
import { page, type Answer } from "../web/answer.js";
import { listed } from "../web/attempts.js";
import type { HorizonRequest } from "../web/request.js";

const total = (usage: JsonObject, key: string): number =>
  ((usage["server_usages"] ?? []) as readonly JsonObject[])
    .filter((server) => (server["ended_at"] ?? null) === null)
    .reduce((sum, server) => sum + Number(server[key]), 0);

const usageTable = (names: ReadonlyMap<string, string>): TableSpec<JsonObject> => ({
  name: "global_usage",
  title: "Usage",
  id: (usage) => textOf(usage, "tenant_id"),
  display: (usage) => textOf(usage, "tenant_id"),
  columns: [
    {
      header: "Project Name",
      cell(usage) {
        const id = textOf(usage, "tenant_id");
        return names.get(id) ?? `${id} (Deleted)`;
      },
    },
    { header: "VCPUs", cell: (usage) => String(total(usage, "vcpus")) },
    { header: "Disk", cell: (usage) => gigabytes(total(usage, "local_gb")) },
    { header: "RAM", cell: (usage) => megabytes(total(usage, "memory_mb")) },
    { header: "VCPU Hours", cell: (usage) => Number(usage["total_vcpus_usage"]).toFixed(2) },
    {
      header: "Disk GB Hours",
      cell: (usage) => Number(usage["total_local_gb_usage"]).toFixed(2),
    },
  ],
});

export function* globalOverview(request: HorizonRequest): Op<Answer> {
  const { servers, limits } = yield* usageOf(request, true);
  const tenants = yield* listed(request, "Unable to retrieve project list.", () =>
    allTenants(request),
  );
  const names = new Map(tenants.map((one) => [textOf(one, "id"), textOf(one, "name")]));
  return page("Usage Overview", function* () {
    const table = yield* tablePart(request, usageTable(names), servers ?? []);
    return [limitSummary(limits), table];
  });
}
