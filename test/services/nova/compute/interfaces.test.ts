/**
 * Ports that a server gets and loses while it is there: contrib/attach_interfaces.py, nova/compute/api.py
 * (attach_interface, detach_interface), nova/compute/manager.py, nova/virt/libvirt/driver.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { ClientException } from "../../../../src/framework/apiclient/index.js";
import { Cloud } from "../../../../src/cloud/cloud.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../../src/python/index.js";

/** A server that is active, and who asks for its ports. */
function active(setup = {}) {
  const cloud = new Cloud(setup);
  const demo = cloud.user("demo");
  cloud.run(demo.nova.boot({ name: "t1", image: "cirros", flavor: "m1.nano" }));
  cloud.settle();
  const id = cloud.id("server", "t1") ?? "";
  /** What is answered, a refusal's words in the place of its body. */
  const compute = (
    method: string,
    path = "",
    body?: JsonObject,
  ): { status: number; body: Json } => {
    try {
      const url = `/servers/${id}/os-interface${path}`;
      return cloud.run(demo.request("compute", method, url, body));
    } catch (error) {
      if (!(error instanceof ClientException)) throw error;
      return { status: error.code, body: error.explanation };
    }
  };
  const network = (method: string, path: string, body?: JsonObject): JsonObject => {
    const answer = cloud.run(demo.request("network", method, `/v2.0/${path}`, body));
    const [found] = Object.values(isObject(answer.body) ? answer.body : {});
    return isObject(found) ? found : {};
  };
  const ports = (): string[] => {
    const { body } = compute("GET");
    const list = isObject(body) ? body["interfaceAttachments"] : [];
    return (list as readonly Json[]).filter(isObject).map((one) => textOf(one, "port_id"));
  };
  const attach = (interfaceAttachment: JsonObject) => compute("POST", "", { interfaceAttachment });
  const network_id = cloud.id("network", "private") ?? "";
  return { cloud, demo, id, compute, network, ports, attach, network_id };
}

describe("a server's ports", () => {
  const { cloud, compute, network, ports, attach, network_id, id } = active();

  it("are those whose device it is, and may become more: a port of its own, or one on a network", () => {
    const [first = ""] = ports();
    const port = network("POST", "ports", { port: { network_id } });
    const own = attach({ port_id: port["id"] ?? null });
    expect(own.status).toBe(200);
    expect(own.body).toMatchObject({
      interfaceAttachment: {
        port_id: port["id"],
        net_id: network_id,
        mac_addr: port["mac_address"],
      },
    });
    const made = attach({ net_id: network_id });
    expect(made.status).toBe(200);
    cloud.settle();
    expect(ports()).toHaveLength(3);
    // Wired as those are that it was made with.
    const states = ports().map((one) => network("GET", `ports/${one}`)["status"]);
    expect(states).toEqual(["ACTIVE", "ACTIVE", "ACTIVE"]);
    expect(ports()).toContain(first);
  });

  it("become fewer, and a port that is taken off is deleted, whoever has made it", () => {
    const [, second = ""] = ports();
    expect(compute("DELETE", `/${second}`).status).toBe(202);
    cloud.settle();
    expect(ports()).toHaveLength(2);
    expect(() => network("GET", `ports/${second}`)).toThrow(/could not be found/u);
    // Whether it is one of the server's is for the host to know, and nobody waits for that.
    expect(compute("DELETE", `/${second}`).status).toBe(202);
  });

  it.each([
    [{ net_id: "n", port_id: "p" }, 400, "Must not input both network_id and port_id"],
    [
      { fixed_ips: [{ ip_address: "10.0.0.9" }] },
      400,
      "Must input network_id when request IP address",
    ],
  ])("are refused: %j", (wanted, status, words) => {
    const { status: said, body } = attach(wanted);
    expect([said, body]).toEqual([status, words]);
  });

  it("are not another server's, of which a look says so without a blank", () => {
    const stray = network("POST", "ports", { port: { network_id } });
    const port = textOf(stray, "id");
    const { status, body } = compute("GET", `/${port}`);
    expect([status, body]).toEqual([404, `Instance ${id} does not have a port with id${port}`]);
    network("DELETE", `ports/${port}`);
    const taken = attach({ port_id: ports()[0] ?? null });
    expect([taken.status, taken.body]).toEqual([400, `Port ${ports()[0] ?? ""} is still in use.`]);
  });
});
