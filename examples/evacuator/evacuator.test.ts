/** The evacuator on a whole cloud: hosts that die, boots that fail, messages that are lost. */
import { Cloud, seconds, sleep, type FaultSpec, type Op } from "novasim";
import { beforeEach, expect, test } from "vitest";
import { evacuator } from "./evacuator.js";

const NAMES = ["web-1", "web-2", "web-3"];
let cloud: Cloud;

/** A power switch that takes five seconds. */
function* powerOff(host: string): Op<void> {
  yield* sleep(seconds(5));
  cloud.crash(host);
}

beforeEach(() => {
  cloud = new Cloud({ seed: 1, computes: 3 });
  const { nova } = cloud.user("demo");
  for (const name of NAMES) cloud.run(nova.boot({ name, flavor: "m1.nano", image: "cirros" }));
  cloud.settle();
  cloud.spawn("evacuator", evacuator(cloud.user("admin"), powerOff));
  cloud.advance("3m");
});

const on = (host: string): string[] => NAMES.filter((name) => cloud.server(name)?.host === host);

function expectAllWellBut(...dead: string[]): void {
  for (const name of NAMES) expect(cloud.server(name)).toMatchObject({ name, status: "ACTIVE" });
  for (const host of dead) expect(on(host)).toEqual([]);
}

test("leaves alone what is well", () => {
  const before = NAMES.map((name) => cloud.server(name));
  cloud.advance("10m");
  expect(NAMES.map((name) => cloud.server(name))).toEqual(before);
});

test("brings the servers of a dead host to others", () => {
  expect(on("compute-1")).toHaveLength(1);
  cloud.crash("compute-1");
  cloud.advance("5m");
  expectAllWellBut("compute-1");
});

test("begins again when the new host dies in the middle", () => {
  const [name = ""] = on("compute-1");
  cloud.crash("compute-1");
  cloud.runUntil((it) => it.server(name)?.task_state === "rebuild_spawning", "5m");
  const second = cloud.server(name)?.host ?? "";
  expect(second).not.toBe("compute-1");
  cloud.crash(second);
  cloud.advance("30m");
  expectAllWellBut("compute-1", second);
});

test("cuts the power of a host that is only out of reach, so that no guest runs twice", () => {
  const link = cloud.partition("compute-1");
  cloud.advance("5m");
  link.heal();
  cloud.advance("5m");
  expectAllWellBut("compute-1");
  expect(cloud.guests({ host: "compute-1", power_state: "Running" })).toEqual([]);
});

const FAULTS: [what: string, ...faults: FaultSpec[]][] = [
  [
    "no hypervisor can make a guest at first",
    { driver: "spawn", host: "compute-2", error: "no disk" },
    { driver: "spawn", host: "compute-3", error: "no disk" },
  ],
  ["the conductor never hears of it", { drop: { method: "rebuild_instance", times: 2 } }],
  ["nova-api does not answer", { reset: { path: "*/action", when: "after", times: 2 } }],
  ["nova-api is overloaded", { answer: { path: "*/os-services", status: 503, times: 3 } }],
];

test.each(FAULTS)("does it all the same when %s", (_what, ...faults) => {
  for (const fault of faults) cloud.inject(fault);
  cloud.crash("compute-1");
  cloud.advance("45m");
  expectAllWellBut("compute-1");
});
