/**
 * What becomes of a flow when one request between two services fails: other-services §11.7, row by row, but for
 * those about Cinder. Upstream: nova/compute/manager.py (_build_and_run_instance, _shutdown_instance),
 * nova/image/glance.py, nova/api/openstack/compute/servers.py, nova/network/neutronv2/api.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { CloudSetup } from "../../src/cloud/cloud.js";
import { seconds } from "../../src/kernel/index.js";
import { BOOT, WholeCloud } from "./bed.js";

const HANDED_OVER = /cast build_instances/;
const RETRIED = ["compute-1", "back", "compute-2", "back"];

/** A boot that went as far as the conductor, when `spoil` came over it. */
function spoilt(spoil: (whole: WholeCloud) => void, options: CloudSetup = {}): WholeCloud {
  const whole = new WholeCloud({ computes: 2, ...options });
  whole.begin(BOOT);
  whole.untilSaid(HANDED_OVER);
  spoil(whole);
  whole.rest();
  return whole;
}

const restart = (whole: WholeCloud, process: string): void => {
  whole.cloud.crash(process);
  whole.cloud.start(process);
};

describe("other-services §11.7 row 1: keystone is down, and who is asked has forgotten the token", () => {
  it("at nova-api: 401, and nothing is made", () => {
    const whole = new WholeCloud();
    const demo = whole.cloud.user("demo").nova;
    whole.cloud.run(demo.flavors());
    restart(whole, "nova-api@controller");
    whole.cloud.crash("keystone@controller");
    const create = demo.create({ name: "t3", flavor: "m1.nano", image: "cirros", networks: [] });
    expect(() => whole.cloud.run(create)).toThrow();
    expect(whole.texts().filter((text) => text.startsWith("nova-client -> nova-api"))).toEqual([
      "nova-client -> nova-api GET /v2/{tenant}/flavors/detail 200",
      expect.stringMatching(/^nova-client -> nova-api .* 401$/),
    ]);
    expect(whole.quota()).toBe("");
  });

  it("at neutron-server, asked by a host: 401 after a few tries, a network error, another host", () => {
    const whole = spoilt((each) => {
      each.cloud.crash("keystone@controller");
      restart(each, "neutron-server@controller");
    });
    expect(whole.texts()).toContain(
      "nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 401",
    );
    expect(whole.attempts()).toEqual(RETRIED);
    expect(whole.state).toBe("error/-");
    expect(whole.ports()).toEqual([]);
  });

  it("at glance-api, asked by a host: 401, and another host is tried", () => {
    const whole = spoilt((each) => {
      each.cloud.crash("keystone@controller");
      restart(each, "glance-api@controller");
    });
    expect(whole.texts()).toContain(
      "nova-compute@compute-1 -> glance-api GET /v1/images/{image} 401",
    );
    expect(whole.attempts()).toEqual(RETRIED);
  });
});

describe("other-services §11.7 row 2: nova-api's HEAD of the image fails", () => {
  const NAMED =
    "The server has either erred or is incapable of performing the requested operation.";

  // What Glance said, and what servers.py and the fault wrapper make of what glance.py makes of it.
  it.each([
    [404, 400, "Can not find requested image"],
    [400, 400, "Bad Request (HTTP 400)"],
    [401, 500, NAMED],
    [403, 500, NAMED],
    [409, 409, "There was a conflict when trying to complete your request."],
    [500, 500, NAMED],
    [503, 500, NAMED],
  ])("by %i: the user sees %i", (said, status, message) => {
    const whole = new WholeCloud();
    const path = "/v1/images/*";
    whole.cloud.inject({ answer: { status: said, method: "HEAD", path } });
    const server = {
      name: "t3",
      flavorRef: "1",
      imageRef: whole.cloud.id("image", "cirros") ?? "",
      networks: [{ uuid: whole.cloud.id("network", "private") ?? "" }],
    };
    const answer = whole.http("demo", "POST", "8774/v2/{tenant}/servers", { server });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(message);
    expect(whole.cloud.server("t3")).toBeUndefined();
    expect(whole.quota()).toBe("");
  });
});

describe("other-services §11.7 row 3: a host's GET of the image fails", () => {
  const refused = (status: number) => (whole: WholeCloud) => {
    whole.cloud.inject({ answer: { status, method: "GET", path: "/v1/images/*" } });
  };

  it.each([401, 403, 404, 500, 503])(
    "by %i: the ports stay, and another host is tried",
    (status) => {
      const whole = new WholeCloud({ computes: 2 });
      whole.begin(BOOT);
      whole.untilSaid(HANDED_OVER);
      refused(status)(whole);
      whole.untilSaid(/nova-compute@compute-2 -> glance-api GET/);
      expect(whole.attempts()).toEqual(["compute-1", "back", "compute-2"]);
      // It stays bound to the first host, and so the second waits for it in vain (pitfall 8).
      expect(whole.ports()).toEqual([expect.stringMatching(/^compute-1 ovs/)]);
      whole.pass(290);
      expect(whole.texts().filter((text) => text.includes("DELETE /v2.0/ports"))).toEqual([]);
      whole.rest();
      expect(whole.state).toBe("error/spawning");
      expect(whole.faults()).toEqual([
        expect.stringContaining("Failed to allocate the network(s)"),
      ]);
    },
  );

  it("has the volumes let go before another host takes them", () => {
    const whole = new WholeCloud({ computes: 2, services: ["cinder"] });
    whole.type("nova volume-create 1 --display-name data");
    whole.rest();
    whole.mark();
    const disk = "id={{volume data}},source=volume,dest=volume";
    const from = "nova-compute@compute-1";
    whole.cloud.inject({ answer: { status: 503, method: "GET", path: "/v1/images/*", from } });
    expect(whole.type(`${BOOT} --block-device ${disk}`).stderr).toBe("");
    whole.rest();
    const actions = whole.recent.flatMap((each) =>
      each.kind === "rest.request" && /^\/v\d\/\w+\/volumes\/.*\/action$/.test(each.path)
        ? [`${each.from} ${Object.keys(each.body as object)[0] ?? ""}`]
        : [],
    );
    expect(actions.slice(0, 4)).toEqual([
      "nova-compute@compute-1 os-initialize_connection",
      "nova-compute@compute-1 os-attach",
      "nova-compute@compute-1 os-terminate_connection",
      "nova-compute@compute-1 os-detach",
    ]);
    expect(actions[4]).toBe("nova-compute@compute-2 os-initialize_connection");
  });
});

