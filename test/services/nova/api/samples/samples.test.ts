/**
 * Answers of a whole cloud beside Nova's own API samples (doc/api_samples at 2014.2): the same keys, nested the same way, of
 * the same types. A sample was taken with its extension alone, here all are loaded: what the others add is named in its row.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../../../src/python/index.js";
import { BOOT, WholeCloud } from "../../../../flows/bed.js";
import { differences, shapes } from "./shape.js";

const whole = new WholeCloud();
whole.boot(`${BOOT} --meta "My Server Name=Apache1"`);
const { id } = whole.server;
const ask = (method: string, at: string, body?: Json) =>
  whole.http("admin", method, `8774/v2/{tenant}${at}`, body);
const made = (key: string, method: string, at: string, body: Json): string => {
  const { id: made } = (ask(method, at, body).body as Record<string, { id: string | number }>)[
    key
  ] ?? { id: "" };
  return String(made);
};

const group = made("server_group", "POST", "/os-server-groups", {
  server_group: { name: "a", policies: ["affinity"] },
});
const aggregate = made("aggregate", "POST", "/os-aggregates", {
  aggregate: { name: "b", availability_zone: "nova" },
});
const AGENT = { os: "o", architecture: "a", version: "1", url: "u", md5hash: "m" };
ask("POST", "/os-agents", { agent: { hypervisor: "x", ...AGENT } });
ask("POST", "/os-floating-ips-bulk", { floating_ips_bulk_create: { ip_range: "10.1.1.1" } });
ask("POST", "/os-keypairs", { keypair: { name: "key" } });

type Row = readonly [sample: string, at: string, more?: readonly string[]];

const STATUS = ["state", "status"];
const GROUPS = ["server_groups", "server_group_members"];

/** What GET answers. */
const SHOWN: readonly Row[] = [
  ["all_extensions/extensions-get-resp.json", "/extensions"],
  ["all_extensions/flavor-get-resp.json", "/flavors/1"],
  ["all_extensions/flavors-list-resp.json", "/flavors"],
  ["all_extensions/servers-list-resp.json", "/servers"],
  ["all_extensions/server-get-resp.json", `/servers/${id}`],
  ["all_extensions/servers-details-resp.json", "/servers/detail?all_tenants=1"],
  ["os-agents/agents-get-resp.json", "/os-agents"],
  ["os-aggregates/aggregates-list-get-resp.json", "/os-aggregates"],
  ["os-aggregates/aggregates-get-resp.json", `/os-aggregates/${aggregate}`],
  ["os-attach-interfaces/attach-interfaces-list-resp.json", `/servers/${id}/os-interface`],
  ["os-floating-ip-pools/floatingippools-list-resp.json", "/os-floating-ip-pools"],
  ["os-floating-ips-bulk/floating-ips-bulk-list-resp.json", "/os-floating-ips-bulk"],
  ["os-floating-ips/floating-ips-list-empty-resp.json", "/os-floating-ips"],
  ["os-hosts/host-get-resp.json", "/os-hosts/compute-1"],
  ["os-hosts/hosts-list-resp.json", "/os-hosts"],
  ["os-hypervisors/hypervisors-list-resp.json", "/os-hypervisors", STATUS],
  ["os-hypervisors/hypervisors-statistics-resp.json", "/os-hypervisors/statistics"],
  ["os-hypervisors/hypervisors-uptime-resp.json", "/os-hypervisors/1/uptime", STATUS],
  ["os-hypervisors/hypervisors-search-resp.json", "/os-hypervisors/compute/search", STATUS],
  [
    "os-hypervisors/hypervisors-servers-resp.json",
    "/os-hypervisors/compute/servers",
    [...STATUS, "servers"],
  ],
  [
    "os-hypervisor-status/hypervisors-show-with-status-resp.json",
    "/os-hypervisors/1",
    ["host_ip", "disabled_reason"],
  ],
  ["os-instance-actions/instance-actions-list-resp.json", `/servers/${id}/os-instance-actions`],
  [
    "os-instance_usage_audit_log/inst-usage-audit-log-index-get-resp.json",
    "/os-instance_usage_audit_log",
  ],
  ["os-keypairs/keypairs-list-resp.json", "/os-keypairs"],
  ["os-keypairs/keypairs-get-resp.json", "/os-keypairs/key"],
  ["os-migrations/migrations-get.json", "/os-migrations"],
  ["os-quota-class-sets/quota-classes-show-get-resp.json", "/os-quota-class-sets/c", GROUPS],
  ["os-quota-sets/quotas-show-defaults-get-resp.json", "/os-quota-sets/t/defaults", GROUPS],
  ["os-server-group-quotas/quotas-show-get-resp.json", "/os-quota-sets/t"],
  ["os-server-groups/server-groups-list-resp.json", "/os-server-groups"],
  ["os-server-groups/server-groups-get-resp.json", `/os-server-groups/${group}`],
  ["os-server-password/get-password-resp.json", `/servers/${id}/os-server-password`],
  ["os-services/services-list-get-resp.json", "/os-services", ["id", "disabled_reason"]],
  ["os-extended-services-delete/services-get-resp.json", "/os-services", ["disabled_reason"]],
  ["os-simple-tenant-usage/simple-tenant-usage-get.json", "/os-simple-tenant-usage"],
  ["os-tenant-networks/networks-list-res.json", "/os-tenant-networks"],
  [
    "os-networks/networks-list-resp.json",
    "/os-networks",
    ["mtu", "dhcp_server", "enable_dhcp", "share_address"],
  ],
  ["os-server-group-quotas/usedlimits-get-resp.json", "/limits"],
  ["server-ips-resp.json", `/servers/${id}/ips`, ["private"]],
];

