/**
 * A boot among services that are down, deaf or forgetful: other-services §1.3, §2.5, §3.8, §11.7,
 * and what nova §0.1 says of messages that wait and messages that are lost.
 */
import { describe, expect, it } from "vitest";
import type { CloudSetup } from "../../src/cloud/cloud.js";
import { BOOT, WholeCloud } from "./bed.js";

const UNFORESEEN =
  "The server has either erred or is incapable of performing the requested operation. (HTTP 500)";

/** A boot that went as far as `until`, when `what` was killed; then a good while. */
function killed(what: string, until: RegExp, options: CloudSetup = {}): WholeCloud {
  const whole = new WholeCloud({ computes: 2, ...options });
  whole.begin(BOOT);
  whole.untilSaid(until);
  whole.cloud.crash(what);
  whole.rest();
  return whole;
}

const HANDED_OVER = /cast build_instances/;

describe("nova-api with a service down (nova §1.2 row 16, other-services §11.7 rows 1 and 2)", () => {
  it.each(["glance-api", "glance-registry", "neutron-server"])("%s: 500", (service) => {
    const whole = new WholeCloud();
    whole.cloud.stop(`${service}@controller`);
    expect(whole.type(BOOT).stderr).toContain(UNFORESEEN);
    expect(whole.cloud.server("t3")).toBeUndefined();
    expect(whole.quota()).toBe("");
  });

  it("keystone: 401 for a token that is not known yet, after four tries; not remembered", () => {
    const whole = new WholeCloud();
    const demo = whole.cloud.user("demo").nova;
    // A login, and no more: nova-api has not seen the token.
    const thread = whole.cloud.user("demo").begin("nova flavor-list");
    whole.when("a token", () => whole.rows("token", "keystone").size > 0);
    whole.cloud.crash("keystone@controller");
    whole.when("an end", () => thread.ended);
    expect(thread.result.exit).toBe(1);
    expect(whole.texts()).toContain("nova-client -> nova-api GET /v2/{tenant}/flavors/detail 401");
    whole.cloud.start("keystone@controller");
    expect(whole.cloud.run(demo.flavors())).not.toEqual([]);
  });

  it("keystone: a token that nova-api and Glance and Neutron know is good for 300 s", () => {
    const whole = new WholeCloud();
    const demo = whole.cloud.user("demo").nova;
    const options = { flavor: "m1.nano", image: "cirros", networks: ["private"] };
    whole.cloud.run(demo.create({ ...options, name: "t2" }));
    whole.rest();
    whole.cloud.crash("keystone@controller");
    whole.cloud.run(demo.create({ ...options, name: "t3" }));
    whole.rest();
    expect(whole.state).toBe("active/-");
    whole.pass(300);
    expect(() => whole.cloud.run(demo.create({ ...options, name: "t4" }))).toThrow();
  });
});

describe("neutron-server that dies before the host asks (other-services §3.8)", () => {
  const whole = killed("neutron-server@controller", HANDED_OVER);

  it("fails in the greenthread, which surfaces in the driver: re-scheduled until no host is left", () => {
    // A failed allocation is an error like any other: another host is tried (nova §1.9).
    expect(whole.attempts()).toEqual(["compute-1", "back", "compute-2", "back"]);
    expect(whole.state).toBe("error/-");
    expect(whole.faults()).toEqual(["500 No valid host was found. "]);
    expect(whole.ports()).toEqual([]);
  });

  it("goes through `networking` again: nothing was allocated", () => {
    expect(whole.states().filter((state) => state === "building/networking")).toHaveLength(2);
  });
});

describe("keystone that dies before the host asks (other-services §10 row 3, §11.7 row 1)", () => {
  it("leaves Nova without Neutron's admin token, though the user's is known", () => {
    const whole = killed("keystone@controller", HANDED_OVER);
    const first = whole.texts().filter((text) => text.startsWith("nova-compute@compute-1 -> "));
    expect(first).toContain(
      "nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 200",
    );
    expect(first).toContain("nova-compute@compute-1 -> controller:35357 POST /v2.0/tokens 0");
    expect(whole.attempts()).toEqual(["compute-1", "back", "compute-2", "back"]);
    expect(whole.state).toBe("error/-");
  });
});

