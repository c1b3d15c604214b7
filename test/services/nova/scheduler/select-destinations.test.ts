/** Choosing hosts: nova §1.5, §9.5. */
import { beforeEach, describe, expect, test } from "vitest";
import { minutes, seconds } from "../../../../src/kernel/index.js";
import { NoValidHost } from "../../../../src/services/nova/exception.js";
import { novaScheduler } from "../../../../src/services/nova/scheduler/index.js";
import {
  schedulerApi,
  type Destination,
  type FilterProperties,
  type RequestSpec,
} from "../../../../src/services/nova/scheduler/rpcapi.js";
import type { FlagValues } from "../../../../src/framework/index.js";
import { NovaBed, TINY, requestSpec, uuid } from "../bed.js";

const LIVE = { service_down_time: 1_000_000 };

class SchedulerBed extends NovaBed {
  constructor(flags: FlagValues = {}) {
    super({ ...LIVE, notification_driver: ["messaging"], ...flags });
    this.start(novaScheduler(this.nova("nova-scheduler"), this.db));
  }

  select(spec: Partial<RequestSpec> = {}, filter_properties: FilterProperties = {}): Destination[] {
    const call = { request_spec: requestSpec(spec), filter_properties };
    return this.run(this.client(schedulerApi).select_destinations(this.ctxt, call));
  }

  hosts(spec: Partial<RequestSpec> = {}, properties: FilterProperties = {}): string[] {
    return this.select(spec, properties).map(({ host }) => host);
  }

  /** Event types and publishers so far. */
  events(): unknown[] {
    return this.of<{ kind: "notification"; event_type: string; publisher_id: string }>(
      "notification",
    ).map(({ event_type, publisher_id }) => `${publisher_id} ${event_type}`);
  }
}

let bed: SchedulerBed;
beforeEach(() => {
  bed = new SchedulerBed();
});

test("ten instances get ten destinations, spread by free memory", () => {
  for (const host of ["c1", "c2", "c3"]) bed.host(host);
  bed.host("small", { free_ram_mb: 1024, memory_mb: 1536 });
  const hosts = bed.hosts({ num_instances: 10 });
  expect(hosts.join(" ")).toBe("c1 c2 c3 c1 c2 c3 c1 c2 c3 c1");
});

test("a destination is host, node and what the host was found to allow", () => {
  bed.host("c1", { hypervisor_hostname: "c1.example" });
  expect(bed.select()).toEqual([
    { host: "c1", nodename: "c1.example", limits: { memory_mb: 12288 } },
  ]);
});

test("the request is announced, and its end only if all found a host", () => {
  bed.host("c1");
  bed.select();
  const [start, end] = [
    "scheduler.controller scheduler.select_destinations.start",
    "scheduler.controller scheduler.select_destinations.end",
  ];
  expect(bed.events()).toEqual([start, end]);
  expect(() => bed.select({ num_instances: 100 })).toThrow(NoValidHost);
  expect(bed.events()).toEqual([start, end, start]);
});

test("NoValidHost gives no reason", () => {
  expect(() => bed.select()).toThrow(/^No valid host was found\. \n/);
});

test("CPUs and disk do not matter to the default filters", () => {
  bed.host("c1", { vcpus: 1, vcpus_used: 99, free_disk_gb: -10, disk_available_least: -10 });
  expect(bed.hosts()).toEqual(["c1"]);
});

describe("phantom usage", () => {
  const fits = 12288 - 512;

  /** Two instances of which one fits: all or nothing, so nothing, but the first was counted. */
  function failOnce(): void {
    const instance_type = { ...TINY, memory_mb: fits };
    const spec = requestSpec({ instance_type, num_instances: 2 }, { memory_mb: fits });
    expect(() => bed.select(spec)).toThrow(NoValidHost);
  }

  test("what was promised to a failed request stays taken, for as long as nobody writes the row", () => {
    const { id } = bed.host("c1");
    failOnce();
    bed.wait(minutes(10));
    expect(() => bed.select()).toThrow(NoValidHost);
    bed.db.compute_nodes.touch(id);
    expect(bed.hosts()).toEqual(["c1"]);
  });

  test("a row that was never updated has no date, so it is believed each time", () => {
    const { id } = bed.service({ host: "c1" });
    const like = bed.host("c2");
    const {
      id: _,
      created_at: __,
      updated_at: ___,
      deleted: ____,
      deleted_at: _____,
      ...values
    } = like;
    bed.db.compute_nodes.softDelete(like.id);
    bed.db.compute_nodes.insert({ ...values, service_id: id, hypervisor_hostname: "c1" });
    failOnce();
    expect(bed.hosts()).toEqual(["c1"]);
  });

  test("dies with the process", () => {
    bed.host("c1");
    failOnce();
    const env = bed.nova("nova-scheduler", "controller-2");
    bed.start(novaScheduler(env, bed.db));
    const second = bed.client(schedulerApi).prepare({ server: "controller-2" });
    const call = { request_spec: requestSpec(), filter_properties: {} };
    expect(bed.run(second.select_destinations(bed.ctxt, call))).toHaveLength(1);
  });
});

test("a node is forgotten with its service", () => {
  bed.host("c1");
  bed.host("c2");
  expect(bed.hosts()).toEqual(["c1"]);
  bed.db.services.softDelete(bed.serviceOf("c1"));
  expect(bed.hosts({ num_instances: 2 })).toEqual(["c2", "c2"]);
});

