/** `cloud.invariants()` in the middle of work: of a healthy cloud nothing is found, whatever it is at. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { findingText } from "../../src/framework/invariants.js";
import { seconds } from "../../src/kernel/index.js";
import { novaDatabase } from "../../src/services/nova/project.js";

const BOOT = "--flavor m1.nano --nic net-id=private";

/** Steps to the end of what is under way, and looks every so often. @returns how often it looked, and what it found */
function look(cloud: Cloud, every: number): { looks: number; found: string[] } {
  const found = new Set<string>();
  let [steps, looks] = [0, 0];
  while (!cloud.kernel.settled) {
    if (++steps % every === 0) {
      looks++;
      for (const finding of cloud.invariants()) found.add(findingText(finding));
    }
    cloud.kernel.step();
  }
  for (const finding of cloud.invariants()) found.add(findingText(finding));
  return { looks, found: [...found] };
}

/** A line is typed, and its work is looked at. */
function lookAt(
  cloud: Cloud,
  lines: readonly string[],
  every = 4,
): { looks: number; found: string[] } {
  const all = lines.map((line) => {
    cloud.user(line.includes("migrat") ? "admin" : "demo").command(line);
    const { looks, found } = look(cloud, every);
    return { looks, found: found.map((text) => `${line}: ${text}`) };
  });
  return {
    looks: all.reduce((sum, { looks }) => sum + looks, 0),
    found: all.flatMap(({ found }) => found),
  };
}

// nova/compute/manager.py:5377-5443 (_poll_unconfirmed_resizes) confirms by a loop: no user waits for it.
describe("a move that a loop confirms", () => {
  class OpenCloud extends Cloud {
    get nova() {
      return this.stored(novaDatabase);
    }
  }

  it("will be confirmed, although nobody else is at work", () => {
    const cloud = new OpenCloud({ seed: 1, computes: 2, flags: { resize_confirm_window: 60 } });
    cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.settle();
    cloud.user("admin").command("nova migrate {{server t1}}");
    cloud.settle();
    const statuses = () => cloud.nova.migrations.find().map(({ status }) => status);
    const minute = cloud.kernel.now + seconds(180);
    expect(cloud.kernel.runUntil(() => statuses().includes("confirming"), minute)).toBe(true);
    expect(cloud.kernel.settled).toBe(true);
    const ofNova = () => cloud.invariants().filter(({ where }) => where.startsWith("nova"));
    expect(ofNova()).toEqual([]);
    cloud.advance("1m");
    expect([statuses(), ofNova()]).toEqual([["confirmed"], []]);
  });
});

describe("the invariants of a healthy cloud hold at any moment", () => {
  const made = (): Cloud => new Cloud({ computes: 2, services: ["cinder"], seed: 3 });

  it.each([
    ["a boot and a delete", [`nova boot t1 --image cirros ${BOOT}`, "nova delete t1"]],
    [
      "a resize, its confirmation, and one that is taken back",
      [
        `nova boot t1 --image cirros ${BOOT}`,
        "nova resize t1 m1.tiny",
        "nova resize-confirm t1",
        "nova resize t1 m1.nano",
        "nova resize-revert t1",
        "nova delete t1",
      ],
    ],
    [
      "a shelved server and its image",
      [
        `nova boot t1 --image cirros ${BOOT}`,
        "nova shelve t1",
        "nova unshelve t1",
        "nova rebuild t1 cirros",
        "nova delete t1",
      ],
    ],
    [
      "a live migration",
      [
        `nova boot t1 --image cirros ${BOOT}`,
        "nova live-migration --block-migrate {{server t1}}",
        "nova migrate {{server t1}}",
        "nova delete t1",
      ],
    ],
    [
      "volumes, a server that starts from one, and one that goes with its server",
      [
        "cinder create 1 --display-name v1",
        `nova boot t1 --image cirros ${BOOT}`,
        "nova volume-attach t1 {{volume v1}}",
        "nova volume-detach t1 {{volume v1}}",
        "cinder delete v1",
        `nova boot t2 ${BOOT} --block-device source=image,id={{image cirros}},dest=volume,size=1,bootindex=0,shutdown=remove`,
        "nova delete t2",
        "nova delete t1",
      ],
    ],
  ] as const)("%s", (_title, lines) => {
    const { looks, found } = lookAt(made(), lines);
    expect(found.filter((text) => !text.includes("["))).toEqual([]);
    expect(looks).toBeGreaterThan(40);
  });
});

describe("what is wrong in the midst of work", () => {
  class OpenCloud extends Cloud {
    /** Whose quota is said not to hold. */
    miscounted(): string[] {
      return this.invariants()
        .filter(({ invariant }) => invariant === "quota")
        .map(({ what }) => what.replace(/^quota of project (\w+): .*$/u, "$1"));
    }

    get usages() {
      return this.stored(novaDatabase).quota_usages;
    }
  }

  it("is told of a project that nobody works for, and of another one when its work is done", () => {
    const users = [{ name: "demo" }, { name: "eve", project: "other" }];
    const cloud = new OpenCloud({ users, seed: 3 });
    for (const { name } of users)
      cloud.user(name).command(`nova boot ${name}1 --image cirros ${BOOT}`);
    cloud.settle();
    const wrong = cloud.usages.find({ resource: "instances" });
    expect([wrong.length, cloud.miscounted()]).toEqual([2, []]);
    for (const { id } of wrong) cloud.usages.update(id, { in_use: 5 });
    const both = wrong.map(({ project_id }) => project_id);
    expect(cloud.miscounted()).toEqual(both);
    // Late on its way to its host.
    cloud.inject({ delay: { method: "pause_instance", by: seconds(3) } });
    cloud.user("eve").command("nova pause eve1");
    const [, eves] = both;
    let [moments, told] = [0, 0];
    while (!cloud.kernel.settled) {
      const found = cloud.miscounted();
      expect(found).not.toContain(eves);
      told += found.length;
      moments++;
      cloud.kernel.step();
    }
    expect(told).toBeGreaterThan(moments / 2);
    expect(cloud.miscounted()).toEqual(both);
  });
});
