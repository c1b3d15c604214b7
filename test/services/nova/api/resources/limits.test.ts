/** nova/api/openstack/compute/limits.py, contrib/used_limits.py, server_group_quotas.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../../src/python/index.js";
import { ApiBed } from "../bed.js";

const ask = (bed: ApiBed, query = "", as = bed.demo) =>
  bed.ask("GET", `/limits${query}`, undefined, as);

const absolute = (bed: ApiBed, query = "", as = bed.demo): JsonObject =>
  (ask(bed, query, as).body as { limits: { absolute: JsonObject } }).limits.absolute;

describe("limits (nova §5.6)", () => {
  it("tell what there may be and what is used, and no rates", () => {
    const bed = new ApiBed();
    bed.boot({ max_count: 2 });
    expect(ask(bed).body).toEqual({
      limits: {
        rate: [],
        absolute: {
          maxTotalRAMSize: 51_200,
          maxTotalInstances: 10,
          maxTotalCores: 20,
          maxTotalKeypairs: 100,
          maxTotalFloatingIps: 10,
          maxServerMeta: 128,
          maxImageMeta: 128,
          maxPersonality: 5,
          maxPersonalitySize: 10_240,
          maxSecurityGroups: 10,
          maxSecurityGroupRules: 20,
          maxServerGroups: 10,
          maxServerGroupMembers: 10,
          totalRAMUsed: 1024,
          totalCoresUsed: 2,
          totalInstancesUsed: 2,
          totalFloatingIpsUsed: 0,
          totalSecurityGroupsUsed: 1,
          totalServerGroupsUsed: 0,
        },
      },
    });
  });

  // nova/db/sqlalchemy/api.py (_security_group_ensure_default) at 2014.2.
  it("count Nova's own group `default`, which the first boot of a project makes", () => {
    const bed = new ApiBed();
    expect(absolute(bed)).toMatchObject({ totalSecurityGroupsUsed: 0 });
    bed.boot();
    bed.boot();
    expect(absolute(bed)).toMatchObject({ totalSecurityGroupsUsed: 1 });
  });

  it("count what is reserved as well, for any number but 0", () => {
    const bed = new ApiBed();
    const usage = { project_id: bed.demo.project, user_id: null, until_refresh: null };
    bed.db.quota_usages.insert({ ...usage, resource: "floating_ips", in_use: 2, reserved: 3 });
    const used = (query: string) => absolute(bed, query)["totalFloatingIpsUsed"];
    expect(["", "?reserved=0", "?reserved=x", "?reserved="].map(used)).toEqual([2, 2, 2, 2]);
    expect(["?reserved=1", "?reserved=-2"].map(used)).toEqual([5, 5]);
  });

  it("are another project's for administrators, but for those of server groups", () => {
    const bed = new ApiBed();
    bed.boot();
    const quota_set = { cores: 7, server_groups: 3 };
    bed.ask("PUT", `/os-quota-sets/${bed.demo.project}`, { quota_set }, bed.admin);
    expect(absolute(bed, `?tenant_id=${bed.demo.project}`, bed.admin)).toMatchObject({
      maxTotalCores: 7,
      maxServerGroups: 10,
      totalCoresUsed: 1,
    });
  });

  it("are refused to users who name a project, in two ways", () => {
    const bed = new ApiBed();
    expect(bed.told(ask(bed, `?tenant_id=${bed.admin.project}`))).toBe("403 Not authorized.");
    expect(bed.told(ask(bed, `?tenant_id=${bed.demo.project}`))).toBe(
      "403 Policy doesn't allow compute_extension:used_limits_for_admin to be performed.",
    );
  });
});

describe("rate limits (nova/api/openstack/compute/limits.py, 2014.2)", () => {
  const LIMITED = { api_rate_limit: true };
  const rates = (bed: ApiBed) =>
    (ask(bed).body as { limits: { rate: { uri: string; limit: JsonObject[] }[] } }).limits.rate;
  const posts = (bed: ApiBed, times: number) =>
    Array.from({ length: times }, () => bed.ask("POST", "/os-keypairs", { keypair: {} }).status);

  it("views/limits.py:67: are shown together by what they are about", () => {
    const bed = new ApiBed(LIMITED);
    const shown = rates(bed).map(({ uri, limit }) => [
      uri,
      ...limit.map(({ verb, value }) => `${verb as string} ${String(value as number)}`),
    ]);
    expect(shown).toEqual([
      ["*", "POST 120", "PUT 120", "DELETE 120"],
      ["*/servers", "POST 120"],
      ["*changes-since*", "GET 120"],
      ["*/os-fping", "GET 12"],
    ]);
    expect(rates(bed)[0]?.limit[0]).toMatchObject({
      remaining: 120,
      unit: "MINUTE",
      "next-available": "2014-09-18T04:03:09Z",
    });
  });

  it("limits.py:168: let 120 of a kind pass in a minute, and say after how long there is room again", () => {
    const bed = new ApiBed(LIMITED);
    // The bucket leaks while they are answered.
    const answers = posts(bed, 130);
    expect(new Set(answers.slice(0, 120))).toEqual(new Set([400]));
    expect(answers.at(-1)).toBe(429);
    expect(rates(bed)[0]?.limit[0]).toMatchObject({ remaining: 0 });
    const { headers, body } = bed.ask("POST", "/os-keypairs", { keypair: {} });
    expect(headers["retry-after"]).toBe("1");
    expect(body).toEqual({
      overLimit: {
        code: 429,
        message: "This request was rate-limited.",
        details: "Only 120 POST request(s) can be made to * every minute.",
        retryAfter: "1",
      },
    });
  });

  it("limits.py:168: compare whole URLs with `^/servers`, so that it is the limit of all POSTs that counts", () => {
    const bed = new ApiBed(LIMITED);
    bed.ask("POST", "/servers", {});
    const [all, servers] = rates(bed).map(({ limit }) => limit[0]?.["remaining"]);
    expect([all, servers]).toEqual([119, 120]);
  });

  it("limits.py:308: are each user's own", () => {
    const bed = new ApiBed(LIMITED);
    expect(posts(bed, 130)).toContain(429);
    expect(bed.ask("POST", "/os-keypairs", { keypair: {} }, bed.admin).status).toBe(400);
  });

  it("auth.py:65: there are none unless the flag says so", () => {
    const bed = new ApiBed();
    expect(posts(bed, 130)).not.toContain(429);
    expect(rates(bed)).toEqual([]);
  });
});

it("limits.py:103: the other methods of the resource are there to say that they are not", () => {
  const bed = new ApiBed();
  const words =
    "501 The server has either erred or is incapable of performing the requested operation.";
  expect(bed.told(bed.ask("POST", "/limits"))).toBe(words);
  expect(bed.told(bed.ask("GET", "/limits/detail"))).toBe(words);
  expect(bed.told(bed.ask("PUT", "/limits/a", {}))).toBe(words);
  expect(bed.told(bed.ask("DELETE", "/limits/a"))).toBe(words);
});
