/** What should hold of any cloud: each rule is broken once, by hand or by Juno, and told with its name. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { PROJECTS } from "../../src/cloud/projects.js";
import { findingText, INVARIANTS, type Finding } from "../../src/framework/invariants.js";
import { loadScenario, runScenario } from "../../src/scenario/index.js";
import { novaDatabase } from "../../src/services/nova/project.js";
import type { Project } from "../../src/framework/project.js";
import { seconds } from "../../src/kernel/index.js";

const BOOT = { name: "t1", flavor: "m1.nano", image: "cirros", networks: ["private"] };

function booted(options: ConstructorParameters<typeof Cloud>[0] = {}): Cloud {
  const cloud = new Cloud(options);
  cloud.run(cloud.user("demo").nova.boot(BOOT));
  cloud.settle();
  return cloud;
}

const kinds = (findings: readonly Finding[]): string[] =>
  findings.map(({ invariant, exception }) => `${invariant} ${exception ?? "-"}`);

describe("the invariants of a cloud", () => {
  it("hold of one that is new, of one with a server, and of one whose server is gone", () => {
    expect(new Cloud({ preset: "full" }).invariants()).toEqual([]);
    const cloud = booted();
    cloud.advance("5m");
    expect(cloud.invariants()).toEqual([]);
    cloud.run(cloud.user("demo").nova.delete("t1"));
    cloud.settle();
    cloud.advance("5m");
    expect(cloud.invariants()).toEqual([]);
  });

  it("name what a server that is deleted while it is offloaded leaves behind (pitfall 15)", () => {
    const cloud = booted();
    const { nova } = cloud.user("demo");
    cloud.run(nova.action("t1", "shelve"));
    cloud.settle();
    cloud.run(nova.delete("t1"));
    cloud.settle();
    const findings = cloud.invariants();
    expect(kinds(findings)).toEqual(["owner delete-without-host-leaks"]);
    expect(findings.map(findingText).join()).toMatch(
      /^owner \(neutron\): port \S+ \([\d.]+\) of compute:\S+: there is no server \S+ \[delete-without-host-leaks\]$/u,
    );
  });

  it("say that a task stays whose message was lost, and not where somebody still works on it", () => {
    const cloud = booted();
    cloud.inject({ drop: { of: "request", method: "stop_instance" } });
    const { nova } = cloud.user("demo");
    cloud.run(nova.action("t1", "os-stop"));
    cloud.settle();
    expect(kinds(cloud.invariants())).toEqual([
      "at-rest state-before-message",
      "outcome state-before-message",
    ]);
    const busy = booted();
    busy.run(busy.user("demo").nova.action("t1", "os-stop"));
    expect(busy.server("t1")?.task_state).toBe("powering-off");
    expect(busy.invariants()).toEqual([]);
  });

  it("say so of a server while somebody works on another one, and nothing of that one at any moment", () => {
    const cloud = booted({ computes: 2 });
    const { nova } = cloud.user("demo");
    cloud.run(nova.boot({ ...BOOT, name: "t2" }));
    cloud.settle();
    cloud.inject({ drop: { of: "request", method: "stop_instance" } });
    cloud.run(nova.action("t1", "os-stop"));
    cloud.settle();
    const lost = ["at-rest state-before-message", "outcome state-before-message"];
    // Late on its way to its host, on its host, and over.
    cloud.inject({ delay: { method: "pause_instance", by: seconds(3) } });
    cloud.run(nova.action("t2", "pause"));
    expect(cloud.server("t2")?.task_state).toBe("pausing");
    const moments: string[][] = [];
    while (!cloud.kernel.settled) {
      moments.push(kinds(cloud.invariants()).filter((kind) => /^(?:at-rest|outcome)/u.test(kind)));
      cloud.kernel.step();
    }
    // What libvirt tells is no action of any server's, so while that is dealt with it may be any's.
    const known = moments.filter(({ length }) => length > 0);
    expect(new Set(known.map(String))).toEqual(new Set([String(lost)]));
    expect(known.length).toBeGreaterThan(5);
    expect(cloud.server("t2")?.status).toBe("PAUSED");
  });

  it("give no name to a task that stays for no reason, though another server's message was lost", () => {
    const cloud = booted();
    const { nova } = cloud.user("demo");
    cloud.run(nova.boot({ ...BOOT, name: "t2" }));
    cloud.settle();
    cloud.inject({ drop: { of: "request", method: "stop_instance" } });
    cloud.run(nova.action("t2", "os-stop"));
    // Somebody at the bus writes that t1 is being paused, and nobody does it.
    const { rpc } = cloud.user("admin");
    const args = {
      instance_uuid: cloud.server("t1")?.id ?? "",
      updates: { task_state: "pausing" },
      service: "conductor",
    };
    const message = { method: "instance_update", args, version: "2.0" };
    cloud.run(rpc.call(cloud.user("admin").adminContext(), "conductor", message));
    cloud.settle();
    const tasks = cloud.invariants().filter(({ invariant }) => invariant === "at-rest");
    expect(tasks.map(findingText).join()).toMatch(
      /stays pausing,.*stays powering-off \[state-before-message\]$/u,
    );
  });

  it("say that a delete which is ended at a restart keeps its quota (nova §3.6)", () => {
    class OpenCloud extends Cloud {
      get nova() {
        return this.stored(novaDatabase);
      }
    }
    const cloud = new OpenCloud();
    cloud.run(cloud.user("demo").nova.boot(BOOT));
    cloud.settle();
    cloud.inject({ drop: { of: "request", method: "terminate_instance" } });
    cloud.run(cloud.user("demo").nova.delete("t1"));
    cloud.settle();
    cloud.crash("nova-compute@compute-1");
    cloud.start("nova-compute@compute-1");
    cloud.settle();
    expect(cloud.server("t1")?.status).toBe("DELETED");
    const quota = cloud.invariants().filter(({ invariant }) => invariant === "quota");
    expect(quota.map(({ what }) => what.replace(/^.*: (?=\w+: )/u, ""))).toEqual([
      "instances: 1 counted, 0 there",
      "cores: 1 counted, 0 there",
      "ram: 64 counted, 0 there",
    ]);
    const names = () =>
      new Set(
        cloud
          .invariants()
          .filter(({ invariant }) => invariant === "quota")
          .map(({ exception }) => exception),
      );
    expect(names()).toEqual(new Set(["reservation-awaits-expiry"]));
    // A day later it has expired, and nothing is given back by that.
    const { reservations } = cloud.nova;
    for (const { uuid } of reservations.find()) reservations.remove(uuid);
    expect(names()).toEqual(new Set(["restart-deletes-without-quota"]));
    // Of one that is deleted for its user's request it is nobody's defect: as if that start had been asked for.
    const { instance_actions, deleters } = cloud.nova;
    const [row = expect.fail()] = cloud.nova.instances.findAny();
    const { request = expect.fail() } = deleters.of(row.uuid) ?? {};
    for (const { id } of instance_actions.find({ instance_uuid: row.uuid })) {
      instance_actions.update(id, { request_id: request });
    }
    expect(names()).toEqual(new Set([undefined]));
  });

  it("each defect of Juno's has a sentence and a source of one project's", () => {
    const all: readonly Project[] = PROJECTS;
    const exceptions = all.flatMap(({ exceptions = {} }) => Object.entries(exceptions));
    expect(exceptions.length).toBeGreaterThan(10);
    expect(new Set(exceptions.map(([name]) => name)).size).toBe(exceptions.length);
    for (const [name, { says, source }] of exceptions) {
      expect(name).toMatch(/^[a-z]+(?:-[a-z]+)+$/u);
      expect(says).toMatch(/^[A-Z].*\.$/u);
      expect(source).toMatch(/ at \d/u);
    }
  });
});

describe("expect: { invariants: true }", () => {
  const run = (steps: string) => {
    const text = `scenario: x\nsteps:\n${steps}expect: { invariants: true }\n`;
    const loaded = loadScenario({ file: "x.yaml", text });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return runScenario({ loaded, makeWorld: (options) => new Cloud(options), version: "0" });
  };

  it("is met by a run that Juno's own defects have struck", () => {
    const { ok } = run(
      [
        "  - run: nova boot t1 --flavor m1.nano --image cirros --nic net-id=private",
        "  - wait: { server: t1, status: ACTIVE }",
        "  - run: nova shelve t1",
        "  - wait: { server: t1, status: SHELVED_OFFLOADED }",
        "  - run: nova delete t1",
        "  - advance: 3m\n",
      ].join("\n"),
    );
    expect(ok).toBe(true);
  });

  it("fails with the finding where something has no name", () => {
    const text = "scenario: x\nsteps: [{ advance: 1s }]\nexpect: { invariants: true }\n";
    const loaded = loadScenario({ file: "x.yaml", text });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const found: Finding[] = [
      { invariant: "address", what: "address 10.0.0.3: of a and of b", where: "neutron" },
      { invariant: "owner", what: "port p", where: "neutron", exception: "known" },
    ];
    const { failures } = runScenario({
      loaded,
      makeWorld: (options) => Object.assign(new Cloud(options), { invariants: () => found }),
      version: "0",
    });
    expect(failures).toMatchObject([
      {
        what: "an invariant does not hold: address (neutron): address 10.0.0.3: of a and of b",
        details: [
          `what should hold: ${INVARIANTS.address}`,
          "Beside it, known defects of Juno's:",
          "  owner (neutron): port p [known]",
        ],
        place: { line: 3 },
      },
    ]);
  });

  it("takes nothing but true", () => {
    const text = "scenario: x\nsteps: [{ advance: 1s }]\nexpect: { invariants: false }\n";
    expect(JSON.stringify(loadScenario({ file: "x.yaml", text }))).toContain(
      "true: what should hold of any cloud must hold",
    );
  });
});
