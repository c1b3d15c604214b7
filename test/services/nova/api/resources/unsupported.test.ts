/**
 * What Juno's API has and a cloud with Neutron, without cells and without fping answers with a refusal, and what works
 * on tables of Nova's own there. Upstream: the files of nova/api/openstack/compute/contrib at 2014.2 that tests name.
 */
import { expect, it, test } from "vitest";
import type { Json } from "../../../../../src/python/index.js";
import { ApiBed } from "../bed.js";

const UNFORESEEN =
  "500 The server has either erred or is incapable of performing the requested operation.";
const UNPROCESSABLE = "422 Unable to process the contained instructions";
const asAdmin = (bed: ApiBed, method: string, path: string, body?: Json): string =>
  bed.told(bed.ask(method, path, body, bed.admin));

it.each<[string, string, Json | undefined, string]>([
  ["GET", "/os-cells", undefined, "501 Cells is not enabled."],
  ["GET", "/os-cells/info", undefined, "501 Cells is not enabled."],
  ["POST", "/os-cells/sync_instances", {}, "501 Cells is not enabled."],
  ["GET", "/os-fping", undefined, "503 fping utility is not found."],
  ["GET", "/os-floating-ip-dns", undefined, UNFORESEEN],
  ["PUT", "/os-floating-ip-dns/a", { domain_entry: { scope: "x" } }, UNPROCESSABLE],
  ["PUT", "/os-floating-ip-dns/a", { domain_entry: { scope: "public" } }, UNFORESEEN],
  ["PUT", "/os-floating-ip-dns/a/entries/b", { dns_entry: { ip: "1.2.3.4" } }, UNPROCESSABLE],
  ["GET", "/os-floating-ip-dns/a/entries/b", undefined, UNFORESEEN],
  [
    "GET",
    "/os-security-group-default-rules",
    undefined,
    "501 Network driver does not support this function.",
  ],
  ["POST", "/os-security-group-default-rules", {}, UNPROCESSABLE],
  [
    "POST",
    "/os-security-group-default-rules",
    { security_group_default_rule: { ip_protocol: "tcp" } },
    "400 Not enough parameters to build a valid rule.",
  ],
  [
    "DELETE",
    "/os-security-group-default-rules/1",
    undefined,
    "400 Security group id should be uuid",
  ],
  [
    "POST",
    "/os-networks/n/action",
    { disassociate: null },
    "501 Disassociate network is not implemented by the configured Network API",
  ],
  [
    "POST",
    "/os-networks/n/action",
    { associate_host: "h" },
    "501 Associate host is not implemented by the configured Network API",
  ],
  ["POST", "/os-networks/n/action", { moon: 1 }, "400 There is no such action: moon"],
  ["POST", "/os-tenant-networks", { network: { label: "a" } }, "400 No CIDR requested"],
  [
    "POST",
    "/os-tenant-networks",
    { network: { label: "a", cidr: "10.0.0.0/31" } },
    "400 Requested network does not contain enough (2+) usable hosts",
  ],
  [
    "POST",
    "/os-tenant-networks",
    { network: { label: "a", cidr: "10.x" } },
    "400 CIDR is malformed.",
  ],
  [
    "POST",
    "/os-tenant-networks",
    { network: { label: "a", cidr: "10.0.0.0/24" } },
    "503 Create networks failed",
  ],
  ["DELETE", "/os-tenant-networks/n", undefined, UNFORESEEN],
  ["GET", "/os-tenant-networks/n", undefined, "404 Network not found"],
  ["GET", "/os-fixed-ips/10.0.0.9", undefined, "404 Fixed ip not found for address 10.0.0.9."],
  ["POST", "/os-fixed-ips/10.0.0.9/action", {}, "400 No valid action specified"],
  ["POST", "/os-fixed-ips/10.0.0.9/action", { reserve: null }, "404 Fixed IP 10.0.0.9 not found"],
])("%s %s %j: %s", (method, path, body, told) => {
  expect(asAdmin(new ApiBed(), method, path, body)).toBe(told);
});

test("contrib/floating_ips_bulk.py: addresses of Nova's own are made, listed and deleted", () => {
  const bed = new ApiBed();
  const path = "/os-floating-ips-bulk";
  const create = (params: Json) =>
    bed.ask("POST", path, { floating_ips_bulk_create: params }, bed.admin);
  expect(create({ ip_range: "192.168.1.0/30" }).body).toEqual({
    floating_ips_bulk_create: { ip_range: "192.168.1.0/30", pool: "nova", interface: "eth0" },
  });
  expect(bed.told(create({ ip_range: "192.168.1.2" }))).toBe(
    "400 Floating ip 192.168.1.2 already exists.",
  );
  expect(bed.told(create({ ip_range: "192.168.1.0/31" }))).toBe(
    "400 Invalid input received: /31 should be specified as single address(es) not in cidr format",
  );
  expect(bed.told(create({}))).toBe(UNPROCESSABLE);
  const of = (address: string) => ({
    address,
    pool: "nova",
    interface: "eth0",
    project_id: null,
    instance_uuid: null,
  });
  expect(bed.ask("GET", path, undefined, bed.admin).body).toEqual({
    floating_ip_info: [of("192.168.1.1"), of("192.168.1.2")],
  });
  expect(asAdmin(bed, "GET", `${path}/h`)).toBe("404 Floating ip not found for host h.");
  expect(asAdmin(bed, "PUT", `${path}/drop`, { ip_range: "192.168.1.1" })).toBe(
    "404 Unknown action",
  );
  bed.ask("PUT", `${path}/delete`, { ip_range: "192.168.1.0/30" }, bed.admin);
  expect(bed.ask("GET", path, undefined, bed.admin).body).toEqual({ floating_ip_info: [] });
  expect(bed.told(bed.ask("GET", path))).toBe(
    "403 Policy doesn't allow compute_extension:floating_ips_bulk to be performed.",
  );
});

