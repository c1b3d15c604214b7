/**
 * compute.instance.update: nova/notifications.py (send_update, send_update_with_states,
 * _send_instance_update_notification) at 2014.2; nova §0.4.
 */
import { describe, expect, test } from "vitest";
import { novaConductor } from "../../../src/services/nova/conductor/index.js";
import { conductorApi } from "../../../src/services/nova/conductor/rpcapi.js";
import { ConductorStore } from "../../../src/services/nova/objects/wire/conductor-store.js";
import { getInstance } from "../../../src/services/nova/objects/instance.js";
import { ApiBed } from "./api/bed.js";
import { NovaBed, uuid } from "./bed.js";
import { ComputeBed } from "./compute/bed.js";

interface Event {
  readonly kind: "notification";
  readonly event_type: string;
  readonly publisher_id: string;
  readonly priority: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const updates = (bed: NovaBed): Event[] =>
  bed
    .of<Event>("notification")
    .filter(({ event_type }) => event_type === "compute.instance.update");

/** Server 1, active, a conductor, and what is told of `write`. */
function told(
  notify_on_state_change: string,
  write: (bed: NovaBed, far: ConductorStore) => void,
): Event[] {
  const bed = new NovaBed({ notification_driver: ["messaging"], notify_on_state_change });
  bed.start(novaConductor(bed.nova("nova-conductor"), bed.db));
  bed.instance(1, { vm_state: "active", task_state: null });
  write(bed, new ConductorStore(bed.nova("nova-compute", "c1")));
  return updates(bed);
}

const save =
  (values: object) =>
  (bed: NovaBed, far: ConductorStore): void => {
    const instance = bed.run(getInstance(far, bed.ctxt, uuid(1)));
    Object.assign(instance, values);
    bed.run(instance.save(bed.ctxt));
  };

const STATES = ["old_state", "state", "old_task_state", "new_task_state"] as const;

const statesOf = ({ payload }: Event) => STATES.map((name) => payload[name]);

describe("a save of an object", () => {
  test("is told of by nobody in particular: the service is never filled in", () => {
    const [event] = told("vm_state", save({ vm_state: "stopped" }));
    expect(event).toMatchObject({ publisher_id: "None.controller", priority: "INFO" });
    expect(statesOf(event!)).toEqual(["active", "stopped", null, null]);
  });

  test("has what all events have, the audit period as dates, and bandwidth", () => {
    const [event] = told("vm_state", save({ vm_state: "stopped" }));
    expect(event!.payload).toMatchObject({
      instance_id: uuid(1),
      // A row's dates have no zone.
      created_at: "2014-09-18 04:03:09",
      audit_period_beginning: "2014-09-01T00:00:00.000000",
      audit_period_ending: expect.stringMatching(/^2014-09-18T04:03:\d\d\.\d{6}$/) as string,
      bandwidth: {},
    });
  });

  test("tells of a task by name only if it is asked to", () => {
    const task = save({ task_state: "powering-off" });
    expect(told("VM_and_task_state", task).map(statesOf)).toEqual([
      // What was None is taken to be what is there now (_compute_states_payload).
      ["active", "active", "powering-off", "powering-off"],
    ]);
    expect(told("vm_state", task).map(statesOf)).toEqual([
      ["active", "active", "powering-off", "powering-off"],
    ]);
    const back = (bed: NovaBed, far: ConductorStore): void => {
      bed.db.instances.update(uuid(1), { task_state: "powering-off" });
      save({ task_state: null })(bed, far);
    };
    expect(told("vm_and_task_state", back).map(statesOf)).toEqual([
      ["active", "active", "powering-off", null],
    ]);
    expect(told("vm_state", back).map(statesOf)).toEqual([["active", "active", null, null]]);
  });

  test("that changes no state is told of too, with the old name if that is what changed", () => {
    const [named] = told("vm_state", save({ display_name: "new" }));
    expect(named!.payload).toMatchObject({ display_name: "new", old_display_name: "t3" });
    const [other] = told("vm_state", save({ progress: 40 }));
    expect(other!.payload).not.toHaveProperty("old_display_name");
  });

  test("without a change is none", () => {
    expect(told("vm_state", save({}))).toEqual([]);
  });
});

test("a write past the objects is the conductor's", () => {
  const events = told("vm_state", (bed) => {
    const call = { instance_uuid: uuid(1), updates: { vm_state: "error" }, service: "conductor" };
    bed.run(bed.client(conductorApi).instance_update(bed.ctxt, { ...call, service: "conductor" }));
  });
  expect(events.map(({ publisher_id }) => publisher_id)).toEqual(["conductor.controller"]);
  expect(events.map(statesOf)).toEqual([["active", "error", null, null]]);
});

test("a build that finds no host is the scheduler's, though the conductor tells it", () => {
  const bed = new ComputeBed({ notify_on_state_change: "vm_state" });
  bed.startCompute();
  bed.build(bed.server(), { retry: { num_attempts: 3, hosts: [["c1", "c1"]] } }, { memory_mb: 1 });
  bed.settle();
  expect(bed.stored(1)).toMatchObject({ vm_state: "error" });
  const event = updates(bed).at(-1);
  expect(event).toMatchObject({ publisher_id: "scheduler.controller" });
  expect(statesOf(event!)).toEqual(["building", "error", "scheduling", null]);
});

describe("nova-api", () => {
  test("tells of a server that is made, from building to building", () => {
    const bed = new ApiBed({
      notification_driver: ["messaging"],
      notify_on_state_change: "vm_state",
    });
    bed.booted();
    const [event] = updates(bed);
    expect(event).toMatchObject({ publisher_id: "api.controller" });
    expect(statesOf(event!)).toEqual(["building", "building", "scheduling", "scheduling"]);
    // An object's dates know their zone.
    expect(event!.payload["created_at"]).toMatch(/\+00:00$/);
  });

  test("tells nobody of anything unless a flag says so", () => {
    const bed = new ApiBed({ notification_driver: ["messaging"] });
    bed.booted();
    expect(updates(bed)).toEqual([]);
  });
});

describe("api.fault (nova/api/openstack/__init__.py, FaultWrapper)", () => {
  /** A request that ends in an error that nobody foresaw. */
  function failed(notify_api_faults: boolean) {
    const bed = new ApiBed({ notification_driver: ["messaging"], notify_api_faults });
    const id = bed.booted();
    bed.db.instances.update(id, { vm_state: "stopped", task_state: null, host: null });
    bed.db.instances.update(id, { launched_at: bed.db.utcnow(), vm_state: "active" });
    const response = bed.act(id, { shelve: null });
    return { bed, response };
  }

  test("without the flag the fault wrapper answers", () => {
    expect(failed(false).response.body).toMatchObject({ computeFault: { code: 500 } });
  });

  test("with it the wrapper fails itself, for there is no context: nothing is told (bug 1360911)", () => {
    const { bed, response } = failed(true);
    expect(response.status).toBe(500);
    expect(response.body).not.toMatchObject({ computeFault: {} });
    expect(bed.of<Event>("notification").map(({ event_type }) => event_type)).not.toContain(
      "api.fault",
    );
  });
});
