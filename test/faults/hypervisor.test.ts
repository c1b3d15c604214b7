/** Operations of hypervisors that are made to fail or to take long. */
import { beforeEach, describe, expect, it } from "vitest";
import { FaultBoard, type DriverFaultSpec } from "../../src/faults/index.js";
import { Hypervisor, type HypervisorOperation } from "../../src/hardware/hypervisor.js";
import { LibvirtError } from "../../src/hardware/libvirt-errors.js";
import { seconds } from "../../src/kernel/index.js";
import { World } from "../bus/bed.js";

let world: World;
let board: FaultBoard;
let hypervisor: Hypervisor;

beforeEach(() => {
  world = new World();
  hypervisor = new Hypervisor("c1");
  board = new FaultBoard({ bus: world.bus, hardware: () => [hypervisor] });
});

const fail = (driver: string, more: Partial<DriverFaultSpec> = {}) =>
  board.declare({ driver, host: "c1", ...more });

const attempt = (operation: HypervisorOperation) => world.run(hypervisor.attempt(operation));

/** How many seconds an operation takes. */
function secondsFor(operation: HypervisorOperation): number {
  const began = world.kernel.now;
  attempt(operation);
  return (world.kernel.now - began) / seconds(1);
}

/** What is recorded of faults: `struck: spawn on c1`. */
const recorded = () =>
  world.of("fault").map(({ event, fault }) => `${String(event)}: ${String(fault)}`);

describe("a fault of a hypervisor", () => {
  it("fails the next operations of a kind, as often as it was told, and no others", () => {
    fail("spawn", { times: 2, error: "no" });
    attempt("destroy");
    expect(() => attempt("spawn")).toThrow(LibvirtError);
    expect(() => attempt("spawn")).toThrow("no");
    expect(() => attempt("spawn")).not.toThrow();
    expect(recorded()).toEqual([
      "declared: spawn on c1 fails, 2 times",
      "struck: spawn on c1",
      "struck: spawn on c1",
    ]);
  });

  it("comes after those that were declared before it, each with its words", () => {
    fail("spawn", { error: "first" });
    fail("spawn");
    expect(() => attempt("spawn")).toThrow("first");
    expect(() => attempt("spawn")).toThrow("internal error: spawn failed on c1");
    expect(board.faults.map(({ strikes }) => strikes)).toEqual([1, 1]);
  });

  it("takes so much longer, and fails only if it has words for it", () => {
    fail("spawn", { by: seconds(5) });
    fail("spawn", { by: seconds(2), error: "late" });
    expect(secondsFor("spawn")).toBe(5);
    expect(() => attempt("spawn")).toThrow("late");
    expect(world.kernel.now).toBe(seconds(7));
    expect(secondsFor("spawn")).toBe(0);
    expect(recorded().filter((line) => line.startsWith("declared"))).toEqual([
      "declared: spawn on c1 takes 5 s longer",
      "declared: spawn on c1 takes 2 s longer and fails",
    ]);
  });

  it("strikes the n-th of its kind, or all of a time, after which it is over by itself", () => {
    fail("destroy", { nth: 2, error: "second" });
    attempt("destroy");
    expect(() => attempt("destroy")).toThrow("second");
    attempt("destroy");
    fail("spawn", { after: seconds(1), for: seconds(10) });
    attempt("spawn");
    world.kernel.run(world.kernel.now + seconds(1));
    for (let i = 0; i < 3; i++) expect(() => attempt("spawn")).toThrow("failed on c1");
    world.kernel.run(world.kernel.now + seconds(10));
    attempt("spawn");
    expect(recorded().at(-1)).toBe("lifted: spawn on c1 fails after 1 s for 10 s");
  });

  it("raises nothing any more once it is healed, and its end is recorded by its name", () => {
    fail("snapshot");
    board.heal("c1");
    expect(() => attempt("snapshot")).not.toThrow();
    expect(recorded()).toEqual(["declared: snapshot on c1 fails", "lifted: snapshot on c1 fails"]);
    expect(board.neverStruck()).toEqual(["snapshot on c1 fails"]);
  });

  it("is refused, and not recorded, for an operation or a host that there is not", () => {
    expect(() => fail("migrate")).toThrow(
      'no driver operation "migrate" can fail; connect, spawn, snapshot, power_off, power_on, soft_reboot, reboot, pause, unpause, suspend, resume, rescue, unrescue, destroy, delete_instance_files, attach_volume, detach_volume, migrate_disk_and_power_off, finish_migration, finish_revert_migration, attach_interface, detach_interface, live_migration can',
    );
    expect(() => fail("spawn", { host: "c9" })).toThrow(
      'no compute host is named "c9"; there are c1',
    );
    expect(recorded()).toEqual([]);
  });
});
