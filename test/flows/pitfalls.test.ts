/**
 * The pitfalls of nova §10, where a naive simulator goes wrong, by number. Those that flows pin
 * already: 1, 2, 7, 8, 26 in boot-failures, 10, 21 in boot-races, 13 in shelve-failures, 14 in
 * unshelve, 15 in delete. 17 is about resizing and live migration, which there are none of.
 */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../src/python/index.js";
import { BOOT, WholeCloud } from "./bed.js";

/** Hosts with room for one of `big` each, and no more. */
const SMALL = {
  computes: [
    { name: "compute-1", memory_mb: 2000 },
    { name: "compute-2", memory_mb: 2000 },
  ],
  flavors: [{ name: "big", ram_mb: 2000, vcpus: 1, disk_gb: 1 }],
};

const big = (name: string, more = ""): string =>
  `nova boot ${name} --flavor big --image cirros --nic net-id=private ${more}`;

const used = (whole: WholeCloud): unknown[] =>
  whole.recent
    .filter((each) => each.kind === "db" && each.table === "compute_nodes")
    .flatMap((each) => (each.kind === "db" ? [each.changes["memory_mb_used"]?.[1]] : []))
    .filter((value) => value !== undefined);

describe("pitfall 3", () => {
  it("neither vCPUs nor disk are looked at by default, by scheduler or host", () => {
    const whole = new WholeCloud({
      computes: [{ name: "compute-1", vcpus: 1, disk_gb: 10 }],
      flavors: [{ name: "wide", ram_mb: 64, vcpus: 16, disk_gb: 5000 }],
    });
    whole.type(BOOT.replace("m1.nano", "wide"));
    whole.rest();
    expect(whole.state).toBe("active/-");
  });
});

describe("pitfall 4", () => {
  const whole = new WholeCloud(SMALL);
  whole.type(big("t3", "--num-instances 3"));
  whole.rest();

  it("of three servers with room for two, none is built", () => {
    expect(whole.cloud.count("ERROR")).toBe(3);
    expect(whole.attempts()).toEqual([]);
    expect(whole.faults()).toEqual(Array(3).fill("500 No valid host was found. "));
    expect(whole.notifications()).toEqual([
      "scheduler.select_destinations.start",
      ...Array<string>(3).fill("scheduler.run_instance"),
    ]);
  });

  it("and their quota is used until they are deleted (pitfall 1)", () => {
    expect(whole.quota()).toBe("instances 3+0, cores 3+0, ram 6000+0");
  });
});

describe("pitfall 5", () => {
  const whole = new WholeCloud(SMALL);
  whole.type(big("t3", "--num-instances 3"));
  whole.pass(300);

  it("what a failed request consumed in the scheduler's memory outlives the audits", () => {
    whole.type(big("t4"));
    whole.rest();
    expect(whole.cloud.server("t4")?.status).toBe("ERROR");
  });

  it("but not the scheduler", () => {
    whole.cloud.stop("nova-scheduler@controller");
    whole.cloud.start("nova-scheduler@controller");
    whole.type(big("t5"));
    whole.rest();
    expect(whole.cloud.server("t5")?.status).toBe("ACTIVE");
  });
});

describe("pitfall 6", () => {
  it("a build that failed keeps its host, and the next audit counts it there again", () => {
    const whole = new WholeCloud({ flags: { scheduler_max_attempts: 1 } });
    whole.cloud.inject({ driver: "spawn", host: "compute-1" });
    whole.type(BOOT);
    whole.pass(70);
    expect(whole.state).toBe("error/spawning");
    expect(whole.server.host).toBe("compute-1");
    // Claimed, given back, counted.
    expect(used(whole)).toEqual([576, 512, 576]);
  });
});

describe("pitfall 9", () => {
  it("a port of a server for which no zone was asked belongs to compute:None", () => {
    const whole = new WholeCloud();
    whole.boot();
    whole.type(BOOT.replace("t3", "t4 --availability-zone nova"));
    whole.rest();
    const owners = [...whole.rows("ports", "neutron").values()].map((port) => port["device_owner"]);
    expect(owners).toEqual(["compute:None", "compute:nova"]);
  });
});

describe("pitfalls 11 and 12", () => {
  const whole = new WholeCloud();
  whole.boot();
  whole.pass(60);
  whole.mark();
  whole.type("nova shelve t3");
  whole.rest();

  it("11: to shelve means to offload, by default", () => {
    expect(whole.server.status).toBe("SHELVED_OFFLOADED");
  });

  it("12: the host's memory is free at its next audit only, and the port stays bound", () => {
    expect(used(whole)).toEqual([]);
    whole.pass(60);
    expect(used(whole)).toEqual([512]);
    expect(whole.ports()).toEqual(["compute-1 ovs DOWN"]);
  });

  it("1: a shelved server uses its quota still", () => {
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
  });
});

describe("pitfall 16", () => {
  it("a port that the user made goes with the server", () => {
    const whole = new WholeCloud();
    const network_id = whole.cloud.id("network", "private") ?? "";
    const port = { network_id, name: "mine" };
    expect(whole.http("demo", "POST", "9696/v2.0/ports", { port }).status).toBe(201);
    const id = whole.cloud.id("port", "mine") ?? "";
    whole.type(`nova boot t3 --flavor m1.nano --image cirros --nic port-id=${id}`);
    whole.rest();
    expect(whole.state).toBe("active/-");
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.cloud.id("port", "mine")).toBeUndefined();
  });
});

