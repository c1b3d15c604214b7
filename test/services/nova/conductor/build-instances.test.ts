/** Builds as the conductor leads them: nova §1.4 rows 5-7, §1.10, §9.4. */
import { beforeEach, describe, expect, test } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import { computeTaskApi } from "../../../../src/services/nova/conductor/rpcapi.js";
import { NoValidHost } from "../../../../src/services/nova/exception.js";
import type { FilterProperties } from "../../../../src/services/nova/scheduler/rpcapi.js";
import { TINY, uuid } from "../bed.js";
import { ConductorBed, type Told } from "./bed.js";

let bed: ConductorBed;
beforeEach(() => {
  bed = new ConductorBed();
});

/** Ask for the instances numbered `numbers`, which must have been made. */
function build(filter_properties: FilterProperties = {}, count = 1): void {
  const instances = Array.from({ length: count }, (_, at) => bed.instance(at + 1));
  rebuild(instances, filter_properties);
}

function rebuild(instances: ReturnType<ConductorBed["instance"]>[], properties = {}): void {
  const call = {
    instances,
    image: {},
    filter_properties: properties,
    admin_password: "secret",
    injected_files: [],
    requested_networks: null,
    security_groups: ["default"],
  };
  bed.cast(bed.client(computeTaskApi).build_instances(bed.ctxt, call));
}

const builds = () =>
  bed.told.map((told) => {
    expect(told.method).toBe("build_and_run_instance");
    return told as Extract<Told, { method: "build_and_run_instance" }>;
  });

test("two instances are one question to the scheduler and one cast each, with its own retry and limits", () => {
  build({}, 2);
  expect(bed.asked.map(({ filter_properties }) => filter_properties)).toEqual([
    { retry: { num_attempts: 1, hosts: [] } },
  ]);
  expect(
    builds().map(({ host, args }) => ({
      host,
      uuid: args.instance.uuid,
      node: args.node,
      filter_properties: args.filter_properties,
      limits: args.limits,
    })),
  ).toEqual(
    ["c1", "c2"].map((host, at) => ({
      host,
      uuid: uuid(at + 1),
      node: `${host}-node`,
      filter_properties: {
        retry: { num_attempts: 1, hosts: [[host, `${host}-node`]] },
        limits: { memory_mb: 12288 },
      },
      limits: { memory_mb: 12288 },
    })),
  );
});

test("the request names all instances and describes the first, without an envelope", () => {
  build({}, 2);
  const { request_spec } = bed.asked[0]!;
  expect(request_spec).toMatchObject({
    image: {},
    num_instances: 2,
    instance_uuids: [uuid(1), uuid(2)],
    instance_type: TINY,
  });
  expect(request_spec.instance_properties).toMatchObject({
    uuid: uuid(1),
    vm_state: "building",
    task_state: "scheduling",
    info_cache: { instance_uuid: uuid(1), network_info: [] },
  });
  expect(JSON.stringify(request_spec)).not.toContain("nova_object");
});

test("extra specs are those that the flavor has now, not when the server was asked for", () => {
  bed.db.instance_type_extra_specs.insert({ instance_type_id: 2, key: "ssd", value: "true" });
  build();
  expect(bed.asked[0]?.request_spec.instance_type.extra_specs).toEqual({ ssd: "true" });
});

test("the disks of an instance go with it", () => {
  bed.imageDisk(uuid(1), "i");
  build();
  const disks = builds()[0]?.args.block_device_mapping.objects;
  expect(disks?.map(({ image_id }) => image_id)).toEqual(["i"]);
});

describe("retry", () => {
  test("is not kept for a build that may go to one host only, nor with one attempt", () => {
    build({ force_hosts: ["c1"] });
    expect(bed.asked[0]?.filter_properties).toEqual({ force_hosts: ["c1"] });
    // A forced host gets no limits: it is to take the server however full it is.
    expect(builds()[0]?.args.filter_properties).toEqual({ force_hosts: ["c1"] });
    bed = new ConductorBed({ scheduler_max_attempts: 1 });
    build();
    expect(bed.asked[0]?.filter_properties).toEqual({});
  });

  test("counts on, adds the new host and forgets the last error", () => {
    build({ retry: { num_attempts: 1, hosts: [["c0", "c0"]], exc: ["boom"] } });
    expect(bed.asked[0]?.filter_properties.retry).toEqual({
      num_attempts: 2,
      hosts: [["c0", "c0"]],
    });
    expect(builds()[0]?.args.filter_properties.retry?.hosts).toEqual([
      ["c0", "c0"],
      ["c1", "c1-node"],
    ]);
  });

  test("ends after three attempts, without another question, in the words of the last error", () => {
    build({ retry: { num_attempts: 3, hosts: [["c0", "c0"]], exc: ["Traceback\n", "boom\n"] } });
    expect(bed.asked).toEqual([]);
    expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: null });
    expect(bed.db.instance_faults.find()[0]?.message).toBe(
      `No valid host was found. Exceeded max scheduling attempts 3 for instance ${uuid(1)}. Last exception: [u'Traceback\\n', u'boom\\n']`,
    );
  });
});

describe("when no host is found", () => {
  beforeEach(() => {
    bed.answer = new NoValidHost({ reason: "" });
    build({}, 2);
  });

  test("every instance of the request is in error, and idle; nothing is cast", () => {
    expect(bed.told).toEqual([]);
    for (const n of [1, 2]) {
      expect(bed.stored(n)).toMatchObject({ vm_state: "error", task_state: null, host: null });
    }
  });

  test("each has a fault, whose text ends where the reason would begin", () => {
    expect(bed.db.instance_faults.find()).toMatchObject(
      [1, 2].map((n) => ({
        instance_uuid: uuid(n),
        code: 500,
        message: "No valid host was found. ",
        host: "controller",
      })),
    );
  });

  test("each is told of as an error of the scheduler, published by the conductor", () => {
    const told = bed.notifications();
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({
      publisher_id: "scheduler.controller",
      event_type: "scheduler.run_instance",
      priority: "ERROR",
      payload: {
        instance_id: uuid(1),
        state: "error",
        method: "run_instance",
        // `reason=ex`, of which JSON has the __dict__ (nova/rpc.py, JsonPayloadSerializer).
        reason: { kwargs: { reason: "", code: 500 } },
        instance_properties: { uuid: uuid(1) },
      },
    });
  });
});

test("a scheduler that does not answer in a minute is a failure like any other", () => {
  bed.stopScheduler();
  build();
  expect(bed.kernel.now).toBeGreaterThan(seconds(60));
  expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: null });
  expect(bed.db.instance_faults.find()[0]).toMatchObject({
    code: 500,
    message: expect.stringMatching(/^Timed out waiting for a reply/),
  });
});

test("an instance that was deleted while it was scheduled is left out without a word", () => {
  bed.meanwhile = () => {
    bed.db.instances.softDelete(uuid(1));
  };
  build({}, 2);
  expect(builds().map(({ args }) => args.instance.uuid)).toEqual([uuid(2)]);
  expect(bed.db.instance_faults.find()).toEqual([]);
});
