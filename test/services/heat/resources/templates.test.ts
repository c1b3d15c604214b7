/**
 * The public templates of November 2014, unchanged: each is read, judged, built, suspended and deleted as far as
 * there are services for it. Upstream: openstack/heat-templates.
 */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../../src/python/index.js";
import { resourceTypes } from "../../../../src/services/heat/engine/resources/registry.js";
import { parseTemplate } from "../../../../src/services/heat/template/template-format.js";
import { HttpClient } from "../../../../src/http/index.js";
import { messageOf, StackBed } from "../cloud-bed.js";

const folder = path.resolve(import.meta.dirname, "../templates");
const names = fs
  .readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.split(path.sep).join("/"))
  .sort();
const template = (name: string): JsonObject =>
  parseTemplate(fs.readFileSync(path.join(folder, name), "utf8"), 524_288);

/** A cloud with an external network, a key and the images that templates ask for. */
const cloud = (...more: readonly string[]): StackBed => cloudOf(1, more);

function cloudOf(computes: number, more: readonly string[] = []): StackBed {
  const bed = new StackBed({
    computes,
    services: ["cinder", "heat", "neutron-l3-agent", ...more],
    images: [{ name: "cirros" }, { name: "cirros-0.3.2-x86_64-disk" }],
  });
  const admin = (path: string, body: JsonObject): JsonObject => {
    const { body: made } = bed.cloud.run(
      bed.cloud.user("admin").request("network", "POST", `/v2.0/${path}`, body),
    );
    return isObject(made) ? made : {};
  };
  const { network } = admin("networks", { network: { name: "public", "router:external": true } });
  const network_id = textOf(isObject(network) ? network : {}, "id");
  const cidr = "172.24.4.0/24";
  admin("subnets", { subnet: { network_id, cidr, ip_version: 4, enable_dhcp: false } });
  bed.cloud.run(
    bed.cloud.user("demo").request("compute", "POST", "/os-keypairs", {
      keypair: { name: "stack_key" },
    }),
  );
  return bed;
}

const BUILT = "CREATE_COMPLETE: Stack CREATE completed successfully";
const UPDATED = "UPDATE_COMPLETE: Stack successfully updated";

/** What an id of each resource is. */
const ids = (bed: StackBed, stack: string): Readonly<Record<string, string>> => {
  const { body } = bed.ask("GET", `${stack}/resources`);
  const list = isObject(body) && Array.isArray(body["resources"]) ? body["resources"] : [];
  return Object.fromEntries(
    (list as readonly Json[])
      .filter(isObject)
      .map((one) => [textOf(one, "resource_name"), textOf(one, "physical_resource_id")]),
  );
};

function suspendedAndResumed(bed: StackBed, stack: string): void {
  for (const [action, word] of Object.entries({ suspend: "SUSPEND", resume: "RESUME" })) {
    bed.ask("POST", `${stack}/actions`, { [action]: null });
    bed.cloud.settle();
    expect(bed.state(stack)).toBe(`${word}_COMPLETE: Stack ${word} completed successfully`);
  }
}

/** @param attempts what may be needed for it */
function deleted(bed: StackBed, stack: string, attempts = 1): void {
  for (let attempt = 0; attempt < attempts; attempt++) {
    bed.ask("DELETE", stack);
    bed.cloud.settle();
  }
  expect(bed.state(stack)).toBe("DELETE_COMPLETE: Stack DELETE completed successfully");
}

/** Suspended, resumed and deleted. */
function lifeAfter(bed: StackBed, stack: string): void {
  suspendedAndResumed(bed, stack);
  deleted(bed, stack);
  expect(bed.cloud.leftovers()).toEqual([]);
}

const SERVERS = { key_name: "stack_key", image: "cirros", flavor: "m1.nano" };

describe("the types of the public templates", () => {
  it("are all there, but for those that are templates themselves", () => {
    const types = names.flatMap((name) => {
      const { resources } = template(name);
      return Object.values(isObject(resources) ? resources : {})
        .filter(isObject)
        .map((resource) => textOf(resource, "type"));
    });
    const missing = [...new Set(types)].filter((type) => !resourceTypes.has(type));
    expect(missing.filter((type) => !type.endsWith(".yaml"))).toEqual([]);
  });
});

