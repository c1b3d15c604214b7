/**
 * What a host says and does where a guest's power state and its server's state do not fit: nova/compute/manager.py:5670-5899
 * (_sync_power_states, _query_driver_power_state_and_sync, _sync_instance_power_state) at 2014.2; nova §3.7.
 */
import { describe, expect, it } from "vitest";
import type { RpcSent } from "../../../../src/bus/observations.js";
import { seconds } from "../../../../src/kernel/index.js";
import * as powerStates from "../../../../src/hardware/power-states.js";
import type { VmState } from "../../../../src/services/nova/states/vm-states.js";
import { uuid } from "../bed.js";
import { ComputeBed } from "./bed.js";

type Power = keyof Omit<typeof powerStates, "prototype">;

/** A server that is ACTIVE on c1, and a host that looks every 20 seconds. */
function served() {
  const bed = new ComputeBed({ periodic_fuzzy_delay: 0, sync_power_state_interval: 20 });
  const { hypervisor } = bed.startCompute("c1");
  bed.build(bed.server());
  bed.settle();
  return { bed, hypervisor };
}

const said = (bed: ComputeBed): string[] =>
  bed.logs().filter((line) => /sync|Instance|stop/u.test(line) && !line.includes("Starting"));

const sent = (bed: ComputeBed) => bed.of<RpcSent>("rpc.call").concat(bed.of<RpcSent>("rpc.cast"));

const numbers = (vm: string, power: number): string =>
  `Current vm_state: ${vm}, current task_state: None, current DB power_state: ${String(power)}, current VM power_state: ${String(power)}`;

describe("a guest in a state that its server's forbids", () => {
  function found(vm_state: VmState, power: Power) {
    const { bed, hypervisor } = served();
    bed.db.instances.update(uuid(1), { vm_state });
    // Nobody tells of it.
    hypervisor.listen(undefined);
    hypervisor.setPowerState(uuid(1), powerStates[power] as powerStates.PowerState);
    bed.forget();
    bed.wait(seconds(20));
    const stops = sent(bed).filter(({ method }) => method === "stop_instance");
    return { lines: said(bed), stopped: stops.length > 0, row: bed.stored(1) };
  }

  it.each<[VmState, Power, string]>([
    [
      "active",
      "SHUTDOWN",
      `Instance shutdown by itself. Calling the stop API. ${numbers("active", 4)}`,
    ],
    [
      "active",
      "CRASHED",
      `Instance shutdown by itself. Calling the stop API. ${numbers("active", 6)}`,
    ],
    ["active", "SUSPENDED", "Instance is suspended unexpectedly. Calling the stop API."],
    [
      "stopped",
      "RUNNING",
      `Instance is not stopped. Calling the stop API. ${numbers("stopped", 1)}`,
    ],
    [
      "stopped",
      "PAUSED",
      `Instance is not stopped. Calling the stop API. ${numbers("stopped", 3)}`,
    ],
    ["paused", "SHUTDOWN", "Paused instance shutdown by itself. Calling the stop API."],
  ])("is stopped: %s and %s", (vm, power, line) => {
    const { lines, stopped } = found(vm, power);
    expect(lines[0]).toBe(`warning: ${line}`);
    expect(stopped).toBe(true);
  });

  it.each<[VmState, Power, string[]]>([
    ["active", "PAUSED", ["warning: Instance is paused unexpectedly. Ignore."]],
    ["active", "NOSTATE", ["warning: Instance is unexpectedly not found. Ignore."]],
    ["soft-delete", "RUNNING", ["warning: Instance is not (soft-)deleted."]],
    ["soft-delete", "SHUTDOWN", []],
    ["paused", "RUNNING", []],
    ["error", "SHUTDOWN", []],
    ["rescued", "SHUTDOWN", []],
    ["shelved", "RUNNING", []],
  ])("is left alone: %s and %s", (vm, power, lines) => {
    const { row, ...rest } = found(vm, power);
    expect(rest).toEqual({ lines, stopped: false });
    expect([row.vm_state, row.power_state]).toEqual([vm, powerStates[power]]);
  });
});

describe("the round itself", () => {
  it("says how many servers and guests there are if they are not as many", () => {
    const { bed } = served();
    bed.instance(2, { host: "c1", node: "c1", task_state: "rebuilding" });
    bed.forget();
    bed.wait(seconds(20));
    expect(said(bed)).toEqual([
      "warning: While synchronizing instance power states, found 2 instances in the database and 1 instances on the hypervisor.",
      "info: During sync_power_state the instance has a pending task (rebuilding). Skip.",
    ]);
  });

  it("reads each server anew, from the slave", () => {
    const { bed } = served();
    bed.forget();
    bed.wait(seconds(20));
    const [refresh] = sent(bed)
      .map(({ args }) => args as Record<string, unknown>)
      .filter(({ objmethod }) => objmethod === "refresh");
    expect(refresh?.["kwargs"]).toEqual({ use_slave: true });
  });

  it("says nothing of a server that is deleted meanwhile (nova/compute/manager.py:5737-5745)", () => {
    const { bed } = served();
    bed.forget();
    const asked = () =>
      sent(bed).some(({ args }) => (args as { objmethod?: string }).objmethod === "refresh");
    bed.kernel.runUntil(asked, bed.kernel.now + seconds(30));
    bed.db.instances.softDelete(uuid(1));
    bed.wait(seconds(2));
    expect(bed.of("rpc.failure")).toHaveLength(1);
    expect(bed.logs().filter((line) => line.includes("sync_power_state"))).toEqual([]);
  });

  it("says that a stop was refused, and asks for nothing: a server that was never launched (nova/compute/api.py:183-189)", () => {
    const { bed, hypervisor } = served();
    bed.db.instances.update(uuid(1), { launched_at: null });
    hypervisor.setPowerState(uuid(1), powerStates.SHUTDOWN);
    bed.forget();
    bed.wait(seconds(20));
    expect(said(bed)[1]).toBe(
      `error: error during stop() in sync_power_state: Instance ${uuid(1)} in None active. Cannot stop while the instance is in this state.`,
    );
    expect(bed.stored(1).task_state).toBeNull();
  });
});
