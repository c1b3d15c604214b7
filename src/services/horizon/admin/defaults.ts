/** Admin, Defaults: the quotas of a project that has none of its own. Upstream: openstack_dashboard/dashboards/admin/defaults/tabs.py, tables.py, openstack_dashboard/usage/quotas.py (get_default_quota_data) at 2014.2. */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { cinderClient } from "../api/cinder.js";
import { networkExtension } from "../api/neutron.js";
import { novaClient } from "../api/nova.js";
import { tableTab, type TabGroup } from "../tabs/tabs.js";
import { bound } from "../tables/view.js";
import { titled } from "../text.js";
import { listed } from "../web/attempts.js";
import type { HorizonRequest } from "../web/request.js";

interface Quota {
  readonly name: string;
  readonly limit: string;
}

const NAMES: Readonly<Record<string, string>> = {
  injected_file_content_bytes: "Injected File Content Bytes",
  injected_file_path_bytes: "Length of Injected File Path",
  metadata_items: "Metadata Items",
  cores: "VCPUs",
  instances: "Instances",
  injected_files: "Injected Files",
  volumes: "Volumes",
  snapshots: "Volume Snapshots",
  gigabytes: "Total Size of Volumes and Snapshots (GB)",
  ram: "RAM (MB)",
  floating_ips: "Floating IPs",
  security_groups: "Security Groups",
  security_group_rules: "Security Group Rules",
  key_pairs: "Key Pairs",
  fixed_ips: "Fixed IPs",
};

/** Those that Neutron has in Nova's place. */
const NETWORK = ["floating_ips", "fixed_ips"];
const GROUPS = ["security_groups", "security_group_rules"];

function* defaultQuotas(request: HorizonRequest): Op<readonly Quota[]> {
  const { user } = request;
  const sets: JsonObject[] = [yield* novaClient(request).quotas.defaults(user.tenantId)];
  const disabled = new Set<string>(["id"]);
  if (user.serviceEnabled("network")) {
    for (const name of NETWORK) disabled.add(name);
    if (yield* networkExtension(request, "security-group")) {
      for (const name of GROUPS) disabled.add(name);
    }
  }
  if (user.serviceEnabled("volume")) {
    sets.push(yield* cinderClient(request).quotas.defaults(user.tenantId));
  }
  return sets
    .flatMap((set) => Object.entries(set))
    .filter(([name]) => !disabled.has(name))
    .map(([name, limit]) => ({ name, limit: String(Number(limit)) }));
}

export const defaults = (): TabGroup => ({
  slug: "defaults",
  title: "Defaults",
  sticky: true,
  tabs: [
    tableTab({
      slug: "quotas",
      name: "Default Quotas",
      table: bound<Quota>({
        *load(request) {
          const rows = yield* listed(request, "Unable to get quota info.", () =>
            defaultQuotas(request),
          );
          return { rows };
        },
        spec: {
          name: "quotas",
          title: "Quotas",
          id: ({ name }) => name,
          display: ({ name }) => name,
          columns: [
            { header: "Quota Name", cell: ({ name }) => NAMES[name] ?? titled(name) },
            { header: "Limit", cell: ({ limit }) => limit },
          ],
        },
      }),
    }),
  ],
});