describe("hello_world.yaml", () => {
  const parameters = { key_name: "stack_key", image: "cirros", admin_pass: "Abc123" };

  it("is a server, made, made anew for another port of its database, suspended and deleted", () => {
    const bed = cloud();
    const stack = bed.build("hello", template("hello_world.yaml"), { parameters });
    expect(bed.state(stack)).toBe(BUILT);
    expect(bed.outputs(stack)).toEqual({ server_networks: { private: ["192.168.1.3"] } });
    const { server } = ids(bed, stack);
    bed.change(stack, template("hello_world.yaml"), { parameters });
    expect([bed.state(stack), ids(bed, stack)["server"]]).toEqual([UPDATED, server]);
    // Its user data cannot be changed in a server that is there.
    bed.change(stack, template("hello_world.yaml"), {
      parameters: { ...parameters, db_port: 50001 },
    });
    expect(bed.state(stack)).toBe(UPDATED);
    expect(ids(bed, stack)["server"]).not.toBe(server);
    lifeAfter(bed, stack);
  });

  it("is another size in place, by default: nobody is asked whether to confirm that", () => {
    const bed = cloudOf(2);
    const sized = (flavor: string) => ({ parameters: { ...parameters, flavor } });
    const stack = bed.build("hello", template("hello_world.yaml"), sized("m1.tiny"));
    const before = ids(bed, stack);
    bed.change(stack, template("hello_world.yaml"), sized("m1.small"));
    expect([bed.state(stack), ids(bed, stack)]).toEqual([UPDATED, before]);
    const did = bed.bodies("POST", /\/action$/u).map(({ body }) => body);
    expect(did).toEqual([{ resize: { flavorRef: "2" } }, { confirmResize: null }]);
    expect(bed.cloud.count("ACTIVE")).toBe(1);
  });

  it("is refused where m1.small does not exist, whichever flavor was asked for", () => {
    const bed = new StackBed();
    const parsed = template("hello_world.yaml");
    bed.cloud.run(bed.cloud.user("admin").request("compute", "DELETE", "/flavors/2"));
    const { flavor } = isObject(parsed["parameters"]) ? parsed["parameters"] : {};
    const { body } = bed.create(
      "hello",
      { heat_template_version: "2013-05-23", parameters: { flavor: flavor ?? null } },
      { parameters: { flavor: "m1.nano" } },
    );
    expect(messageOf(body)).toBe(
      "Invalid default m1.small (Error validating value u'm1.small': The Flavor ID (m1.small) could not be found.)",
    );
  });
});

describe("servers_in_new_neutron_net.yaml", () => {
  it("is a network, a router and two servers with public addresses", () => {
    const bed = cloud();
    const parameters = {
      ...SERVERS,
      public_net: "public",
      private_net_name: "mine",
      private_net_cidr: "10.9.0.0/24",
      private_net_gateway: "10.9.0.1",
      private_net_pool_start: "10.9.0.10",
      private_net_pool_end: "10.9.0.20",
    };
    const hot = template("servers_in_new_neutron_net.yaml");
    const stack = bed.build("new-net", hot, { parameters });
    expect(bed.state(stack)).toBe(BUILT);
    expect(
      Object.values(bed.outputs(stack))
        .map((ip) => str(ip).slice(0, 7))
        .sort(),
    ).toEqual(["10.9.0.", "10.9.0.", "172.24.", "172.24."]);
    // Every update replaces the ports, and puts the servers on the new ones where they are.
    const before = ids(bed, stack);
    bed.change(stack, hot, { parameters });
    const after = ids(bed, stack);
    expect(bed.state(stack)).toBe(UPDATED);
    expect(after["server1"]).toBe(before["server1"]);
    expect(after["server1_port"]).not.toBe(before["server1_port"]);
    expect(str(bed.outputs(stack)["server1_private_ip"] ?? null).slice(0, 7)).toBe("10.9.0.");
    suspendedAndResumed(bed, stack);
    // Users may not say of a network, as Heat does, that it is not shared.
    bed.change(stack, hot, { parameters: { ...parameters, private_net_name: "yours" } });
    expect(bed.state(stack)).toBe(
      "UPDATE_FAILED: Forbidden: Policy doesn't allow update_network to be performed.",
    );
    // An interface of the router may be asked to go before the addresses that need it have gone.
    deleted(bed, stack, 6);
    // A port that came while another one went is forgotten: both flows of nova-compute had read what was there before.
    const taps = bed.cloud
      .leftovers()
      .filter((what) => !what.startsWith("tap of a port on compute-1"));
    expect(taps).toEqual([]);
  });
});