describe("answers have the shape of Nova's samples", () => {
  it("the table has all 442", () => {
    expect(Object.keys(shapes)).toHaveLength(442);
  });

  const rows = SHOWN.map(([sample, at, more = []]) => ({ sample, at, more }));
  it.each(rows)("$sample: GET $at", ({ sample, at, more }) => {
    const { status, body } = ask("GET", at);
    expect(status).toBe(200);
    expect(differences(shapes[sample] ?? "nothing", body, more)).toEqual([]);
  });
});

const SERVICE = { host: "compute-1", binary: "nova-compute" };

/** What is asked, beside the sample of the answer. */
const ASKED: readonly (readonly [sample: string, method: string, at: string, body: Json])[] = [
  [
    "os-agents/agent-post-resp.json",
    "POST",
    "/os-agents",
    { agent: { hypervisor: "y", ...AGENT } },
  ],
  [
    "os-agents/agent-update-put-resp.json",
    "PUT",
    "/os-agents/1",
    { para: { url: "u", md5hash: "m", version: "2" } },
  ],
  [
    "os-server-groups/server-groups-post-resp.json",
    "POST",
    "/os-server-groups",
    { server_group: { name: "c", policies: ["anti-affinity"] } },
  ],
  [
    "os-aggregates/aggregate-post-resp.json",
    "POST",
    "/os-aggregates",
    { aggregate: { name: "d", availability_zone: "nova" } },
  ],
  [
    "os-floating-ips-bulk/floating-ips-bulk-create-resp.json",
    "POST",
    "/os-floating-ips-bulk",
    { floating_ips_bulk_create: { ip_range: "10.1.1.2", pool: "p", interface: "eth1" } },
  ],
  [
    "os-floating-ips-bulk/floating-ips-bulk-delete-resp.json",
    "PUT",
    "/os-floating-ips-bulk/delete",
    { ip_range: "10.1.1.2" },
  ],
  [
    "os-services/service-disable-log-put-resp.json",
    "PUT",
    "/os-services/disable-log-reason",
    { ...SERVICE, disabled_reason: "test2" },
  ],
  ["os-services/service-enable-put-resp.json", "PUT", "/os-services/enable", SERVICE],
  ["os-keypairs/keypairs-post-resp.json", "POST", "/os-keypairs", { keypair: { name: "k" } }],
  [
    "os-consoles/get-vnc-console-post-resp.json",
    "POST",
    `/servers/${id}/action`,
    { "os-getVNCConsole": { type: "novnc" } },
  ],
  [
    "os-console-output/console-output-post-resp.json",
    "POST",
    `/servers/${id}/action`,
    { "os-getConsoleOutput": { length: 50 } },
  ],
];

describe("what is asked is answered in the shape of Nova's samples", () => {
  it.each(ASKED)("%s: %s %s", (sample, method, at, body) => {
    const response = ask(method, at, body);
    expect(response.status).toBe(200);
    expect(differences(shapes[sample] ?? "nothing", response.body, [])).toEqual([]);
  });
});
