/**
 * The clients of a user, against all ten services: each answer is what its type says, or the call fails. One cloud
 * serves all; what is made in one test is used in those after it.
 */
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  Cloud,
  CommandError,
  Manager,
  NotFound,
  ServiceClients,
  type Env,
  type NeutronPort,
  type Op,
} from "../../src/index.js";

const cloud = new Cloud({ seed: 1, preset: "full", computes: 2, detail: "full" });
const demo = cloud.user("demo");
const admin = cloud.user("admin");
const project = cloud.id("project", "demo") ?? "";

/** Run it, and let all that it has set off come to its end. */
function done<T>(op: Op<T>): T {
  const result = cloud.run(op);
  cloud.settle();
  return result;
}

describe("demo.neutron", () => {
  const { neutron } = demo;

  it("makes, lists, shows, changes and deletes what Neutron has", () => {
    const network = done(neutron.networks.create({ name: "back" }));
    const subnet = done(
      neutron.subnets.create({ network_id: network.id, cidr: "10.9.0.0/24", ip_version: 4 }),
    );
    const port = done(neutron.ports.create({ network_id: network.id, name: "p1" }));
    expect(port.fixed_ips[0]?.ip_address).toMatch(/^10\.9\.0\./);
    expect(done(neutron.ports.update("p1", { name: "p2" })).name).toBe("p2");
    done(neutron.routers.create({ name: "edge" }));
    expect(done(neutron.routers.addInterface("edge", subnet.id)).port_id).not.toBe("");
    expect(done(neutron.networks.show("back")).subnets).toEqual([subnet.id]);
    done(neutron.routers.removeInterface("edge", subnet.id));
    done(neutron.routers.delete("edge"));
    done(neutron.ports.delete(port.id));
    expect(() => done(neutron.ports.show("p2"))).toThrow(
      new CommandError('There is no port named "p2".'),
    );
  });

  it("gives servers addresses of the outside", () => {
    const outside = done(admin.neutron.networks.create({ name: "out", "router:external": true }));
    done(
      admin.neutron.subnets.create({
        network_id: outside.id,
        cidr: "172.24.4.0/24",
        ip_version: 4,
      }),
    );
    done(neutron.routers.create({ name: "gate" }));
    expect(
      done(neutron.routers.setGateway("gate", outside.id)).external_gateway_info,
    ).toMatchObject({ network_id: outside.id });
    const address = done(neutron.floatingIps.create({ floating_network_id: outside.id }));
    expect(done(neutron.floatingIps.show(address.floating_ip_address)).port_id).toBeNull();
    done(neutron.floatingIps.delete(address.id));
    expect(done(neutron.routers.clearGateway("gate")).external_gateway_info).toBeNull();
  });

  it("says who may reach a port, which agents are alive, and what a project may have", () => {
    const group = done(neutron.securityGroups.create({ name: "web" }));
    const rule = {
      security_group_id: group.id,
      direction: "ingress",
      protocol: "tcp",
      port_range_min: 80,
      port_range_max: 80,
    } as const;
    expect(done(neutron.securityGroupRules.create(rule)).port_range_min).toBe(80);
    expect(done(neutron.securityGroups.show("web")).security_group_rules).toHaveLength(3);
    expect(done(admin.neutron.agents.list()).every(({ alive }) => alive)).toBe(true);
    done(admin.neutron.setQuota(project, { port: 7 }));
    expect(done(admin.neutron.quota(project))["port"]).toBe(7);
    expectTypeOf(neutron.ports.list).returns.toEqualTypeOf<Op<readonly NeutronPort[]>>();
  });
});