describe("a token that expires between nova-api and the host (other-services §10 row 2, §11.7 row 9)", () => {
  const whole = new WholeCloud({ computes: 1 });
  whole.cloud.crash("nova-compute@compute-1");
  whole.type(BOOT);
  whole.pass(3700);
  whole.mark();
  whole.cloud.start("nova-compute@compute-1");
  whole.rest();

  it("is answered 401 where the user's token is used", () => {
    const refused = whole.texts().filter((text) => text.endsWith(" 401"));
    expect(refused).toEqual([
      "nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 401",
      "nova-compute@compute-1 -> glance-api GET /v1/images/{image} 401",
    ]);
    expect(whole.state).toBe("error/-");
    expect(whole.ports()).toEqual([]);
  });
});

describe("an L2 agent that is dead (other-services §3.8)", () => {
  const AGENT = "neutron-openvswitch-agent@compute-1";

  it("for less than 75 s: bound, never wired, 300 s, error, not re-scheduled", () => {
    const whole = new WholeCloud({ computes: 2 });
    whole.cloud.crash(AGENT);
    whole.type(BOOT);
    whole.pass(290);
    expect(whole.state).toBe("building/spawning");
    expect(whole.ports()).toEqual(["compute-1 ovs DOWN"]);
    whole.pass(30);
    expect(whole.state).toBe("error/spawning");
    expect(whole.attempts()).toEqual(["compute-1"]);
  });

  it("for longer: binding_failed, and every host fails with the same port (pitfall 8)", () => {
    const whole = new WholeCloud({ computes: 3 });
    whole.cloud.crash(AGENT);
    whole.pass(80);
    whole.type(BOOT);
    whole.rest();
    expect(whole.attempts()).toEqual([
      ...["compute-1", "back", "compute-2", "back", "compute-3", "back"],
    ]);
    expect(whole.state).toBe("error/-");
    expect(whole.faults()[0]).toContain("Exceeded max scheduling attempts 3");
    expect(whole.ports()).toEqual(["compute-1 binding_failed DOWN"]);
  });
});

describe("nova-api that is down when the plug event is sent (other-services §3.5)", () => {
  it("never hears of it: one POST, no retry, and the build waits in vain", () => {
    const whole = killed("nova-api@controller", /call update_device_up/);
    whole.cloud.start("nova-api@controller");
    whole.pass(400);
    const sent = whole.texts().filter((text) => text.includes("os-server-external-events"));
    expect(sent).toEqual([
      "neutron-server -> controller:8774 POST /v2/{service}/os-server-external-events 0",
    ]);
    expect(whole.state).toBe("error/spawning");
    expect(whole.ports()).toEqual([]);
  });
});

describe("messages wait for a service that is away (nova §0.1)", () => {
  it("nova-conductor: a cast waits as long as it takes", () => {
    const whole = new WholeCloud();
    whole.cloud.stop("nova-conductor@controller");
    whole.type(BOOT);
    whole.pass(50);
    expect(whole.state).toBe("building/scheduling");
    whole.cloud.start("nova-conductor@controller");
    whole.rest();
    expect(whole.state).toBe("active/-");
  });

  it("nova-conductor in mid-build: calls wait, and under a minute nobody notices", () => {
    const whole = new WholeCloud();
    whole.begin(BOOT);
    whole.until("building/networking");
    whole.cloud.stop("nova-conductor@controller");
    whole.pass(50);
    whole.cloud.start("nova-conductor@controller");
    whole.rest();
    expect(whole.state).toBe("active/-");
  });

  it("nova-conductor for over a minute in mid-build: the call times out, the build is aborted", () => {
    const whole = new WholeCloud({ computes: 2 });
    whole.begin(BOOT);
    whole.untilSaid(/call Instance.save .*task_state=networking/);
    whole.cloud.crash("nova-conductor@controller");
    whole.pass(90);
    whole.cloud.start("nova-conductor@controller");
    whole.rest();
    // The save waited in the queue, and is made though nobody waits for it any more.
    expect(whole.states().slice(-2)).toEqual(["building/networking", "error/networking"]);
    expect(whole.attempts()).toEqual(["compute-1"]);
    expect(whole.faults()).toEqual([
      expect.stringContaining("Failed to allocate the network(s), not rescheduling."),
    ]);
  });

  it("nova-scheduler: the call times out after 60 s, and its late answer is nobody's", () => {
    const whole = new WholeCloud();
    whole.cloud.crash("nova-scheduler@controller");
    whole.type(BOOT);
    whole.pass(59);
    expect(whole.state).toBe("building/scheduling");
    whole.pass(2);
    expect(whole.state).toBe("error/-");
    expect(whole.faults()).toEqual([expect.stringMatching(/^500 Timed out waiting for a reply/)]);
    expect(whole.notifications()).toEqual(["scheduler.run_instance"]);
    whole.cloud.start("nova-scheduler@controller");
    whole.rest();
    expect(whole.notifications().slice(1)).toEqual([
      "scheduler.select_destinations.start",
      "scheduler.select_destinations.end",
    ]);
    expect(whole.state).toBe("error/-");
  });

  it("nova-compute: its build waits too, and is made when the host is back", () => {
    const whole = new WholeCloud();
    whole.cloud.crash("nova-compute@compute-1");
    whole.type(BOOT);
    whole.pass(600);
    expect(whole.state).toBe("building/scheduling");
    whole.cloud.start("nova-compute@compute-1");
    whole.rest();
    expect(whole.state).toBe("active/-");
  });
});

