/**
 * What becomes of a build that fails, cause by cause: the failure matrix of nova §1.9, as seen from
 * outside on a whole cloud. No cause is faked inside a service: hypervisors fail, agents and services
 * are killed, users delete, an operator writes to the database over the bus.
 *
 * Not here: what only nova-network raises (FixedIpLimitExceeded, NoMoreNetworks), what nova-api has
 * ruled out before (FlavorDiskTooSmall), groups, volumes; see test/services/nova/compute.
 */
import { describe, expect, it } from "vitest";
import type { CloudSetup } from "../../src/cloud/cloud.js";
import { BOOT, WholeCloud } from "./bed.js";

const SCHEDULED = ["scheduler.select_destinations.start", "scheduler.select_destinations.end"];
const created = (...suffixes: string[]): string[] =>
  suffixes.map((suffix) => `compute.instance.${suffix}`);
const FAILED_SPAWN = created("create.start", "shutdown.start", "shutdown.end", "create.error");

/** A build that ended, after `spoil`. */
function build(
  spoil: (whole: WholeCloud) => void,
  options: CloudSetup = {},
  line = BOOT,
  user = "demo",
): WholeCloud {
  const whole = new WholeCloud({ computes: 2, ...options });
  spoil(whole);
  whole.type(line, user);
  whole.rest();
  whole.pass(400);
  return whole;
}

const spawnFails =
  (...hosts: readonly string[]) =>
  (whole: WholeCloud): void => {
    for (const host of hosts) whole.cloud.inject({ driver: "spawn", host });
  };