describe("other-services §11.7 row 4: a host's POST of a port fails", () => {
  const refused = (status: number) => (whole: WholeCloud) => {
    whole.cloud.inject({ answer: { status, method: "POST", path: "/v2.0/ports" } });
  };

  it.each([403, 404, 409, 500, 503])("by %i: another host makes it", (status) => {
    const whole = spoilt(refused(status));
    expect(whole.attempts()).toEqual(["compute-1", "back", "compute-2"]);
    expect(whole.state).toBe("active/-");
    expect(whole.ports()).toEqual(["compute-2 ovs ACTIVE"]);
  });

  it("has the ports deleted that were made before it", () => {
    const whole = new WholeCloud({ networks: [{ name: "private" }, { name: "other" }] });
    whole.begin(`${BOOT} --nic net-id={{network other}}`);
    whole.untilSaid(/POST \/v2.0\/ports.json 201/);
    whole.cloud.inject({ answer: { status: 503, method: "POST", path: "/v2.0/ports" } });
    whole.rest();
    const asked = whole.texts().filter((text) => /(POST|DELETE) \/v2.0\/ports/.test(text));
    expect(asked.slice(0, 3)).toEqual([
      "nova-compute@compute-1 -> neutron-server POST /v2.0/ports.json 201",
      "nova-compute@compute-1 -> neutron-server POST /v2.0/ports.json 503",
      "nova-compute@compute-1 -> neutron-server DELETE /v2.0/ports/{port}.json 204",
    ]);
  });

  it("is made again with another login after a 401, and nobody notices", () => {
    const whole = spoilt(refused(401));
    expect(whole.attempts()).toEqual(["compute-1"]);
    expect(whole.state).toBe("active/-");
  });
});

describe("other-services §11.7 row 6: Neutron's event does not reach Nova", () => {
  it("is waited for 300 s, then ERROR, and no other host is tried", () => {
    const whole = new WholeCloud({ computes: 2 });
    whole.cloud.inject({ answer: { status: 503, path: "/v2/*/os-server-external-events" } });
    whole.type(BOOT);
    whole.pass(295);
    expect(whole.state).toBe("building/spawning");
    whole.pass(20);
    expect(whole.state).toBe("error/spawning");
    expect(whole.attempts()).toEqual(["compute-1"]);
    expect(whole.faults()).toEqual([
      expect.stringMatching(/aborted: Failed to allocate the network\(s\), not rescheduling\.$/),
    ]);
  });
});

describe("other-services §11.7 row 7: Neutron fails while a server is deleted", () => {
  it("leaves error/- with its volumes attached, and a second delete lets them go", () => {
    const whole = new WholeCloud({ services: ["cinder"] });
    whole.type("nova volume-create 1 --display-name root --image-id {{image cirros}}");
    whole.rest();
    whole.type("nova boot t3 --flavor m1.nano --nic net-id=private --boot-volume {{volume root}}");
    whole.rest();
    whole.mark();
    whole.cloud.inject({ answer: { status: 503, method: "DELETE", path: "/v2.0/ports/*" } });
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.state).toBe("error/-");
    expect(whole.type("nova volume-list").stdout).toContain("in-use");
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.server.status).toBe("DELETED");
    expect(whole.type("nova volume-list").stdout).toContain("available");
    expect(whole.ports()).toEqual([]);
  });
});

describe("other-services §11.7 row 9: the user's token expires between nova-api and the host", () => {
  it("is no use for networks and images, while the admin's token moves the ports", () => {
    const whole = new WholeCloud({ flags: { "token.expiration": 120 } });
    whole.boot();
    whole.type("nova shelve t3");
    whole.rest();
    whole.mark();
    whole.cloud.inject({
      delay: { method: "unshelve_instance", topic: "compute", by: seconds(130) },
    });
    whole.type("nova unshelve t3");
    whole.pass(140);
    whole.rest();
    const asked = whole.texts().filter((text) => /^nova-compute\S* -> (neutron|glance)/.test(text));
    // The admin's has expired as well, and is made anew; of the user nobody has the password.
    expect(asked).toEqual([
      "nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?device_id={server}&tenant_id={tenant} 401",
      "nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?device_id={server}&tenant_id={tenant} 200",
      "nova-compute@compute-1 -> neutron-server PUT /v2.0/ports/{port}.json 200",
      "nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200",
      "nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 401",
    ]);
    expect(whole.state).toBe("shelved_offloaded/-");
  });
});
