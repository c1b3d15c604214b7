/** What the notifications of each service become (ceilometer/plugin.py and its handlers at 2014.2). */
import { describe, expect, it } from "vitest";
import { MeteringBed } from "../bed.js";

const instance = {
  instance_id: "i1",
  user_id: "u",
  tenant_id: "t",
  instance_type: "m1.tiny",
  memory_mb: 512,
  vcpus: 1,
  root_gb: 1,
  ephemeral_gb: 0,
  metadata: { "metering.stack.id": "s1", mine: "x" },
};
const network = { context: { user_id: "u", tenant_id: "t" } };

describe("an instance's notification", () => {
  it("becomes six samples, and one more for its flavor's name", () => {
    const bed = new MeteringBed();
    bed.tells("nova", "compute.instance.create.end", instance);
    const who = ["u", "t", "i1"];
    expect(bed.stored()).toEqual([
      ["instance", "gauge", "instance", 1, ...who],
      ["instance:m1.tiny", "gauge", "instance", 1, ...who],
      ["memory", "gauge", "MB", 512, ...who],
      ["vcpus", "gauge", "vcpu", 1, ...who],
      ["disk.root.size", "gauge", "GB", 1, ...who],
      ["disk.ephemeral.size", "gauge", "GB", 0, ...who],
    ]);
  });

  it("loses its metadata but for what is reserved, cut and with dots replaced", () => {
    const bed = new MeteringBed();
    const metadata = { "metering.stack.id": "s".repeat(300), "metering.n": 3, mine: "x" };
    bed.tells("nova", "compute.instance.create.end", { ...instance, metadata });
    const [row] = bed.metering.resources.find();
    const { metadata: _, ...rest } = instance;
    expect(row?.resource_metadata).toEqual({
      ...rest,
      user_metadata: { stack_id: "s".repeat(256), n: 3 },
      event_type: "compute.instance.create.end",
      host: "nova.host-1",
    });
    // Six samples, and one row: the metadata of all is the same.
    expect(bed.metering.resources.size).toBe(1);
  });

  it("has samples of its own when nova's plugin sends them", () => {
    const bed = new MeteringBed();
    const samples = [{ name: "cpu", type: "cumulative", unit: "ns", volume: 7 }];
    bed.tells("nova", "compute.instance.delete.samples", { ...instance, samples });
    expect(bed.meters()).toContain("cpu");
    expect(bed.meters()).toHaveLength(7);
  });

  it("that lacks what the first handler reads gives nothing at all", () => {
    const bed = new MeteringBed();
    const { tenant_id: _, ...rest } = instance;
    bed.tells("nova", "compute.instance.create.end", rest);
    expect(bed.meters()).toEqual([]);
    expect(bed.lines("error")).toEqual([
      "Exception during message handling: KeyError: 'tenant_id'",
    ]);
  });

  it("gives what handlers before the failing one have made of it", () => {
    const bed = new MeteringBed();
    const { memory_mb: _, ...rest } = instance;
    bed.tells("nova", "compute.instance.create.end", rest);
    expect(bed.meters()).toEqual(["instance", "instance:m1.tiny"]);
  });

  it("is not heard as an error", () => {
    const bed = new MeteringBed();
    bed.tells("nova", "compute.instance.create.error", instance, { priority: "error" });
    expect(bed.meters()).toEqual([]);
  });
});

describe("the scheduler's notification", () => {
  it("becomes instance.scheduled of the project alone", () => {
    const bed = new MeteringBed();
    bed.tells("nova", "scheduler.run_instance.scheduled", {
      instance_id: "i1",
      request_spec: { instance_properties: { project_id: "t", metadata: { mine: "x" } } },
    });
    expect(bed.stored()).toEqual([["instance.scheduled", "delta", "instance", 1, null, "t", "i1"]]);
    expect(bed.metering.resources.find()[0]?.resource_metadata).toMatchObject({
      request_spec: { instance_properties: { project_id: "t" } },
    });
  });
});

describe("a host's metrics", () => {
  it("become a sample each, shares of a processor in per cent", () => {
    const bed = new MeteringBed();
    const timestamp = "2014-09-18T04:00:00.000000";
    const metrics = [
      { name: "cpu.frequency", value: 1600, timestamp, source: "libvirt" },
      { name: "cpu.percent", value: 0.5, timestamp, source: "libvirt" },
      { name: "unknown", value: 1, timestamp, source: "libvirt" },
    ];
    bed.tells("nova", "compute.metrics.update", { host: "h", nodename: "n", metrics });
    expect(bed.stored()).toEqual([
      ["compute.node.cpu.frequency", "gauge", "MHz", 1600, null, null, "h_n"],
      ["compute.node.cpu.percent", "gauge", "%", 50, null, null, "h_n"],
    ]);
    expect(bed.metering.samples.find()[0]?.timestamp).toBe(timestamp);
  });
});

describe("an image's notification", () => {
  const image = { id: "im", owner: "t", size: 12 };

  it("becomes three samples, one of them called as the event", () => {
    const bed = new MeteringBed();
    bed.tells("glance", "image.upload", image);
    expect(bed.stored()).toEqual([
      ["image.upload", "delta", "image", 1, null, "t", "im"],
      ["image", "gauge", "image", 1, null, "t", "im"],
      ["image.size", "gauge", "B", 12, null, "t", "im"],
    ]);
  });

  it("has no size while it is queued", () => {
    const bed = new MeteringBed();
    bed.tells("glance", "image.update", { ...image, size: null });
    expect(bed.stored()[2]).toEqual(["image.size", "gauge", "B", null, null, "t", "im"]);
  });

  it("gives nothing when it was created or became active", () => {
    const bed = new MeteringBed();
    bed.tells("glance", "image.create", image);
    bed.tells("glance", "image.activate", image);
    expect(bed.meters()).toEqual([]);
  });

  it("of data on its way counts for who got it and for whose it is", () => {
    const bed = new MeteringBed();
    bed.tells("glance", "image.send", {
      image_id: "im",
      bytes_sent: 5,
      receiver_user_id: "ru",
      receiver_tenant_id: "rt",
      owner_id: "t",
    });
    expect(bed.stored()).toEqual([
      ["image.download", "delta", "B", 5, "ru", "rt", "im"],
      ["image.serve", "delta", "B", 5, null, "t", "im"],
    ]);
  });
});