describe("pitfall 17", () => {
  it("a resize waits for the conductor to have found a host; a boot does not", () => {
    const whole = new WholeCloud({ computes: 2 });
    whole.boot();
    /** The kinds of the messages by which nova-api has it done, until it has answered. */
    const sent = (method: string, at: string, body: Json): string[] => {
      whole.mark();
      expect(whole.http("demo", "POST", `8774/v2/{tenant}${at}`, body).status).toBe(202);
      return whole.recent.flatMap((seen) =>
        (seen.kind === "rpc.call" || seen.kind === "rpc.cast") && seen.method === method
          ? [seen.kind]
          : [],
      );
    };
    const server = {
      name: "t4",
      imageRef: whole.cloud.id("image", "cirros") ?? "",
      flavorRef: "1",
    };
    const nets = [{ uuid: whole.cloud.id("network", "private") ?? "" }];
    const resize = { resize: { flavorRef: "1" } };
    expect(sent("migrate_server", `/servers/${whole.server.id}/action`, resize)).toEqual([
      "rpc.call",
    ]);
    expect(sent("build_instances", "/servers", { server: { ...server, networks: nets } })).toEqual([
      "rpc.cast",
    ]);
  });
});

describe("pitfall 18", () => {
  const whole = new WholeCloud();
  const flavor = { name: "f", ram: 64, vcpus: 1, disk: 0, id: "77" };

  it("a flavor is created with 200 and deleted with 202", () => {
    expect(whole.http("admin", "POST", "8774/v2/{tenant}/flavors", { flavor }).status).toBe(200);
    expect(whole.http("admin", "DELETE", "8774/v2/{tenant}/flavors/77").status).toBe(202);
  });

  it("24: and is still there for who asks by its id", () => {
    const { status, body } = whole.http("admin", "GET", "8774/v2/{tenant}/flavors/77");
    expect(status).toBe(200);
    expect((body as JsonObject)["flavor"]).toMatchObject({ id: "77", name: "f" });
  });

  it("too much for the quota is 403", () => {
    const { stderr } = whole.type(`${BOOT} --min-count 11 --max-count 11`);
    expect(stderr).toContain(
      "Quota exceeded for instances: Requested 11, but already used 0 of 10",
    );
    expect(stderr).toContain("(HTTP 403)");
  });
});

describe("pitfall 19", () => {
  it("who disables a dead service revives it for a minute: builds are sent to it", () => {
    const whole = new WholeCloud();
    whole.cloud.crash("nova-compute@compute-1");
    whole.pass(90);
    const service = { host: "compute-1", binary: "nova-compute" };
    whole.http("admin", "PUT", "8774/v2/{tenant}/os-services/disable", service);
    whole.http("admin", "PUT", "8774/v2/{tenant}/os-services/enable", service);
    whole.type(BOOT);
    whole.pass(1);
    expect(whole.attempts()).toEqual(["compute-1"]);
    expect(whole.state).toBe("building/scheduling");
    whole.pass(70);
    whole.type(BOOT.replace("t3", "t4"));
    whole.pass(1);
    expect(whole.cloud.server("t4")?.status).toBe("ERROR");
  });
});

describe("pitfall 20", () => {
  it("nobody notifies of anything unless a driver is configured", () => {
    const whole = new WholeCloud({ flags: { notification_driver: [] } });
    whole.boot();
    whole.type("nova shelve t3");
    whole.rest();
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.seen.filter((each) => each.kind === "notification")).toEqual([]);
  });
});

describe("pitfall 22", () => {
  it("while it is built, its owner sees no addresses, and an administrator does", () => {
    const whole = new WholeCloud();
    whole.type(BOOT);
    whole.pass(1);
    expect(whole.state).toBe("building/spawning");
    const { id } = whole.server;
    const addresses = (user: string): unknown => {
      const { body } = whole.http(user, "GET", `8774/v2/{tenant}/servers/${id}`);
      return ((body as JsonObject)["server"] as JsonObject)["addresses"];
    };
    expect(addresses("demo")).toEqual({});
    expect(addresses("admin")).toMatchObject({ private: [{ addr: "192.168.1.3" }] });
  });
});

describe("pitfall 23", () => {
  it("powering-on is spelt with a hyphen and powering off too; shelving_offloading is not", () => {
    const whole = new WholeCloud({ flags: { shelved_offload_time: -1 } });
    whole.boot();
    const act = (action: string): void => {
      const { id } = whole.server;
      whole.http("demo", "POST", `8774/v2/{tenant}/servers/${id}/action`, { [action]: null });
      whole.rest();
    };
    act("os-stop");
    act("os-start");
    whole.type("nova shelve t3");
    whole.rest();
    whole.type(`nova shelve-offload ${whole.server.id}`, "admin");
    whole.rest();
    expect(whole.states()).toEqual([
      "active/powering-off",
      "stopped/-",
      "stopped/powering-on",
      "active/-",
      "active/shelving",
      "active/shelving_image_pending_upload",
      "active/shelving_image_uploading",
      "shelved/-",
      "shelved/shelving_offloading",
      "shelved_offloaded/-",
    ]);
  });
});

describe("pitfall 25", () => {
  it("a snapshot carries all of the server's system_metadata as properties", () => {
    const whole = new WholeCloud();
    whole.boot();
    whole.type("nova shelve t3");
    whole.rest();
    const names = [...whole.rows("image_properties", "glance").values()].map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        "base_image_ref",
        "image_type",
        "instance_type_flavorid",
        "instance_type_memory_mb",
        "instance_uuid",
        "user_id",
      ]),
    );
  });
});