describe("admin.keystone", () => {
  const { keystone } = admin;

  it("has users, projects, roles and the catalog", () => {
    const { id: tenantId } = done(keystone.tenants.create({ name: "web" }));
    expect(done(keystone.tenants.update("web", { description: "sites" })).description).toBe(
      "sites",
    );
    done(keystone.users.create({ name: "ann", password: "s3cret", tenantId }));
    done(keystone.roles.create({ name: "operator" }));
    const grant = { user: "ann", role: "operator", tenant: "web" };
    done(keystone.addRole(grant));
    const roles = () => done(keystone.rolesOf(grant)).map(({ name }) => name);
    expect(roles()).toContain("operator");
    done(keystone.removeRole(grant));
    expect(roles()).not.toContain("operator");
    done(keystone.users.delete("ann"));
    expect(done(keystone.users.list()).map(({ name }) => name)).not.toContain("ann");
    const { id: service_id } = done(keystone.services.create({ name: "toys", type: "toy" }));
    const publicurl = "http://controller:9999";
    done(keystone.endpoints.create({ service_id, region: "RegionOne", publicurl }));
    expect(done(keystone.endpoints.list()).some((one) => one.publicurl === publicurl)).toBe(true);
    expect(done(keystone.services.list()).map(({ type }) => type)).toContain("compute");
  });
});

describe("demo.glance", () => {
  it("makes an image, fills it, changes it and shares it", () => {
    const { images } = demo.glance;
    done(images.create({ name: "tiny", disk_format: "raw", container_format: "bare" }));
    done(images.upload("tiny", 1_000_000));
    expect(done(images.show("tiny"))).toMatchObject({ status: "active", size: 1_000_000 });
    expect(done(images.update("tiny", { name: "small" })).name).toBe("small");
    expect(done(images.share("small", project)).status).toBe("pending");
    expect(done(images.members("small"))).toHaveLength(1);
    done(images.delete("small"));
    expect(done(images.list()).map(({ name }) => name)).not.toContain("small");
  });
});

describe("demo.cinder", () => {
  const { cinder } = demo;

  it("makes a volume larger, takes a snapshot of it, and says what there is", () => {
    const { id } = done(cinder.volumes.create({ size: 1, display_name: "data" }));
    done(cinder.volumes.extend("data", 2));
    expect(done(cinder.volumes.show("data"))).toMatchObject({ status: "available", size: 2 });
    done(cinder.volumes.update("data", { display_description: "of the site" }));
    done(cinder.snapshots.create({ volume_id: id, display_name: "before" }));
    expect(done(cinder.snapshots.list())).toMatchObject([{ status: "available", volume_id: id }]);
    done(cinder.snapshots.delete("before"));
    done(admin.cinder.types.create({ name: "fast" }));
    expect(done(cinder.types.list()).map(({ name }) => name)).toContain("fast");
    expect(done(admin.cinder.services()).every(({ state }) => state === "up")).toBe(true);
    expect(done(admin.cinder.quota(project)).volumes).toBe(10);
  });
});

describe("demo.swift", () => {
  it("stores an object and gives it back, with what was said of it", () => {
    const { swift } = demo;
    done(swift.createContainer("backups"));
    done(swift.put("backups", "notes.txt", "hello", { metadata: { colour: "red" } }));
    expect(done(swift.get("backups", "notes.txt"))).toMatchObject({
      content: "hello",
      size: 5,
      metadata: { colour: "red" },
    });
    cloud.advance("1m");
    expect(done(swift.objects("backups")).map(({ name }) => name)).toEqual(["notes.txt"]);
    expect(done(swift.containers()).map(({ name }) => name)).toEqual(["backups"]);
    expect(done(swift.containerUsage("backups"))).toEqual({ objects: 1, bytes: 5 });
    expect(done(swift.usage()).containers).toBe(1);
    done(swift.delete("backups", "notes.txt"));
    expect(() => done(swift.get("backups", "notes.txt"))).toThrow(NotFound);
    done(swift.deleteContainer("backups"));
  });
});

describe("demo.heat", () => {
  it("makes a stack, and says what became of each resource", () => {
    const { heat } = demo;
    const template = {
      heat_template_version: "2013-05-23",
      resources: { word: { type: "OS::Heat::RandomString", properties: { length: 8 } } },
      outputs: { word: { value: { get_attr: ["word", "value"] } } },
    };
    done(heat.validate(template));
    const id = done(heat.create({ name: "words", template }));
    expect(done(heat.show("words"))).toMatchObject({ id, stack_status: "CREATE_COMPLETE" });
    expect(done(heat.list()).map(({ stack_name }) => stack_name)).toEqual(["words"]);
    expect(done(heat.resources("words"))).toMatchObject([{ resource_name: "word" }]);
    expect(done(heat.events("words")).length).toBeGreaterThan(1);
    done(heat.suspend("words"));
    expect(done(heat.show(id)).stack_status).toBe("SUSPEND_COMPLETE");
    done(heat.resume("words"));
    done(heat.update("words", { template }));
    done(heat.delete("words"));
    expect(done(heat.list())).toEqual([]);
  });
});

