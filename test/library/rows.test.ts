/**
 * What should hold of the rows of Heat, Trove, Swift, Glance, Cinder, Neutron and Keystone: it does of a cloud that was used, and
 * each rule is broken once, by hand where no cloud would get by itself, and by a user where Juno lets one.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import type { Durable } from "../../src/framework/project.js";
import { findingText, type Finding } from "../../src/framework/invariants.js";
import { seconds } from "../../src/kernel/index.js";
import { cinderDatabase, volumeGroups } from "../../src/services/cinder/project.js";
import { glanceDatabase } from "../../src/services/glance/project.js";
import { heatDatabase } from "../../src/services/heat/project.js";
import { neutronDatabase } from "../../src/services/neutron/project.js";

/** Whose rows one may write into. */
class OpenCloud extends Cloud {
  of<T>(durable: Durable<T>): T {
    return this.stored(durable);
  }
}

const TEMPLATE = {
  heat_template_version: "2013-05-23",
  resources: {
    web: {
      type: "OS::Nova::Server",
      properties: { flavor: "m1.nano", image: "cirros", networks: [{ network: "private" }] },
    },
    disk: { type: "OS::Cinder::Volume", properties: { size: 1 } },
  },
};

/** A cloud in which there is one of everything. */
function used(): OpenCloud {
  const cloud = new OpenCloud({ seed: 1, preset: "full" });
  const { cinder, heat, swift } = cloud.user("demo");
  const { id } = cloud.run(cinder.volumes.create({ size: 1, display_name: "data" }));
  cloud.settle();
  cloud.run(cinder.snapshots.create({ volume_id: id, display_name: "before" }));
  cloud.run(swift.createContainer("box"));
  cloud.run(swift.put("box", "a", "one"));
  cloud.run(swift.put("box", "b", "two"));
  cloud.run(swift.delete("box", "b"));
  cloud.run(heat.create({ name: "words", template: TEMPLATE }));
  cloud.settle();
  // Until hosts have counted, and the updaters of listings have run.
  cloud.advance("12m");
  return cloud;
}

const told = (findings: readonly Finding[]): string[] =>
  findings.map((finding) =>
    findingText(finding).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}/gu, "ID"),
  );

describe("the rows of a cloud that was used", () => {
  let cloud: OpenCloud;
  beforeAll(() => {
    cloud = used();
  });

  /** What is found while `broken` is so. */
  function while_(breakIt: () => void, mend: () => void): string[] {
    expect(told(cloud.invariants())).toEqual([]);
    breakIt();
    const found = told(cloud.invariants());
    mend();
    return found;
  }

  it("hold", () => {
    expect(cloud.stacks().map(({ status }) => status)).toEqual(["COMPLETE"]);
    expect(cloud.volumes().length).toBe(2);
    expect(told(cloud.invariants())).toEqual([]);
  });

  it("have no port without a network, no address without a subnet, and no MAC address twice", () => {
    const { ports } = cloud.of(neutronDatabase);
    const [port = expect.fail(), other = expect.fail()] = ports.find();
    const nowhere = while_(
      () => ports.update(port.uuid, { network_id: "gone" }),
      () => ports.update(port.uuid, { network_id: port.network_id }),
    );
    expect(nowhere).toEqual(["owner (neutron.ports): port ID: there is no network gone"]);
    const twice = while_(
      () => ports.update(port.uuid, { mac_address: other.mac_address }),
      () => ports.update(port.uuid, { mac_address: port.mac_address }),
    );
    expect(twice).toEqual([
      expect.stringMatching(
        /^address \(neutron.ports\): MAC address \S+: of port ID and of port ID$/u,
      ),
    ]);
  });

  // How it comes about in Juno: test/services/neutron/half-plugged.test.ts.
  it("have no port that stays half plugged while its agent lives", () => {
    const { agents, portBindings, ports } = cloud.of(neutronDatabase);
    const port =
      ports.find().find(({ device_owner }) => device_owner.startsWith("compute:")) ?? expect.fail();
    const agent = agents.first({ binary: "neutron-openvswitch-agent" }) ?? expect.fail();
    const half = (): unknown => ports.update(port.uuid, { status: "BUILD" });
    const whole = (): unknown => ports.update(port.uuid, { status: "ACTIVE" });
    const stays = `at-rest (neutron.ports): port ID: stays BUILD on ${agent.host}`;
    expect(while_(half, whole)).toEqual([stays]);
    const [other = expect.fail()] = ports.find({ device_owner: "network:dhcp" });
    const bound = portBindings.first({ port_id: other.uuid }) ?? expect.fail();
    const unplugged = while_(
      () => {
        ports.update(other.uuid, { status: "BUILD" });
        portBindings.update(other.uuid, { host: agent.host });
      },
      () => {
        ports.update(other.uuid, { status: other.status });
        portBindings.update(other.uuid, { host: bound.host });
      },
    );
    expect(unplugged).toEqual([stays]);
    const { heartbeat_timestamp } = agent;
    const dead = while_(
      () => {
        half();
        agents.update(agent.uuid, { heartbeat_timestamp: agent.started_at });
      },
      () => {
        whole();
        agents.update(agent.uuid, { heartbeat_timestamp });
      },
    );
    expect(dead).toEqual([`${stays} [port-waits-for-agent]`]);
  });

  it("have nothing in a project that there is not", () => {
    const { volumes } = cloud.of(cinderDatabase);
    const [volume = expect.fail()] = volumes.find();
    const { project_id } = volume;
    const found = while_(
      () => volumes.update(volume.uuid, { project_id: "gone" }),
      () => volumes.update(volume.uuid, { project_id }),
    );
    expect(found).toContain("owner (cinder.volumes): volume ID: there is no project gone");
    const { images } = cloud.of(glanceDatabase);
    const [image = expect.fail()] = images.find();
    const { owner } = image;
    const homeless = while_(
      () => images.update(image.uuid, { owner: "gone" }),
      () => images.update(image.uuid, { owner }),
    );
    expect(homeless).toEqual(["owner (glance.images): image ID: there is no project gone"]);
  });

  it("have no volume that is to be used and lies nowhere, and no snapshot of nothing", () => {
    const { volumes, snapshots } = cloud.of(cinderDatabase);
    const [group = expect.fail()] = cloud.of(volumeGroups).all;
    const [snapshot = expect.fail()] = snapshots.find();
    const { volume_id } = snapshot;
    const orphan = while_(
      () => snapshots.update(snapshot.uuid, { volume_id: "gone" }),
      () => snapshots.update(snapshot.uuid, { volume_id }),
    );
    expect(orphan).toContain("owner (cinder.snapshots): snapshot ID: there is no volume gone");
    const [volume = expect.fail()] = volumes.find();
    const moved = while_(
      () => volumes.update(volume.uuid, { _name_id: "elsewhere" }),
      () => volumes.update(volume.uuid, { _name_id: null }),
    );
    expect(moved).toContain(
      `made (cinder.volumes): volume ID: volume-elsewhere is not on ${group.host}`,
    );
  });

  it("have no active image without its data", () => {
    const { locations } = cloud.of(glanceDatabase);
    const [location = expect.fail()] = locations.find();
    const { value } = location;
    const found = while_(
      () => locations.update(location.id, { value: "file:///gone" }),
      () => locations.update(location.id, { value }),
    );
    expect(found).toContain("made (glance.image_locations): image ID: there is no file /gone");
  });

  it("have no resource of a stack that is not there, and no nested stack without its parent", () => {
    const { resources, stacks } = cloud.of(heatDatabase);
    const disk = resources.first({ name: "disk" }) ?? expect.fail();
    const { nova_instance } = disk;
    const found = while_(
      () => resources.update(disk.uuid, { nova_instance: "gone" }),
      () => resources.update(disk.uuid, { nova_instance }),
    );
    expect(found).toEqual([
      "made (heat.resource): resource disk of stack ID: there is no volume gone",
    ]);
    const [stack = expect.fail()] = stacks.find();
    const nested = while_(
      () => stacks.update(stack.uuid, { owner_id: "gone" }),
      () => stacks.update(stack.uuid, { owner_id: null }),
    );
    expect(nested).toEqual(["owner (heat.stack): nested stack ID: there is no stack gone"]);
  });
});

