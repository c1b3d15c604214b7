/** Project, Overview: where a login leads. Upstream: openstack_dashboard/dashboards/project/overview/views.py, openstack_dashboard/usage/tables.py at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { tablePart, type TableSpec } from "../../tables/table.js";
import { gigabytes, megabytes, timeSince } from "../../text.js";
import { page, type Answer } from "../../web/answer.js";
import type { HorizonRequest } from "../../web/request.js";
import { limitSummary } from "../limit-summary.js";
import { usageOf } from "./usage.js";

const usageTable: TableSpec<JsonObject> = {
  name: "project_usage",
  title: "Usage",
  id: (server) => textOf(server, "instance_id"),
  display: (server) => textOf(server, "name"),
  columns: [
    { header: "Instance Name", cell: (server) => textOf(server, "name") },
    { header: "VCPUs", cell: (server) => textOf(server, "vcpus") },
    { header: "Disk", cell: (server) => gigabytes(Number(server["local_gb"])) },
    { header: "RAM", cell: (server) => megabytes(Number(server["memory_mb"])) },
    { header: "Time since created", cell: (server) => timeSince(Number(server["uptime"])) },
  ],
};

export function* overview(request: HorizonRequest): Op<Answer> {
  const { servers, limits } = yield* usageOf(request);
  return page("Instance Overview", function* () {
    const summary = limitSummary(limits);
    return servers === undefined
      ? [summary]
      : [summary, yield* tablePart(request, usageTable, servers)];
  });
}