describe("servers_in_existing_neutron_net.yaml", () => {
  it("is two servers behind a router that is there, with a group of rules", () => {
    const bed = cloud();
    const demo = (method: string, path: string, body: JsonObject): string => {
      const answer = bed.cloud.run(
        bed.cloud.user("demo").request("network", method, `/v2.0/${path}`, body),
      );
      const [made] = Object.values(isObject(answer.body) ? answer.body : {});
      return textOf(isObject(made) ? made : {}, "id");
    };
    const private_net_id = demo("POST", "networks", { network: { name: "mine" } });
    const private_subnet_id = demo("POST", "subnets", {
      subnet: { network_id: private_net_id, cidr: "10.9.0.0/24", ip_version: 4 },
    });
    const network_id = bed.cloud.id("network", "public") ?? "";
    const router = demo("POST", "routers", {
      router: { name: "r", external_gateway_info: { network_id } },
    });
    demo("PUT", `routers/${router}/add_router_interface`, { subnet_id: private_subnet_id });
    const hot = template("servers_in_existing_neutron_net.yaml");
    const networks = { public_net_id: network_id, private_net_id, private_subnet_id };
    const parameters = { ...SERVERS, ...networks };
    const stack = bed.build("old-net", hot, { parameters });
    expect(bed.state(stack)).toBe(BUILT);
    const before = ids(bed, stack);
    bed.change(stack, hot, { parameters });
    expect([bed.state(stack), ids(bed, stack)["server1"]]).toEqual([UPDATED, before["server1"]]);
    const image = "cirros-0.3.2-x86_64-disk";
    bed.change(stack, hot, { parameters: { ...parameters, image } });
    expect(bed.state(stack)).toBe(UPDATED);
    expect(ids(bed, stack)["server1"]).not.toBe(before["server1"]);
    lifeAfter(bed, stack);
  });
});

describe("native_waitcondition.yaml", () => {
  it("waits for five of six signals", () => {
    const bed = cloud();
    bed.create("wait", template("native_waitcondition.yaml"));
    bed.cloud.advance("20s");
    const stack = bed.path("wait");
    expect(bed.resources(stack)).toEqual([
      "instance1 CREATE_COMPLETE",
      "wait_condition CREATE_IN_PROGRESS",
      "wait_handle CREATE_COMPLETE",
    ]);
    const signals = [{}, { reason: "signal2" }, { data: "data3" }, { data: "data4" }];
    for (const signal of [...signals, { id: "5" }, { id: "5" }]) {
      bed.ask("POST", `${stack}/resources/wait_handle/signal`, { status: "SUCCESS", ...signal });
    }
    bed.cloud.settle();
    expect(bed.state(stack)).toBe(BUILT);
    expect(bed.outputs(stack)["wc_data"]).toBe(
      '{"1": null, "3": "data3", "2": null, "5": null, "4": "data4"}',
    );
    bed.change(stack, template("native_waitcondition.yaml"));
    expect(bed.state(stack)).toBe(UPDATED);
    lifeAfter(bed, stack);
  });
});

const text = (name: string): string => fs.readFileSync(path.join(folder, name), "utf8");

describe("resource_group.yaml", () => {
  it("is two texts in a stack of their own", () => {
    const bed = cloud();
    const stack = bed.build("texts", template("resource_group/resource_group.yaml"));
    expect(bed.state(stack)).toBe(BUILT);
    const outputs = bed.outputs(stack);
    const { resource1_id: first, resource2_id: second } = outputs;
    expect(outputs).toEqual({
      resource1_id: first,
      resource1_value: first,
      resource2_id: second,
      resource2_value: second,
      all_values: [first, second],
    });
    expect(first).not.toEqual(second);
    bed.change(stack, template("resource_group/resource_group.yaml"));
    expect([bed.state(stack), bed.outputs(stack)]).toEqual([UPDATED, outputs]);
    lifeAfter(bed, stack);
  });
});

describe("server_with_volumes.yaml", () => {
  it("is a server, and a stack for each volume that is attached to it", () => {
    const bed = cloud();
    const stack = bed.build("volumes", template("resource_group/server_with_volumes.yaml"), {
      files: { "volume_with_attachment.yaml": text("resource_group/volume_with_attachment.yaml") },
    });
    expect(bed.state(stack)).toBe(BUILT);
    bed.ask("PUT", stack, {
      template: template("resource_group/server_with_volumes.yaml"),
      files: { "volume_with_attachment.yaml": text("resource_group/volume_with_attachment.yaml") },
      parameters: { num_volumes: 3 },
    });
    bed.cloud.settle();
    expect(bed.state(stack)).toBe(UPDATED);
    lifeAfter(bed, stack);
  });
});

