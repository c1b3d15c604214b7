/**
 * Admin, Hypervisors: what they have, and the services beside them, whose failure ends the page (Launchpad 1392316). Upstream: openstack_dashboard/dashboards/admin/hypervisors/tables.py, tabs.py,
 * views.py, compute/tabs.py, compute/tables.py at 2014.2.
 */
import { caught } from "../../../kernel/index.js";
import { isObject, PythonTypeError, textOf, type JsonObject } from "../../../python/index.js";
import { listIn } from "../api/keystone.js";
import { novaClient } from "../api/nova.js";
import { evacuate } from "./evacuate.js";
import { tableTab, type TabGroup } from "../tabs/tabs.js";
import { bound, type TableView } from "../tables/view.js";
import { gigabytes, megabytes } from "../text.js";
import { attempted, listed } from "../web/attempts.js";
import { handle } from "../web/exceptions.js";

const number = (key: string) => (row: JsonObject) => textOf(row, key);
const ram = (key: string) => (row: JsonObject) => megabytes(Number(row[key]));
const disk = (key: string) => (row: JsonObject) => gigabytes(Number(row[key]));

const hypervisorsTable: Omit<TableView<JsonObject>, "title"> = {
  *load(request) {
    const message = "Unable to retrieve hypervisor information.";
    const rows = yield* listed(request, message, () => novaClient(request).hypervisors.all(true));
    return { rows };
  },
  spec: {
    name: "hypervisors",
    title: "Hypervisors",
    id: number("hypervisor_hostname"),
    display: number("hypervisor_hostname"),
    link: (row) => `/admin/hypervisors/${textOf(row, "hypervisor_hostname")}/`,
    columns: [
      { header: "Hostname", cell: number("hypervisor_hostname") },
      { header: "Type", cell: number("hypervisor_type") },
      { header: "VCPUs (used)", cell: number("vcpus_used") },
      { header: "VCPUs (total)", cell: number("vcpus") },
      { header: "RAM (used)", cell: ram("memory_mb_used") },
      { header: "RAM (total)", cell: ram("memory_mb") },
      { header: "Storage (used)", cell: disk("local_gb_used") },
      { header: "Storage (total)", cell: disk("local_gb") },
      { header: "Instances", cell: number("running_vms") },
    ],
  },
};

const computeHosts: Omit<TableView<JsonObject>, "title"> = {
  *load(request) {
    try {
      const services = yield* novaClient(request).services.all();
      return { rows: services.filter(({ binary }) => binary === "nova-compute") };
    } catch (thrown) {
      handle(request, yield* caught(thrown), "Unable to get nova services list.");
      throw new PythonTypeError("'NoneType' object is not iterable");
    }
  },
  spec: {
    name: "compute_host",
    title: "Compute Host",
    id: number("host"),
    display: number("host"),
    columns: [
      { header: "Host", cell: number("host") },
      { header: "Zone", cell: number("zone") },
      { header: "Status", cell: number("status") },
      { header: "State", cell: number("state") },
      {
        header: "Updated At",
        cell: ({ updated_at: at }) => (typeof at === "string" ? at : null),
      },
    ],
    rowActions: [evacuate],
  },
};

export const hypervisors = (): TabGroup => ({
  slug: "hypervisor_info",
  title: "Hypervisors",
  sticky: true,
  tabs: [
    tableTab({ slug: "hypervisor", name: "Hypervisor", table: bound(hypervisorsTable) }),
    tableTab({ slug: "compute_host", name: "Compute Host", table: bound(computeHosts) }),
  ],
  *above(request) {
    const message = "Unable to retrieve hypervisor statistics.";
    const stats = yield* attempted(request, message, () =>
      novaClient(request).hypervisors.statistics(),
    );
    if (stats === undefined) return [];
    return [
      {
        kind: "list",
        title: "Hypervisor Summary",
        items: [
          ["VCPU Usage", `Used ${textOf(stats, "vcpus_used")} of ${textOf(stats, "vcpus")}`],
          ["Memory Usage", `Used ${ram("memory_mb_used")(stats)} of ${ram("memory_mb")(stats)}`],
          ["Disk Usage", `Used ${disk("local_gb_used")(stats)} of ${disk("local_gb")(stats)}`],
        ],
      },
    ];
  },
});

/** The servers of one hypervisor. */
export const hypervisorView = (name: string): TableView<JsonObject> => ({
  title: "Hypervisor Servers",
  *load(request) {
    const message = "Unable to retrieve hypervisor instances list.";
    const found = yield* listed(request, message, () =>
      novaClient(request).hypervisors.search(name, true),
    );
    return { rows: found.filter(isObject).flatMap((one) => listIn(one["servers"])) };
  },
  spec: {
    name: "hypervisor_instances",
    title: "Hypervisor Instances",
    id: number("uuid"),
    display: number("name"),
    link: (row) => `/admin/instances/${textOf(row, "uuid")}/detail`,
    columns: [
      { header: "Instance Name", cell: number("name") },
      { header: "Instance ID", cell: number("uuid") },
    ],
  },
});
