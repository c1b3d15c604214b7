/**
 * What random scenarios have found by the meeting of two causes, or at a moment at which somebody is away: each cut to what it takes, and
 * the same without its ground. Upstream's lines are those of 2014.2.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { loadScenario, runScenario } from "../../src/scenario/index.js";
import { novaDatabase } from "../../src/services/nova/project.js";

class OpenCloud extends Cloud {
  get nova() {
    return this.stored(novaDatabase);
  }

  kinds(): string[] {
    return this.invariants()
      .filter(({ where }) => where !== "neutron.ports")
      .map(({ invariant, exception }) => `${invariant} ${exception ?? "-"}`);
  }
}

const BOOT = "run: nova boot t1 --flavor m1.nano --image cirros --nic net-id=private";
const ASKED = "expect: { exit: any }";

/** A cloud of two hosts after these steps. */
function after(steps: readonly string[], flags = "{}"): OpenCloud {
  const text = [
    "scenario: x",
    `cloud: { computes: 2, flags: ${flags} }`,
    "steps:",
    ...steps.map((step) => `  - { ${step} }`),
  ].join("\n");
  const loaded = loadScenario({ file: "x.yaml", text });
  if (!loaded.ok) expect.fail(JSON.stringify(loaded.problems));
  let cloud: OpenCloud | undefined;
  const makeWorld = (options: ConstructorParameters<typeof Cloud>[0]) =>
    (cloud = new OpenCloud(options));
  expect(runScenario({ loaded, makeWorld, version: "0" }).failures).toEqual([]);
  return cloud ?? expect.fail();
}

describe("a server that is moved to a host that is away", () => {
  // nova/conductor/manager.py:507 and :538: who was chosen is in the message alone, until it has made its claim.
  const moved = (crash: string): OpenCloud =>
    after([
      BOOT,
      "advance: 20s",
      `crash: "${crash}"`,
      `run: 'nova migrate {{server t1}}', as: admin, ${ASKED}`,
      "advance: 30s",
    ]);

  it("waits for it, and that is why", () => {
    const cloud = moved("nova-compute@compute-2");
    expect(cloud.server("t1")?.task_state).toBe("resize_prep");
    expect(cloud.kinds()).toEqual(["at-rest state-before-message"]);
  });

  it("has no such reason where nobody was away", () => {
    const cloud = after([BOOT, "advance: 20s"]);
    const { id = expect.fail() } = cloud.server("t1") ?? {};
    cloud.nova.instances.update(id, { task_state: "resize_prep" });
    expect(cloud.kinds()).toEqual(["at-rest -"]);
  });
});

describe("a server that is made anew elsewhere after a live migration", () => {
  const evacuated = (): OpenCloud =>
    after([
      BOOT,
      "advance: 20s",
      `run: 'nova live-migration --block-migrate {{server t1}} compute-2', as: admin`,
      "advance: 20s",
      "crash: compute-2",
      "advance: 70s",
      `run: nova host-evacuate compute-2, as: admin`,
      "advance: 1m",
    ]);

  // nova/compute/manager.py:5164-5171: the row has the new host, and no migration has the old one.
  it("has its guest on the host that is away until that is back (died-in-mid-work)", () => {
    const cloud = evacuated();
    expect(cloud.server("t1")?.host).toBe("compute-1");
    expect(cloud.kinds()).toContain("one-host died-in-mid-work");
    // Somebody who never asked for that.
    for (const { id, action } of cloud.nova.instance_actions.find()) {
      if (action === "evacuate") cloud.nova.instance_actions.update(id, { action: "reboot" });
    }
    expect(cloud.kinds()).toContain("one-host -");
  });
});

describe("a server that is reclaimed", () => {
  const flags = "{ reclaim_instance_interval: 60 }";

  // nova/compute/manager.py (_reclaim_queued_deletes) logs it and leaves the server as it is; _shutdown_instance has given its ports back by then.
  it("and whose guest cannot be destroyed keeps its taps without ports (failed-destroy-frees-ports)", () => {
    const fault = (host: string) =>
      `fault: { driver: destroy, host: ${host}, times: 9, error: no luck }`;
    const faults = [fault("compute-1"), fault("compute-2")];
    const cloud = after(
      [BOOT, "advance: 20s", ...faults, "run: nova delete t1", "advance: 3m"],
      flags,
    );
    expect(cloud.server("t1")?.vm_state).toBe("soft-delete");
    expect(cloud.kinds()).toEqual(["owner failed-destroy-frees-ports"]);
    cloud.user("admin").command("nova reset-state {{server t1}}");
    cloud.settle();
    expect(cloud.kinds()).toContain("owner failed-destroy-frees-ports");
    expect(cloud.kinds()).not.toContain("owner -");
  });

  it("has no such reason where another host has failed, and somebody has deleted its port", () => {
    const boot = (name: string, host: string) =>
      `${BOOT.replace("t1", name)} --availability-zone nova:${host}, as: admin`;
    const fault = "fault: { driver: pause, host: compute-2, times: 1, error: no luck }";
    const steps = [
      boot("t1", "compute-1"),
      boot("t2", "compute-2"),
      "advance: 20s",
      "run: nova delete t1, as: admin",
    ];
    const cloud = after([...steps, fault, "run: nova pause t2, as: admin", "advance: 10s"], flags);
    expect(cloud.server("t1")?.host).toBe("compute-1");
    const [port = expect.fail()] = cloud.ports({ device_id: cloud.server("t1")?.id ?? "" });
    cloud.user("admin").command(`neutron port-delete ${port.id}`);
    cloud.settle();
    expect(cloud.kinds()).toContain("owner port-deleted-behind-nova");
    expect(cloud.kinds()).not.toContain("owner failed-destroy-frees-ports");
  });
});