describe("Neutron's notification", () => {
  it("counts the thing and what was done to it, for who asked", () => {
    const bed = new MeteringBed();
    bed.tells("neutron", "port.create.end", { port: { id: "p1" } }, network);
    expect(bed.stored()).toEqual([
      ["port", "gauge", "port", 1, "u", "t", "p1"],
      ["port.create", "delta", "port", 1, "u", "t", "p1"],
    ]);
    expect(bed.lines("info").at(-1)).toMatch(/^network notification \{/);
  });

  it("of a floating address that is about to change has its id from beside it (test_floatingip_update)", () => {
    const bed = new MeteringBed();
    const payload = { id: "f1", floatingip: { port_id: null } };
    bed.tells("neutron", "floatingip.update.start", payload, network);
    expect(bed.stored()).toEqual([
      ["ip.floating", "gauge", "ip", 1, "u", "t", "f1"],
      ["ip.floating.update", "delta", "ip", 1, "u", "t", "f1"],
    ]);
  });

  it("of many networks at once gives two samples for each (test_bulk_network_create)", () => {
    const bed = new MeteringBed();
    bed.tells("neutron", "network.create.end", { networks: [{ id: "n1" }, { id: "n2" }] }, network);
    expect(bed.meters()).toEqual(["network", "network", "network.create", "network.create"]);
  });

  it("that it exists gives one sample", () => {
    const bed = new MeteringBed();
    bed.tells("neutron", "subnet.exists", { subnet: { id: "s1" } }, network);
    expect(bed.meters()).toEqual(["subnet"]);
  });

  it("about nothing is a TypeError", () => {
    const bed = new MeteringBed();
    bed.tells("neutron", "router.create.end", {}, network);
    expect(bed.lines("error")).toEqual([
      "Exception during message handling: TypeError: 'NoneType' object is not iterable",
    ]);
  });

  it("that something is gone, or about to be there, gives nothing", () => {
    const bed = new MeteringBed();
    bed.tells("neutron", "network.delete.end", { network_id: "n1" }, network);
    bed.tells("neutron", "network.create.start", { network: {} }, network);
    expect(bed.meters()).toEqual([]);
  });

  it("of traffic becomes bandwidth", () => {
    const bed = new MeteringBed();
    bed.tells("neutron", "l3.meter", { tenant_id: "t", label_id: "l1", bytes: 9 }, network);
    expect(bed.stored()).toEqual([["bandwidth", "delta", "B", 9, null, "t", "l1"]]);
  });
});

describe("Cinder's notification", () => {
  it("becomes a volume and its size", () => {
    const bed = new MeteringBed();
    const payload = { volume_id: "v1", user_id: "u", tenant_id: "t", size: 2 };
    bed.tells("cinder", "volume.attach.end", payload);
    bed.tells("cinder", "volume.update.end", payload);
    expect(bed.stored()).toEqual([
      ["volume", "gauge", "volume", 1, "u", "t", "v1"],
      ["volume.size", "gauge", "GB", 2, "u", "t", "v1"],
    ]);
  });

  it("becomes a snapshot and the size of its volume", () => {
    const bed = new MeteringBed();
    const payload = { snapshot_id: "s1", user_id: "u", tenant_id: "t", volume_size: 2 };
    bed.tells("cinder", "snapshot.create.start", payload);
    expect(bed.stored()).toEqual([
      ["snapshot", "gauge", "snapshot", 1, "u", "t", "s1"],
      ["snapshot.size", "gauge", "GB", 2, "u", "t", "s1"],
    ]);
  });
});

describe("Keystone's notification", () => {
  it("is a sample of its own name", () => {
    const bed = new MeteringBed();
    bed.tells("keystone", "identity.project.created", { resource_info: "p1" });
    expect(bed.stored()).toEqual([
      ["identity.project.created", "delta", "project", 1, null, null, "p1"],
    ]);
  });

  it("about a login is called after what came of it", () => {
    const bed = new MeteringBed();
    const payload = { outcome: "failure", initiator: { id: "u1" } };
    bed.tells("keystone", "identity.authenticate", payload);
    expect(bed.stored()).toEqual([
      ["identity.authenticate.failure", "delta", "user", 1, "u1", null, "u1"],
    ]);
  });

  it("about a trust gives nothing, for the handler waits for another name", () => {
    const bed = new MeteringBed();
    bed.tells("keystone", "identity.OS-TRUST:trust.created", { resource_info: "x" });
    expect(bed.meters()).toEqual([]);
  });
});

describe("Heat's notification", () => {
  it("counts for the trustor, if there is one", () => {
    const bed = new MeteringBed();
    const payload = { tenant_id: "t", stack_identity: "s1" };
    bed.tells("heat", "orchestration.stack.create.end", payload, network);
    const context = { user_id: "u", trustor_user_id: "tr" };
    bed.tells("heat", "orchestration.stack.suspend.end", payload, { context });
    expect(bed.stored()).toEqual([
      ["stack.create", "delta", "stack", 1, "u", "t", "s1"],
      ["stack.suspend", "delta", "stack", 1, "tr", "t", "s1"],
    ]);
  });
});
