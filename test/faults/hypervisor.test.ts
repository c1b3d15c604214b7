/** Operations of hypervisors that are made to fail. */
import { beforeEach, describe, expect, it } from "vitest";
import { FaultBoard, type DriverFaultSpec } from "../../src/faults/index.js";
import { Hypervisor, LibvirtError } from "../../src/hardware/hypervisor.js";
import { World } from "../bus/bed.js";

let world: World;
let board: FaultBoard;
let hypervisor: Hypervisor;

beforeEach(() => {
  world = new World();
  hypervisor = new Hypervisor("c1");
  board = new FaultBoard({ bus: world.bus, hypervisors: new Map([["c1", hypervisor]]) });
});

const fail = (driver: string, more: Partial<DriverFaultSpec> = {}) =>
  board.declare({ driver, host: "c1", ...more });

/** What is recorded of faults: `struck: spawn on c1`. */
const recorded = () =>
  world.of("fault").map(({ event, fault }) => `${String(event)}: ${String(fault)}`);

describe("a fault of a hypervisor", () => {
  it("fails the next operations of a kind, as often as it was told, and no others", () => {
    fail("spawn", { times: 2, error: "no" });
    hypervisor.attempt("destroy");
    expect(() => hypervisor.attempt("spawn")).toThrow(LibvirtError);
    expect(() => hypervisor.attempt("spawn")).toThrow("no");
    expect(() => hypervisor.attempt("spawn")).not.toThrow();
    expect(recorded()).toEqual([
      "declared: spawn on c1 fails, 2 times",
      "struck: spawn on c1",
      "struck: spawn on c1",
    ]);
  });

  it("comes after those that were declared before it, each with its words", () => {
    fail("spawn", { error: "first" });
    fail("spawn");
    expect(() => hypervisor.attempt("spawn")).toThrow("first");
    expect(() => hypervisor.attempt("spawn")).toThrow("internal error: spawn failed on c1");
    expect(board.faults.map(({ strikes }) => strikes)).toEqual([1, 1]);
  });

  it("raises nothing any more once it is healed, and its end is recorded by its name", () => {
    fail("snapshot");
    board.heal("c1");
    expect(() => hypervisor.attempt("snapshot")).not.toThrow();
    expect(recorded()).toEqual(["declared: snapshot on c1 fails", "lifted: snapshot on c1 fails"]);
    expect(board.neverStruck()).toEqual(["snapshot on c1 fails"]);
  });

  it("is refused, and not recorded, for an operation or a host that there is not", () => {
    expect(() => fail("migrate")).toThrow(
      'no driver operation "migrate" can fail; spawn, snapshot, power_off, power_on, destroy, attach_volume, detach_volume can',
    );
    expect(() => fail("spawn", { host: "c9" })).toThrow(
      'no compute host is named "c9"; there are c1',
    );
    expect(recorded()).toEqual([]);
  });
});