describe("a server that is deleted softly twice", () => {
  const flags = "{ reclaim_instance_interval: 3600 }";
  const BROUGHT_BACK = "run: 'nova reset-state --active {{server t1}}', as: admin";
  const twice = (steps: readonly string[]): OpenCloud =>
    after([BOOT, "advance: 20s", "run: nova delete t1", "advance: 20s", ...steps], flags);

  // nova/compute/manager.py:2615 commits once all is done, so a host that ends before it hears of that has given back all the same.
  it("has given back twice what it used, though its host has ended in the midst (deleted-twice-given-back-twice)", () => {
    const lost = "fault: { lose_reply: { method: object_action, nth: 2 } }";
    const ended = "crash: nova-compute@compute-1";
    const cloud = twice([BROUGHT_BACK, lost, "run: nova delete t1", "advance: 1s", ended]);
    const ends = cloud.nova.instance_actions_events
      .find()
      .filter(({ event }) => event === "compute_soft_delete_instance")
      .map(({ result }) => result);
    expect(ends).toEqual(["Success", null]);
    expect(new Set(cloud.kinds())).toEqual(
      new Set(["quota deleted-twice-given-back-twice", "outcome died-in-mid-work"]),
    );
  });

  it("has no such reason where the second delete has failed by itself", () => {
    const fault = "fault: { driver: power_off, host: compute-1, times: 9, error: no luck }";
    const cloud = twice([BROUGHT_BACK, fault, fault.replace("-1", "-2"), "run: nova delete t1"]);
    const once = "quota deleted-twice-given-back-twice";
    expect(cloud.kinds().filter((kind) => kind.startsWith("quota"))).toEqual([once, once, once]);
    for (const { id, in_use, resource } of cloud.nova.quota_usages.find()) {
      if (resource === "instances") cloud.nova.quota_usages.update(id, { in_use: in_use - 1 });
    }
    expect(cloud.kinds()).toContain("quota -");
  });
});

describe("a build whose server is deleted before it has a host", () => {
  // nova/conductor/manager.py:622-627 passes it over: that its server is gone is all that is told.
  it("has come to its end", () => {
    const cloud = after([
      "fault: { delay: { method: select_destinations, by: 5s } }",
      BOOT,
      "run: nova delete t1",
    ]);
    expect(cloud.kinds()).toEqual([]);
    const [row = expect.fail()] = cloud.nova.instances.findAny();
    expect(row.deleted).not.toBe(0);
    // On a host it would have been for that host to say how it ended.
    cloud.nova.instances.updateAny(row.uuid, { host: "compute-1" });
    expect(cloud.kinds()).toEqual(["outcome state-before-message"]);
  });
});

describe("a live migration", () => {
  // nova/virt/libvirt/driver.py:5250 spawns it, and nobody waits for it.
  it("that fails when the guest has gone leaves its server migrating, and the run goes on", () => {
    const move = "run: 'nova live-migration --block-migrate {{server t1}} compute-2', as: admin";
    const crash = 'crash: "neutron-server@controller"';
    const cloud = after([BOOT, "advance: 20s", move, "advance: 59ms", crash, "advance: 1m"]);
    expect(cloud.server("t1")?.task_state).toBe("migrating");
    expect(cloud.kinds().filter((kind) => kind.endsWith("-"))).toEqual([]);
    expect(cloud.kinds()).toContain("one-host died-in-mid-work");
  });
});

describe("a live migration to a host that ends meanwhile", () => {
  // nova/compute/manager.py:5080-5081 (_post_live_migration) casts to a host that is not there to hear it.
  it("leaves the guest there, and its server migrating on the host that it has left (died-in-mid-work)", () => {
    const cloud = after([
      BOOT,
      "run: nova boot t2 --flavor m1.nano --image cirros --nic net-id=private",
      "advance: 20s",
      "run: 'nova live-migration --block-migrate {{server t1}} compute-2', as: admin",
      "advance: 300ms",
      "crash: compute-2",
      // Of what waits for that host this is known to be of another server.
      "run: nova pause t2",
      "advance: 3s",
    ]);
    const { id = "", host, task_state } = cloud.server("t1") ?? {};
    expect([cloud.server("t2")?.host, host, task_state]).toEqual([
      "compute-2",
      "compute-1",
      "migrating",
    ]);
    expect(cloud.guests().map((guest) => guest.host)).toEqual(["compute-2", "compute-2"]);
    expect(cloud.kinds()).toContain("one-host died-in-mid-work");
    expect(cloud.kinds().filter((kind) => kind.endsWith("-"))).toEqual([]);
    // Where nobody says that it migrates, the host that is away is no reason.
    cloud.nova.instances.update(id, { task_state: null });
    expect(cloud.kinds()).toContain("one-host -");
  });
});