describe("a host whose heartbeat is old (nova §1.5)", () => {
  it("is no candidate after service_down_time: 60 s", () => {
    const whole = new WholeCloud({ computes: 2 });
    whole.cloud.crash("nova-compute@compute-1");
    whole.pass(75);
    whole.type(BOOT);
    whole.rest();
    expect(whole.server.host).toBe("compute-2");
  });
});

describe("an L2 agent whose call is not answered (other-services §3.8)", () => {
  // The details of the second port never arrive; after a minute the agent asks for all it has.
  const whole = new WholeCloud();
  whole.boot();
  whole.cloud.inject({ lose_reply: { method: "get_devices_details_list" } });
  whole.type(BOOT.replace("t3", "t4"));
  whole.pass(80);

  it("scans all of its ports again: those that were ACTIVE go by way of BUILD", () => {
    const [first] = [...whole.rows("ports", "neutron")].map(([id]) => id);
    const statuses = whole.recent.flatMap((each) =>
      each.kind === "db" && each.table === "ports" && each.key === first
        ? [each.changes["status"]?.[1]]
        : [],
    );
    expect(statuses).toEqual(["BUILD", "ACTIVE"]);
    expect(whole.cloud.server("t4")?.status).toBe("ACTIVE");
  });

  it("has Nova told of them again, which nobody there waits for", () => {
    const told = whole
      .texts()
      .filter((text) => text.includes("cast external_instance_event"))
      .map((text) => text.replace(/.*external_instance_event /, ""));
    expect(told.join(", ").split(", ")).toHaveLength(2);
    expect(whole.state).toBe("active/-");
  });
});

describe("a DHCP agent that is dead (other-services §3.8)", () => {
  it("is sent its casts all the same, and no build waits for it", () => {
    const whole = new WholeCloud();
    whole.cloud.crash("neutron-dhcp-agent@controller");
    whole.boot();
    expect(whole.state).toBe("active/-");
  });
});

describe("the driver that only pretends (nova §1.7)", () => {
  const fake = { flags: { compute_driver: "fake.FakeDriver" } };

  it("never waits for the network: ACTIVE is stored while ports are still asked for", () => {
    const whole = new WholeCloud(fake);
    whole.begin(BOOT);
    whole.when("a server", () => whole.cloud.server("t3") !== undefined);
    whole.until("active/-");
    expect(whole.notifications()).not.toContain("compute.instance.create.end");
    whole.rest();
    expect(whole.notifications()).toContain("compute.instance.create.end");
    expect(whole.ports()).toEqual(["compute-1 ovs DOWN"]);
  });

  it("makes an ERROR of an ACTIVE whose network failed, when it tells of the end", () => {
    const whole = killed("neutron-server@controller", HANDED_OVER, fake);
    expect(whole.states().slice(-2)).toEqual(["active/-", "error/-"]);
    expect(whole.attempts()).toEqual(["compute-1"]);
    expect(whole.faults()).toHaveLength(1);
  });
});