describe("demo.nova", () => {
  const { nova } = demo;

  it("does with a server what there is to do", () => {
    done(nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros", networks: ["private"] }));
    const states: (string | undefined)[] = [cloud.server("t1")?.status];
    const then = (op: Op<unknown>): void => {
      done(op);
      states.push(cloud.server("t1")?.status);
    };
    then(nova.stop("t1"));
    then(nova.start("t1"));
    then(nova.reboot("t1", { hard: true }));
    then(nova.pause("t1"));
    then(nova.unpause("t1"));
    then(nova.suspend("t1"));
    then(nova.resume("t1"));
    then(nova.resize("t1", "m1.tiny"));
    then(nova.confirmResize("t1"));
    then(nova.rescue("t1"));
    then(nova.unrescue("t1"));
    then(nova.shelve("t1"));
    then(nova.unshelve("t1"));
    expect(states).toEqual([
      "ACTIVE",
      "SHUTOFF",
      "ACTIVE",
      "ACTIVE",
      "PAUSED",
      "ACTIVE",
      "SUSPENDED",
      "ACTIVE",
      "VERIFY_RESIZE",
      "ACTIVE",
      "RESCUE",
      "ACTIVE",
      "SHELVED_OFFLOADED",
      "ACTIVE",
    ]);
    done(nova.setMeta("t1", { tier: "web" }));
    expect(done(nova.show("t1")).metadata).toEqual({ tier: "web" });
    done(nova.rename("t1", "t2"));
    expect(done(nova.actions("t2")).map(({ action }) => action)).toContain("resize");
  });

  it("attaches volumes and cards, and says what a server prints and counts", () => {
    const volume = cloud.id("volume", "data") ?? "";
    expect(done(nova.attachVolume("t2", volume)).volumeId).toBe(volume);
    expect(done(demo.cinder.volumes.show("data")).status).toBe("in-use");
    done(nova.detachVolume("t2", volume));
    const network = cloud.id("network", "back") ?? "";
    const { port_id } = done(nova.attachInterface("t2", { network }));
    expect(done(nova.interfaces("t2")).map((card) => card.port_id)).toContain(port_id);
    done(nova.detachInterface("t2", port_id));
    expect(done(nova.consoleOutput("t2", 3)).split("\n").length).toBeLessThanOrEqual(4);
    expect(Object.keys(done(admin.nova.diagnostics(cloud.id("server", "t2") ?? "")))).not.toEqual(
      [],
    );
  });

  it("moves a server, and builds it again where its host has died", () => {
    const id = cloud.id("server", "t2") ?? "";
    const before = cloud.server(id)?.host;
    done(admin.nova.migrate(id));
    done(nova.confirmResize(id));
    expect(cloud.server(id)?.host).not.toBe(before);
    const host = cloud.server(id)?.host ?? "";
    cloud.crash(host);
    cloud.advance("3m");
    done(admin.nova.evacuate(id));
    expect(cloud.server(id)?.host).toBe(before);
    cloud.start(host);
    cloud.settle();
  });

  it("builds a server again from another image, with its name", () => {
    const own = new Cloud({ seed: 1 });
    const { nova: mine } = own.user("demo");
    own.run(mine.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }));
    own.settle();
    expect(own.run(mine.rebuild("t1", "cirros")).name).toBe("t1");
    expect(own.server("t1")?.status).toBe("REBUILD");
  });

  it("has keypairs, hypervisors, quotas and services", () => {
    expect(done(nova.keypairs.create("mine")).private_key).toMatch(/PRIVATE KEY/);
    expect(done(nova.keypairs.list()).map(({ name }) => name)).toEqual(["mine"]);
    expect(done(nova.keypairs.show("mine")).fingerprint).not.toBe("");
    done(nova.keypairs.delete("mine"));
    expect(done(admin.nova.hypervisors.list())).toHaveLength(2);
    expect(done(admin.nova.hypervisors.statistics()).count).toBe(2);
    done(admin.nova.quotas.set(project, { instances: 30 }));
    expect(done(admin.nova.quotas.show(project)).instances).toBe(30);
    expect(done(admin.nova.aggregates.list())).toEqual([]);
    done(admin.nova.disableService("compute-2"));
    expect(cloud.nodes({ disabled: true }).map(({ host }) => host)).toEqual(["compute-2"]);
    done(admin.nova.enableService("compute-2"));
  });
});

