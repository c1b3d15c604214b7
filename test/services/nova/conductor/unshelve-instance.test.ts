/** Bringing shelved servers back: nova §2.4, §9.4. */
import { beforeEach, describe, expect, test } from "vitest";
import { MessagingTimeout } from "../../../../src/bus/index.js";
import { computeTaskApi } from "../../../../src/services/nova/conductor/rpcapi.js";
import type { InstanceRow } from "../../../../src/services/nova/db/schema.js";
import { NoValidHost } from "../../../../src/services/nova/exception.js";
import { actionStart } from "../../../../src/services/nova/db/instances/instance-actions.js";
import { IMAGE, uuid } from "../bed.js";
import { ConductorBed } from "./bed.js";

const SHELVED = {
  shelved_at: "2014-09-18T04:00:00.000000",
  shelved_image_id: IMAGE,
  shelved_host: "c1",
};

let bed: ConductorBed;
beforeEach(() => {
  bed = new ConductorBed();
});

function unshelve(values: Partial<InstanceRow>, metadata: object = SHELVED): void {
  const instance = bed.instance(1, { task_state: "unshelving", ...values }, metadata);
  actionStart(bed.db, bed.ctxt, uuid(1), "unshelve");
  bed.cast(bed.client(computeTaskApi).unshelve_instance(bed.ctxt, { instance }));
}

const offloaded = (metadata?: object): void =>
  unshelve({ vm_state: "shelved_offloaded" }, metadata);

const shelvedKeys = (): string[] =>
  Object.keys(bed.db.instance_system_metadata.get(uuid(1))?.metadata ?? {}).filter((key) =>
    key.startsWith("shelved"),
  );

const events = (): unknown[] =>
  bed.db.instance_actions_events.find().map(({ event, result }) => [event, result]);

describe("a server that is shelved but still on its host", () => {
  beforeEach(() => unshelve({ vm_state: "shelved", host: "c2" }));

  test("is started there, and its image deleted at once", () => {
    expect(bed.told.map(({ host, method }) => [host, method])).toEqual([["c2", "start_instance"]]);
    expect(bed.glance).toEqual([`DELETE /v1/images/${IMAGE}`]);
    expect(bed.asked).toEqual([]);
  });

  test("is powering on, and forgets that it was shelved before it has started", () => {
    expect(bed.stored(1)).toMatchObject({ vm_state: "shelved", task_state: "powering-on" });
    expect(shelvedKeys()).toEqual([]);
  });
});

test("a shelved server whose task is another by now is left alone", () => {
  unshelve({ vm_state: "shelved", host: "c2", task_state: "deleting" });
  expect(bed.told).toEqual([]);
  expect(shelvedKeys()).toHaveLength(3);
});

describe("a server that was offloaded", () => {
  test("is scheduled without any preference, and sent there with its image", () => {
    offloaded();
    expect(bed.glance).toEqual([`HEAD /v1/images/${IMAGE}`]);
    expect(bed.asked).toMatchObject([
      { filter_properties: {}, request_spec: { num_instances: 1 } },
    ]);
    expect(bed.told).toMatchObject([
      {
        host: "c1",
        method: "unshelve_instance",
        args: {
          image: { id: IMAGE, name: "t3-shelved", min_disk: 1 },
          filter_properties: { limits: { memory_mb: 12288 } },
          node: "c1-node",
        },
      },
    ]);
    expect(bed.told[0]?.args).not.toHaveProperty("filter_properties.retry");
  });

  test("forgets what was shelved as soon as the cast is out, and stays unshelving", () => {
    offloaded();
    expect(shelvedKeys()).toEqual([]);
    expect(bed.stored(1)).toMatchObject({
      vm_state: "shelved_offloaded",
      task_state: "unshelving",
    });
  });

  test("has events for the image and for the scheduling", () => {
    offloaded();
    expect(events()).toEqual([
      ["get_image_info", "Success"],
      ["schedule_instances", "Success"],
    ]);
  });

  // nova/conductor/manager.py unshelve_instance: the EventReporter is around safe_image_show.
  test("without an image is volume-backed: Glance is not asked in the event for it, null is sent", () => {
    offloaded({});
    expect(bed.glance).toEqual([]);
    expect(events()).toEqual([
      ["get_image_info", "Success"],
      ["schedule_instances", "Success"],
    ]);
    expect(bed.told).toMatchObject([{ method: "unshelve_instance", args: { image: null } }]);
  });

  test("whose image is gone is in error, and unshelving for ever", () => {
    bed.imageStatus = 404;
    offloaded();
    expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: "unshelving" });
    expect(events()).toEqual([["get_image_info", "Error"]]);
    expect(bed.asked).toEqual([]);
    const logged = bed.of<{ kind: "log"; message: string }>("log").map(({ message }) => message);
    // nova/conductor/manager.py:683
    expect(logged).toContain(
      `Unshelve attempted but the image ${IMAGE} cannot be found. (${uuid(1)})`,
    );
    expect(logged).toContain(
      `Exception during message handling of unshelve_instance: UnshelveException: Error during unshelve instance ${uuid(1)}: Unshelve attempted but the image ${IMAGE} cannot be found.`,
    );
  });

  test("for which there is no host stays as it was, idle, without a fault or a word", () => {
    bed.answer = new NoValidHost({ reason: "" });
    offloaded();
    expect(bed.stored(1)).toMatchObject({ vm_state: "shelved_offloaded", task_state: null });
    expect(shelvedKeys()).toHaveLength(3);
    expect(bed.db.instance_faults.find()).toEqual([]);
    expect(bed.notifications()).toEqual([]);
    expect(events().at(-1)).toEqual(["schedule_instances", "Error"]);
  });

  test("is unshelving for ever if anything else goes wrong", () => {
    bed.answer = new MessagingTimeout("Timed out waiting for a reply");
    offloaded();
    expect(bed.stored(1)).toMatchObject({
      vm_state: "shelved_offloaded",
      task_state: "unshelving",
    });
    expect(shelvedKeys()).toHaveLength(3);
  });
});

test("a server that was never shelved is in error, still unshelving", () => {
  unshelve({ vm_state: "active", host: "c1" });
  expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: "unshelving" });
  expect(bed.told).toEqual([]);
});