describe("a driver that cannot spawn (nova §1.9)", () => {
  const whole = build(spawnFails("compute-1"));

  it("gives the build back to the conductor, and another host builds it (pitfall 2)", () => {
    expect(whole.attempts()).toEqual(["compute-1", "back", "compute-2"]);
    expect(whole.state).toBe("active/-");
    expect(whole.server.host).toBe("compute-2");
    expect(whole.texts().filter((text) => /^nova-compute.* -> nova-scheduler/.test(text))).toEqual(
      [],
    );
  });

  it("does not go through `networking` a second time: the network is there (nova §1.4)", () => {
    expect(whole.states()).toEqual([
      "building/scheduling",
      "building/-",
      "building/networking",
      "building/block_device_mapping",
      "building/spawning",
      "building/scheduling",
      "building/-",
      "building/block_device_mapping",
      "building/spawning",
      "active/-",
    ]);
  });

  it("notifies of the guest's removal before the error, and of no end of the failed attempt", () => {
    expect(whole.notifications()).toEqual([
      ...SCHEDULED,
      ...FAILED_SPAWN,
      ...SCHEDULED,
      ...created("create.start", "create.end"),
    ]);
  });

  it("keeps the port, which stays bound to the first host (pitfall 8)", () => {
    const made = whole.texts().filter((text) => text.includes("POST /v2.0/ports"));
    expect(made).toEqual(["nova-compute@compute-1 -> neutron-server POST /v2.0/ports.json 201"]);
    expect(whole.texts().filter((text) => text.includes("DELETE /v2.0/ports"))).toEqual([]);
    expect(whole.ports()).toEqual([expect.stringMatching(/^compute-1 ovs/)]);
  });

  it("leaves no fault and keeps the quota (nova §1.9)", () => {
    expect(whole.faults()).toEqual([]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
  });

  it("records the first event as a success, and never ends the second (pitfall 26)", () => {
    expect(whole.events()).toEqual([
      "compute_build_and_run_instance Success",
      "compute_build_and_run_instance -",
    ]);
  });
});

describe("three hosts that cannot spawn (nova §1.10)", () => {
  const whole = build(spawnFails("compute-1", "compute-2", "compute-3", "compute-4"), {
    computes: 4,
  });

  it("are as many as are tried; the fourth attempt is none", () => {
    expect(whole.attempts()).toEqual([
      ...["compute-1", "back", "compute-2", "back", "compute-3", "back"],
    ]);
  });

  it("end in error/-, written by the conductor, with one fault that tells the last exception", () => {
    expect(whole.state).toBe("error/-");
    expect(whole.faults()).toEqual([
      expect.stringMatching(
        /^500 No valid host was found\. Exceeded max scheduling attempts 3 for instance .*\. Last exception: \[u'Traceback/,
      ),
    ]);
    expect(whole.notifications().slice(-2)).toEqual([
      "compute.instance.create.error",
      "scheduler.run_instance",
    ]);
  });

  it("do not give the port back: it stays until the server is deleted (nova §1.10 row 5)", () => {
    expect(whole.ports()).toHaveLength(1);
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.ports()).toEqual([]);
  });
});

describe("no host for it at all (nova §1.10)", () => {
  const whole = build(
    () => undefined,
    { flavors: [{ name: "huge", ram_mb: 40_000, vcpus: 1, disk_gb: 1 }] },
    BOOT.replace("m1.nano", "huge"),
  );

  it("is error/- with the fixed text and an empty reason, and no end of the scheduling", () => {
    expect(whole.states()).toEqual(["building/scheduling", "error/-"]);
    expect(whole.faults()).toEqual(["500 No valid host was found. "]);
    expect(whole.notifications()).toEqual([SCHEDULED[0], "scheduler.run_instance"]);
    expect(whole.server.host).toBeNull();
  });

  it("keeps its quota until it is deleted, which nova-api does alone (pitfalls 1, 7, 15)", () => {
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 40000+0");
    whole.type("nova delete t3");
    expect(whole.quota()).toBe("instances 0+0, cores 0+0, ram 0+0");
  });
});

describe("a failure that no other host is asked to mend (nova §1.9)", () => {
  const aborted = (reason: string): RegExp =>
    new RegExp(`^500 Build of instance \\S+ aborted: ${reason}$`);
  const gaveBack = /^500 Build of instance \S+ was re-scheduled: internal error: spawn failed/;
  const agentDead = (whole: WholeCloud): void => {
    whole.cloud.crash("neutron-openvswitch-agent@compute-1");
  };
  const admin = [BOOT.replace("t3", "t3 --availability-zone nova:compute-1"), "admin"] as const;

  it.each([
    {
      cause: "a VIF that is never plugged",
      made: () => build(agentDead),
      fault: aborted("Failed to allocate the network\\(s\\), not rescheduling\\."),
      notified: FAILED_SPAWN,
    },
    {
      cause: "a failed spawn that cannot be cleaned up",
      made: () =>
        build((whole) => {
          spawnFails("compute-1")(whole);
          whole.cloud.inject({ driver: "destroy", host: "compute-1" });
        }),
      fault: aborted("Could not clean up failed build, not rescheduling"),
      // The clean-up has begun before it fails.
      notified: created("create.start", "shutdown.start", "create.error"),
    },
    {
      cause: "a forced host",
      made: () => build(spawnFails("compute-1"), {}, ...admin),
      fault: gaveBack,
      notified: FAILED_SPAWN,
    },
    {
      cause: "scheduler_max_attempts 1",
      made: () => build(spawnFails("compute-1"), { flags: { scheduler_max_attempts: 1 } }),
      fault: gaveBack,
      notified: FAILED_SPAWN,
    },
  ])("$cause: error/spawning, a fault, no ports (pitfall 7)", ({ made, fault, notified }) => {
    const whole = made();
    expect(whole.attempts()).toEqual(["compute-1"]);
    expect(whole.state).toBe("error/spawning");
    expect(whole.server.host).toBe("compute-1");
    expect(whole.faults()).toEqual([expect.stringMatching(fault)]);
    expect(whole.notifications()).toEqual([...SCHEDULED, ...notified]);
    expect(whole.ports()).toEqual([]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
    expect(whole.events()).toEqual(["compute_build_and_run_instance Success"]);
  });

  it("leaves a server that can be deleted, and nothing else done to it (nova §1.9)", () => {
    const whole = build(agentDead);
    const { stderr } = whole.type("nova shelve t3");
    expect(stderr).toContain("Cannot 'shelve' while instance is in vm_state error (HTTP 409)");
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.server.status).toBe("DELETED");
    expect(whole.quota()).toBe("instances 0+0, cores 0+0, ram 0+0");
  });
});

describe("a VIF that is never plugged, where that is not fatal (nova §1.7)", () => {
  it("is waited for, and the guest runs all the same", () => {
    const whole = build(
      (each) => {
        each.cloud.crash("neutron-openvswitch-agent@compute-1");
      },
      { flags: { vif_plugging_is_fatal: false } },
    );
    expect(whole.state).toBe("active/-");
    expect(whole.ports()).toEqual(["compute-1 ovs DOWN"]);
  });
});

describe("a claim that is refused (nova §1.9, §1.6)", () => {
  // Two builds wait for a host that is away; a scheduler that has forgotten the first sends both.
  const whole = new WholeCloud({
    computes: [
      { name: "compute-1", memory_mb: 2000 },
      { name: "compute-2", memory_mb: 1900 },
    ],
    flavors: [{ name: "big", ram_mb: 1600, vcpus: 1, disk_gb: 1 }],
  });
  whole.cloud.crash("nova-compute@compute-1");
  whole.type(BOOT.replace("t3", "first").replace("m1.nano", "big"));
  whole.cloud.stop("nova-scheduler@controller");
  whole.cloud.start("nova-scheduler@controller");
  whole.mark();
  whole.type(BOOT.replace("m1.nano", "big"));
  whole.cloud.start("nova-compute@compute-1");
  whole.rest();

  it("is re-scheduled before any port was made, and the next host makes one", () => {
    expect(whole.attempts()).toEqual(["compute-1", "back", "compute-2"]);
    expect(whole.state).toBe("active/-");
    expect(whole.ports()).toEqual(["compute-1 ovs ACTIVE", "compute-2 ovs ACTIVE"]);
    expect(whole.faults()).toEqual([]);
  });

  it("tells of an error, and of no shutdown: there was nothing to shut down", () => {
    expect(whole.notifications().filter((type) => /shutdown|error/.test(type))).toEqual(
      created("create.error"),
    );
  });
});