test("nova/db/sqlalchemy/api.py:780: of addresses of which one is there already none is made", () => {
  const bed = new ApiBed();
  const path = "/os-floating-ips-bulk";
  const create = (ip_range: string) =>
    bed.told(bed.ask("POST", path, { floating_ips_bulk_create: { ip_range } }, bed.admin));
  expect(create("192.168.1.3")).toBe("200");
  expect(create("192.168.1.0/29")).toBe("400 Floating ip 192.168.1.3 already exists.");
  const { body } = bed.ask("GET", path, undefined, bed.admin);
  expect(body).toMatchObject({ floating_ip_info: [{ address: "192.168.1.3" }] });
});

test("nova/db/sqlalchemy/api.py:838: addresses that are nobody's are given back by whoever deletes them", () => {
  const bed = new ApiBed();
  const path = "/os-floating-ips-bulk";
  const ip_range = "192.168.1.0/30";
  bed.ask("POST", path, { floating_ips_bulk_create: { ip_range } }, bed.admin);
  bed.ask("PUT", `${path}/delete`, { ip_range }, bed.admin);
  const { body } = bed.ask("GET", "/limits", undefined, bed.admin);
  expect(body).toMatchObject({ limits: { absolute: { totalFloatingIpsUsed: -2 } } });
});

test("contrib/agents.py: builds are made once, changed and deleted", () => {
  const bed = new ApiBed();
  const agent = {
    hypervisor: "xen",
    os: "linux",
    architecture: "x86",
    version: "7.0",
    url: "http://a/b",
    md5hash: "add6bb58e139be103324d04d82d8f545",
  };
  const post = (body: Json) => bed.ask("POST", "/os-agents", body, bed.admin);
  expect(post({ agent }).body).toEqual({ agent: { ...agent, agent_id: 1 } });
  expect(bed.told(post({ agent }))).toBe(
    "409 Agent-build with hypervisor xen os linux architecture x86 exists.",
  );
  expect(bed.told(post({ agent: { ...agent, os: undefined } as unknown as Json }))).toBe(
    "400 Invalid request body: 'os'",
  );
  const { version, url, md5hash } = agent;
  const put = (id: string) =>
    bed.ask("PUT", `/os-agents/${id}`, { para: { version: "8", url, md5hash } }, bed.admin);
  expect(put("1").body).toEqual({ agent: { agent_id: "1", version: "8", url, md5hash } });
  expect(bed.told(put("9"))).toBe("404 No agent-build associated with id 9.");
  expect(bed.told(put("x"))).toBe(
    "400 Invalid request body: invalid literal for int() with base 10: 'x'",
  );
  const list = (query: string) => bed.ask("GET", `/os-agents${query}`, undefined, bed.admin).body;
  expect(list("?hypervisor=xen")).toEqual({ agents: [{ ...agent, version: "8", agent_id: 1 }] });
  expect(list("?hypervisor=kvm")).toEqual({ agents: [] });
  expect(version).toBe("7.0");
  expect(bed.ask("DELETE", "/os-agents/1", undefined, bed.admin).status).toBe(200);
  expect(list("")).toEqual({ agents: [] });
});

test("contrib/instance_usage_audit_log.py: how far hosts have got in the last period", () => {
  const bed = new ApiBed();
  bed.host("c1");
  bed.host("c2");
  bed.db.task_log.insert({
    task_name: "instance_usage_audit",
    period_beginning: "2014-08-01 00:00:00",
    period_ending: "2014-09-01 00:00:00",
    host: "c1",
    state: "DONE",
    message: "Instance usage audit ran for host c1, 3 instances in 0 seconds.",
    task_items: 3,
    errors: 1,
  });
  const path = "/os-instance_usage_audit_log";
  expect(bed.ask("GET", path, undefined, bed.admin).body).toEqual({
    instance_usage_audit_logs: {
      period_beginning: "2014-08-01 00:00:00",
      period_ending: "2014-09-01 00:00:00",
      num_hosts: 2,
      num_hosts_done: 1,
      num_hosts_running: 0,
      num_hosts_not_run: 1,
      hosts_not_run: ["c2"],
      total_instances: 3,
      total_errors: 1,
      overall_status: "1 of 2 hosts done. 1 errors.",
      log: {
        c1: {
          state: "DONE",
          instances: 3,
          errors: 1,
          message: "Instance usage audit ran for host c1, 3 instances in 0 seconds.",
        },
      },
    },
  });
  const before = bed.ask("GET", `${path}/2014-08-02 10:00:00`, undefined, bed.admin);
  expect(before.body).toMatchObject({
    instance_usage_audit_log: { period_ending: "2014-08-01 00:00:00", log: {} },
  });
  expect(asAdmin(bed, "GET", `${path}/yesterday`)).toBe("400 Invalid timestamp for date yesterday");
});