describe("the choice among the best", () => {
  const pick = (subset: number): string[] => {
    const each = new SchedulerBed({ scheduler_host_subset_size: subset });
    for (let n = 1; n <= 5; n++) each.host(`c${n}`, { free_ram_mb: 8000 - n * 1000 });
    // Each request finds the rows as if nothing had been promised.
    return Array.from({ length: 40 }, () => {
      const [host = ""] = each.hosts();
      for (const { id } of each.db.compute_nodes.find()) each.db.compute_nodes.touch(id);
      return host;
    });
  };

  test("with a subset of one is always the best", () => {
    expect(new Set(pick(1))).toEqual(new Set(["c1"]));
    expect(new Set(pick(0))).toEqual(new Set(["c1"]));
  });

  test("with a subset of two is by chance one of the two best, the same in every run", () => {
    const picks = pick(2);
    expect(new Set(picks)).toEqual(new Set(["c1", "c2"]));
    expect(pick(2)).toEqual(picks);
  });

  test("with a subset of more than there are is one of all", () => {
    expect(new Set(pick(20))).toEqual(new Set(["c1", "c2", "c3", "c4", "c5"]));
  });
});

describe("hosts by name", () => {
  beforeEach(() => {
    for (const host of ["c1", "c2", "c3"]) bed.host(host);
  });

  test("a forced host is taken even if it is dead, disabled and full", () => {
    bed.db.services.update(bed.serviceOf("c2"), { disabled: true });
    bed.db.compute_nodes.update(2, { free_ram_mb: -100_000 });
    expect(bed.select({}, { force_hosts: ["c2"] })).toEqual([
      { host: "c2", nodename: "c2", limits: {} },
    ]);
  });

  test("forced hosts and nodes must both agree", () => {
    expect(bed.hosts({}, { force_hosts: ["c2"], force_nodes: ["c2"] })).toEqual(["c2"]);
    expect(() => bed.hosts({}, { force_hosts: ["c2"], force_nodes: ["c3"] })).toThrow(NoValidHost);
    expect(() => bed.hosts({}, { force_hosts: ["moon"] })).toThrow(NoValidHost);
  });

  test("an ignored host is ignored even if it is forced", () => {
    expect(bed.hosts({}, { ignore_hosts: ["c1", "c3"] })).toEqual(["c2"]);
    expect(() => bed.hosts({}, { ignore_hosts: ["c2"], force_hosts: ["c2"] })).toThrow(NoValidHost);
  });
});

describe("server groups", () => {
  const GROUP = uuid(900);

  function group(policy: string, name = "g"): void {
    bed.db.instance_groups.insert({
      uuid: GROUP,
      user_id: "alice",
      project_id: "demo",
      name,
      policies: [policy],
      members: [uuid(50)],
    });
    bed.instance(50, { host: "c1" });
  }

  beforeEach(() => {
    for (const host of ["c1", "c2", "c3"]) bed.host(host);
  });

  test("anti-affinity holds against members elsewhere and within the request", () => {
    group("anti-affinity");
    const hints = { scheduler_hints: { group: GROUP } };
    expect(bed.hosts({ num_instances: 2 }, hints)).toEqual(["c2", "c3"]);
    expect(() => bed.hosts({ num_instances: 3 }, hints)).toThrow(NoValidHost);
  });

  test("a member that waits to be reclaimed binds nobody (nova/objects/instance_group.py:158)", () => {
    group("anti-affinity");
    bed.db.instances.update(uuid(50), { vm_state: "soft-delete" });
    expect(bed.hosts({}, { scheduler_hints: { group: GROUP } })).toEqual(["c1"]);
  });

  test("affinity keeps to the members' host, by name of the group as well", () => {
    group("affinity", "together");
    const hints = { scheduler_hints: { group: "together" } };
    expect(bed.hosts({ num_instances: 3 }, hints)).toEqual(["c1", "c1", "c1"]);
  });

  test("a policy whose filter is not in use is refused in words", () => {
    bed = new SchedulerBed({ scheduler_default_filters: ["RamFilter"] });
    bed.host("c1");
    group("affinity");
    expect(() => bed.hosts({}, { scheduler_hints: { group: GROUP } })).toThrow(
      "No valid host was found. ServerGroupAffinityFilter not configured",
    );
  });

  test("a group that is not there is said to be not there", () => {
    expect(() => bed.hosts({}, { scheduler_hints: { group: "moon" } })).toThrow(
      "Instance group moon could not be found.",
    );
  });
});

test("quota that was reserved and forgotten is given back within a minute of its expiry", () => {
  const usage = bed.db.quota_usages.insert({
    project_id: "demo",
    user_id: "alice",
    resource: "instances",
    in_use: 1,
    reserved: 2,
    until_refresh: null,
  });
  bed.db.reservations.insert({
    uuid: uuid(70),
    usage_id: usage.id,
    project_id: "demo",
    user_id: "alice",
    resource: "instances",
    delta: 2,
    expire: seconds(100),
  });
  bed.wait(seconds(100));
  expect(bed.db.quota_usages.get(usage.id)?.reserved).toBe(2);
  bed.wait(seconds(125));
  expect(bed.db.quota_usages.get(usage.id)).toMatchObject({ in_use: 1, reserved: 0 });
});

test("the scheduler has a record and reports every ten seconds (SVC-09)", () => {
  bed.wait(seconds(26));
  const [row] = bed.db.services.find({ binary: "nova-scheduler" });
  expect(row).toMatchObject({ host: "controller", topic: "scheduler", report_count: 3 });
});