describe("autoscaling.yaml", () => {
  const files = { "lb_server.yaml": text("lb_server.yaml") };
  const parameters = (bed: StackBed): JsonObject => ({
    image: "cirros",
    key: "stack_key",
    flavor: "m1.nano",
    database_flavor: "m1.nano",
    subnet_id: bed.cloud.id("subnet", "private") ?? "none",
    external_network_id: "public",
  });
  const remove = (bed: StackBed, stack: string): void => {
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe("DELETE_COMPLETE: Stack DELETE completed successfully");
    expect(bed.cloud.leftovers()).toEqual([]);
  };

  it("fails where Neutron balances no load, in Neutron's words", () => {
    const bed = cloud();
    const stack = bed.build("scaling", template("autoscaling.yaml"), {
      files,
      parameters: parameters(bed),
    });
    const said = "404 Not Found\n\nThe resource could not be found.";
    expect(bed.state(stack).trim()).toBe(
      `CREATE_FAILED: Resource CREATE failed: NeutronClientException: ${said}`,
    );
    remove(bed, stack);
  });

  it("is a group behind a load balancer, which grows and shrinks within its bounds in the name of its owner", () => {
    const bed = cloud("neutron-lbaas-agent", "ceilometer");
    const as = (user: string, service: string, method: string, path: string, body?: JsonObject) => {
      const answer = bed.cloud.run(bed.cloud.user(user).request(service, method, path, body)).body;
      return isObject(answer) ? answer : {};
    };
    const network_id = bed.cloud.id("network", "public") ?? "";
    const subnet_id = bed.cloud.id("subnet", "private-subnet") ?? "";
    const { router } = as("admin", "network", "POST", "/v2.0/routers", {
      router: { name: "r", external_gateway_info: { network_id } },
    });
    const path = `/v2.0/routers/${textOf(router as JsonObject, "id")}/add_router_interface`;
    as("admin", "network", "PUT", path, { subnet_id });
    const given = { ...parameters(bed), subnet_id, external_network_id: network_id };
    const stack = bed.build("scaling", template("autoscaling.yaml"), { files, parameters: given });
    expect(bed.state(stack)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    const { pool_ip_address, website_url } = bed.outputs(stack);
    expect(website_url).toBe("http://172.24.4.3/wordpress/");
    const balancing = (what: string, key: string): string[] => {
      const found = as("demo", "network", "GET", `/v2.0/lb/${what}`)[what];
      return (found as readonly JsonObject[]).map((one) => textOf(one, key)).sort();
    };
    expect(balancing("vips", "address")).toEqual([pool_ip_address]);
    expect(balancing("pools", "status")).toEqual(["ACTIVE"]);
    const webs = (): string[] => {
      const { servers } = as("demo", "compute", "GET", "/servers/detail");
      return (servers as readonly JsonObject[])
        .filter((server) => !textOf(server, "name").includes("-db-"))
        .map(({ addresses }) => {
          const [address] = (addresses as Record<string, JsonObject[]>)["private"] ?? [];
          return textOf(address ?? {}, "addr");
        })
        .sort();
    };
    const first = webs();
    expect(balancing("members", "address")).toEqual(first);
    // As Ceilometer does, by the URL that the policy has: signed by a user who may do nothing else.
    const signalled = (policy: string): number => {
      const url = textOf(bed.outputs(stack), policy);
      const http = new HttpClient(bed.cloud.network, "anybody");
      const body = { alarm_id: "a", previous: "ok", current: "alarm", reason: "busy" };
      const { status } = bed.cloud.run(http.request("POST", url, { body }));
      bed.cloud.settle();
      return status;
    };
    expect(signalled("scale_up_url")).toBe(200);
    const both = webs();
    expect(both).toHaveLength(2);
    expect(balancing("members", "address")).toEqual(both);
    expect(balancing("members", "status")).toEqual(["ACTIVE", "ACTIVE"]);
    expect(signalled("scale_dn_url")).toBe(200);
    expect(webs()).toEqual(both.filter((address) => !first.includes(address)));
    bed.cloud.advance("61s");
    expect(signalled("scale_dn_url")).toBe(200);
    expect(balancing("members", "address")).toHaveLength(1);
    // The group keeps its server, which was told another name; that of the database is made anew.
    bed.change(stack, template("autoscaling.yaml"), {
      files,
      parameters: { ...given, database_name: "blog" },
    });
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    expect(balancing("members", "address")).toEqual(webs());
    remove(bed, stack);
  });
});