describe("Juno itself lets", () => {
  it("somebody delete what a stack has made, and the stack stays complete (deleted-behind-heat)", () => {
    const cloud = used();
    const { nova } = cloud.user("demo");
    cloud.run(nova.delete(cloud.servers()[0]?.id ?? ""));
    cloud.settle();
    cloud.advance("3m");
    expect(cloud.stacks()[0]?.status).toBe("COMPLETE");
    expect(told(cloud.invariants())).toEqual([
      "made (heat.resource): resource web of stack ID: there is no server ID [deleted-behind-heat]",
    ]);
  });

  it("a project be deleted with all that is in it (project-deleted-before-its-things)", () => {
    const cloud = new OpenCloud({ seed: 1, services: ["cinder"] });
    const { cinder } = cloud.user("demo");
    cloud.run(cinder.volumes.create({ size: 1, display_name: "data" }));
    cloud.settle();
    cloud.run(cloud.user("admin").keystone.tenants.delete("demo"));
    cloud.advance("3m");
    const mine = told(cloud.invariants()).filter((text) => text.includes("volume ID"));
    expect(mine).toEqual([
      "owner (cinder.volumes): volume ID: there is no project ID [project-deleted-before-its-things]",
    ]);
  });
});

describe("listings", () => {
  const options = { seed: 1, preset: "full" } as const;
  const listing = (cloud: Cloud): string[] =>
    told(cloud.invariants().filter(({ invariant }) => invariant === "listing"));

  it("say later what was stored while container servers were down (listing-updated-later)", () => {
    const cloud = new Cloud(options);
    const { swift } = cloud.user("demo");
    cloud.run(swift.createContainer("box"));
    // The proxy remembers for a minute that the container is there.
    cloud.run(swift.put("box", "first", "zero"));
    const servers = cloud.actors.filter(({ service }) => service === "swift-container-server");
    expect(servers.length).toBeGreaterThan(0);
    for (const { name } of servers) cloud.crash(name);
    cloud.run(swift.put("box", "a", "one"));
    cloud.settle();
    const found = listing(cloud).filter((text) => text.includes("is in no listing"));
    expect(found.length).toBe(1);
    expect(found[0]).toMatch(
      /^listing \(.*\): object \S+\/box\/a: is in no listing \[listing-updated-later\]$/u,
    );
    for (const { name } of servers) cloud.start(name);
    cloud.advance("15m");
    expect(listing(cloud)).toEqual([]);
  });

  it("of an account count what its containers hold, once those have told it (counts-reported-later)", () => {
    const cloud = new Cloud(options);
    const { swift } = cloud.user("demo");
    cloud.run(swift.createContainer("box"));
    cloud.run(swift.put("box", "a", "one"));
    cloud.run(cloud.user("demo").swift.usage());
    cloud.advance(seconds(1));
    expect(listing(cloud)).toEqual([
      expect.stringMatching(
        /: account of \S+\/box: 0 objects counted, 1 listed \[counts-reported-later\]$/u,
      ),
    ]);
    cloud.advance("15m");
    expect(listing(cloud)).toEqual([]);
  });
});