describe("a build whose clean-up fails as well", () => {
  // nova/compute/manager.py:2241-2250 ends it there; a delete finds no guest, and unplugs what its cache knows, which is nothing.
  it("leaves a tap without a port, which a delete does not take away (failed-destroy-frees-ports)", () => {
    const fault = (what: string, host: string) =>
      `fault: { driver: ${what}, host: ${host}, times: 1, error: no luck }`;
    const faults = ["compute-1", "compute-2"].flatMap((host) => [
      fault("spawn", host),
      fault("destroy", host),
    ]);
    const cloud = after([...faults, BOOT, "advance: 20s", "run: nova delete t1", "advance: 1m"]);
    expect(cloud.server("t1")?.status ?? "DELETED").toBe("DELETED");
    expect(cloud.kinds()).toEqual(["owner failed-destroy-frees-ports"]);
    for (const { id } of cloud.nova.instance_faults.findAny()) {
      cloud.nova.instance_faults.updateAny(id, { message: "No valid host was found. " });
    }
    expect(cloud.kinds()).toEqual(["owner -"]);
  });
});

describe("an interface that is attached while its server is deleted", () => {
  const ATTACH = "run: 'nova interface-attach --net-id {{network private}} t1'";

  // nova/compute/manager.py:2352 unplugs what the server came with, :4767-4778 makes the port and plugs it meanwhile.
  it("has its tap where the server was (attach-outlives-server)", () => {
    const cloud = after([
      BOOT,
      "advance: 20s",
      `together: [{ ${ATTACH}, ${ASKED} }, { run: nova delete t1 }]`,
      "advance: 1m",
    ]);
    expect(cloud.kinds()).toEqual(["owner attach-outlives-server"]);
  });
});

describe("a resize that a loop confirms", () => {
  // nova/compute/manager.py:5377 (_poll_unconfirmed_resizes), nova/compute/api.py:2350: the status is written first, and no user has sent the request.
  it("stays confirming where an answer was lost since (migration-left-open)", () => {
    const cloud = after(
      [
        BOOT,
        "advance: 2m",
        "run: nova resize t1 m1.tiny",
        "advance: 40s",
        "fault: { lose_reply: { method: object_action, nth: 3 } }",
        "advance: 4m",
      ],
      "{ resize_confirm_window: 60 }",
    );
    const [move = expect.fail("no move")] = cloud.nova.migrations.find();
    expect(move.status).toBe("confirming");
    const atRest = (): string[] => cloud.kinds().filter((kind) => kind.startsWith("at-rest"));
    expect(atRest()).toEqual(["at-rest migration-left-open"]);
    cloud.nova.migrations.touch(move.id);
    // One that has just begun is left alone for a minute, and no longer, though its loop waits for good.
    expect(atRest()).toEqual([]);
    cloud.advance("70s");
    expect(atRest()).toEqual(["at-rest migration-left-open"]);
  });
});

describe("a delete during a live migration of a server that was resized before", () => {
  // nova/compute/manager.py:4876-4910 (pre_live_migration) has plugged the card on the new host by then.
  it("leaves its tap there (live-migration-outlives-delete)", () => {
    const cloud = after([
      BOOT,
      "advance: 20s",
      "run: nova resize t1 m1.tiny",
      "advance: 20s",
      "run: nova resize-confirm t1",
      "advance: 20s",
      "run: 'nova live-migration --block-migrate {{server t1}}', as: admin",
      "run: nova delete t1",
      "advance: 1m",
    ]);
    expect(new Set(cloud.kinds())).toEqual(new Set(["owner live-migration-outlives-delete"]));
  });
});

describe("a delete that nova-api does itself", () => {
  // nova/compute/api.py:1541-1543 stores the state, :1604-1605 deletes where the host is down, and nobody takes the state back.
  it("and that fails leaves its state (state-before-message)", () => {
    const cloud = after([
      BOOT,
      "advance: 20s",
      'crash: "nova-compute@compute-1"',
      'crash: "nova-compute@compute-2"',
      "advance: 90s",
      "fault: { reset: { path: /v2.0/ports/*, method: DELETE } }",
      `run: nova delete t1, ${ASKED}`,
      "advance: 1m",
    ]);
    expect(cloud.server("t1")?.task_state).toBe("deleting");
    expect(cloud.kinds()).toContain("at-rest state-before-message");
    expect(cloud.kinds().filter((kind) => kind.endsWith(" -"))).toEqual([]);
  });
});
