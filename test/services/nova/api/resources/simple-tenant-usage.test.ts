/** What projects have used: contrib/simple_tenant_usage.py at 2014.2; novaclient/v1_1/shell.py (do_usage) at 2.20.0. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../../../../src/cloud/cloud.js";
import type { JsonObject } from "../../../../../src/python/index.js";

/** A cloud with a server that has run for an hour. */
function used(): Cloud {
  const cloud = new Cloud({ computes: 1 });
  cloud.user("demo").command("nova boot web --flavor m1.tiny --image cirros");
  cloud.advance("60m");
  return cloud;
}

function ask(cloud: Cloud, path: string, as = "demo"): readonly [number, JsonObject] {
  const request = { to: "compute", method: "GET", path };
  const answer = cloud.kernel.finish(cloud.user(as).beginRequest(request));
  if (answer.kind === "error") throw new Error(answer.message);
  return [answer.response.status, answer.response.body as JsonObject];
}

const PERIOD = "start=2014-09-01T00:00:00&end=2014-09-30T23:59:59";

function usageIn(cloud: Cloud, query = PERIOD): JsonObject {
  const project = cloud.id("project", "demo") ?? "";
  const [, { tenant_usage }] = ask(cloud, `/os-simple-tenant-usage/${project}?${query}`);
  return tenant_usage as JsonObject;
}

const serversIn = (usage: JsonObject) => usage["server_usages"] as readonly JsonObject[];

describe("the usage of a project", () => {
  it("is hours times what the flavor has, from the server's launch to now", () => {
    const cloud = used();
    const usage = usageIn(cloud);
    const [server] = serversIn(usage);
    expect(server).toMatchObject({
      name: "web",
      flavor: "m1.tiny",
      vcpus: 1,
      memory_mb: 512,
      local_gb: 1,
      state: "active",
      ended_at: null,
      tenant_id: cloud.id("project", "demo"),
    });
    const hours = Number(usage["total_hours"]);
    expect(hours).toBeGreaterThan(0.99);
    expect(hours).toBeLessThan(1.01);
    expect(usage["total_memory_mb_usage"]).toBeCloseTo(512 * hours, 6);
    expect(usage["start"]).toBe("2014-09-01T00:00:00.000000");
    expect(Number(server?.["uptime"])).toBeGreaterThan(3590);
  });

  it("keeps what a server has used that is gone, and shows it as terminated", () => {
    const cloud = used();
    cloud.user("demo").command("nova delete web");
    cloud.advance("60m");
    const [server] = serversIn(usageIn(cloud));
    expect(server).toMatchObject({ state: "terminated", name: "web" });
    expect(server?.["ended_at"]).toMatch(/^2014-09-18T05:0\d:\d\d\.000000$/u);
    expect(Number(server?.["hours"])).toBeLessThan(1.01);
  });

  it("counts microseconds ten times, as upstream divides them by 100,000", () => {
    const cloud = used();
    const end = "2014-09-18T05:00:00";
    const whole = Number(usageIn(cloud, `start=2014-09-01T00:00:00&end=${end}`)["total_hours"]);
    const half = usageIn(cloud, `start=2014-09-01T00:00:00&end=${end}.500000`)["total_hours"];
    expect((Number(half) - whole) * 3600).toBeCloseTo(5, 6);
  });

  it("leaves out what has not begun and what was not launched", () => {
    const cloud = used();
    const before = "start=2014-08-01T00:00:00&end=2014-08-31T00:00:00";
    expect(usageIn(cloud, before)).toEqual({});
    cloud.stop("nova-compute@compute-1");
    cloud.user("demo").command("nova boot never --flavor m1.tiny --image cirros");
    cloud.advance("60s");
    expect(serversIn(usageIn(cloud)).map(({ name }) => name)).toEqual(["web"]);
  });

  it.each([
    [
      "start=2014-09-30T00:00:00&end=2014-09-01T00:00:00",
      "Invalid start time. The start time cannot occur after the end time.",
    ],
    ["start=yesterday", "Invalid datetime string: Datetime is in invalid format"],
    [
      "start=2014-02-30T00:00:00&end=2014-09-01T00:00:00",
      "Invalid datetime string: Datetime is in invalid format",
    ],
    ["start=2014-09-01%2000:00:00", "Invalid datetime string: Datetime is in invalid format"],
  ])("refuses %s", (query, message) => {
    const cloud = new Cloud();
    const project = cloud.id("project", "demo") ?? "";
    const answer = ask(cloud, `/os-simple-tenant-usage/${project}?${query}`);
    expect(answer).toEqual([400, { badRequest: { code: 400, message } }]);
  });

  it("is for those of the project, and that of all for administrators", () => {
    const cloud = used();
    const other = cloud.id("project", "admin") ?? "";
    expect(ask(cloud, `/os-simple-tenant-usage/${other}?${PERIOD}`)[0]).toBe(403);
    expect(ask(cloud, `/os-simple-tenant-usage?${PERIOD}`)[0]).toBe(403);
    const [, brief] = ask(cloud, `/os-simple-tenant-usage?${PERIOD}`, "admin");
    const [, full] = ask(cloud, `/os-simple-tenant-usage?${PERIOD}&detailed=1`, "admin");
    const [one] = brief["tenant_usages"] as readonly JsonObject[];
    expect(one).not.toHaveProperty("server_usages");
    expect(serversIn((full["tenant_usages"] as readonly JsonObject[])[0] ?? {})).toHaveLength(1);
  });
});

describe("at the command line", () => {
  it("four weeks until tomorrow are shown, or nothing", () => {
    const cloud = used();
    const { stdout } = cloud.user("demo").command("nova usage");
    expect(stdout.split("\n").slice(0, 4)).toEqual([
      "Usage from 2014-08-21 to 2014-09-19:",
      "+---------+--------------+-----------+---------------+",
      "| Servers | RAM MB-Hours | CPU Hours | Disk GB-Hours |",
      "+---------+--------------+-----------+---------------+",
    ]);
    expect(stdout).toMatch(/\| 1 +\| 5\d\d\.\d\d +\| (?:0\.99|1\.00) /u);
    const none = cloud.user("demo").command("nova usage --start 2014-08-01 --end 2014-08-02");
    expect(none.stdout).toBe("Usage from 2014-08-01 to 2014-08-02:\nNone\n");
    const bad = cloud.user("demo").command("nova usage --start 2014-13-01");
    expect(bad).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining("time data '2014-13-01' does not match format '%Y-%m-%d'"),
    });
    const all = cloud.user("admin").command("nova usage-list");
    expect(all.stdout).toContain(`| ${cloud.id("project", "demo") ?? ""} | 1 `);
  });
});