describe("demo.ceilometer", () => {
  it("says what was measured, and wakes who asked for it", () => {
    cloud.advance("11m");
    const { ceilometer } = demo;
    expect(done(ceilometer.meters()).map(({ name }) => name)).toContain("cpu");
    const [sample] = done(ceilometer.samples("cpu"));
    const of = { field: "resource_id", value: sample?.resource_id ?? "" };
    expect(done(ceilometer.samples("cpu", [of])).length).toBeGreaterThan(0);
    expect(done(ceilometer.statistics("cpu", { conditions: [of] }))).toHaveLength(1);
    expect(done(ceilometer.resources([of]))).toHaveLength(1);
    const rule = { meter_name: "cpu_util", threshold: 70 };
    const { alarm_id } = done(ceilometer.createAlarm({ name: "busy", threshold_rule: rule }));
    expect(done(ceilometer.alarm(alarm_id)).state).toBe("insufficient data");
    expect(cloud.alarms().map(({ name }) => name)).toContain("busy");
    done(ceilometer.deleteAlarm(alarm_id));
    expect(done(ceilometer.alarms()).map(({ name }) => name)).not.toContain("busy");
  });
});

describe("demo.trove", () => {
  it("makes a database, and says what is in it", () => {
    const own = new Cloud({ seed: 1, preset: "full", computes: 2 });
    const done = <T>(op: Op<T>): T => {
      const result = own.run(op);
      own.settle();
      return result;
    };
    const { instances, backups, datastores } = own.user("demo").trove;
    const flavorRef = own.id("flavor", "m1.small") ?? "";
    done(
      instances.create({
        name: "db1",
        flavorRef,
        volume: { size: 1 },
        databases: [{ name: "app" }],
      }),
    );
    own.advance("10m");
    expect(done(instances.show("db1")).status).toBe("ACTIVE");
    expect(done(instances.databases("db1"))).toMatchObject([{ name: "app" }]);
    done(instances.createDatabase("db1", "more"));
    done(instances.createUser("db1", { name: "ann", password: "p", databases: ["app"] }));
    expect(done(instances.users("db1"))).toMatchObject([{ name: "ann" }]);
    done(backups.create({ name: "b1", instance: own.databases({ name: "db1" })[0]?.id ?? "" }));
    expect(done(backups.list()).map(({ name }) => name)).toEqual(["b1"]);
    expect(done(datastores.list()).map(({ name }) => name)).toContain("mysql");
  });
});

describe("a cloud that was used through every client", () => {
  it("is forked to the byte", () => {
    expect(cloud.fork().timeline.lines).toEqual(cloud.timeline.lines);
  });
});

describe("a manager of one's own", () => {
  it("asks the APIs from its own process, as whoever it is given", () => {
    const own = new Cloud({ seed: 1 });
    const account = own.credentials("admin");
    class Watcher extends Manager {
      readonly clients: ServiceClients;
      constructor(env: Env) {
        super(env);
        this.clients = new ServiceClients(env, account);
      }
      override endpoints() {
        return [];
      }
      override *post_start_hook(): Op<void> {
        yield* this.clients.nova.list({ all_tenants: true });
      }
    }
    own.add({ binary: "nova-watcher", manager: Watcher });
    own.settle();
    const asked = own.timeline.entries.filter(
      (entry) => entry.kind === "rest.request" && entry.from === "nova-watcher@controller",
    );
    expect(asked.length).toBeGreaterThan(1);
    expect(own.credentials("neutron")).toMatchObject({ tenantName: "service" });
    expect(() => own.credentials("nobody")).toThrow(/^there is no user "nobody"\. /);
  });
});
