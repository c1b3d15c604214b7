/**
 * What an update does to a server that stays: it is resized and that is confirmed, rebuilt, and its cards come and go.
 * Upstream: heat/engine/resources/server.py (handle_update), heat/engine/clients/os/nova.py (check_resize,
 * check_rebuild) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { CloudSetup } from "../../../../src/cloud/cloud.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../../src/python/index.js";
import { StackBed } from "../cloud-bed.js";

const SERVER = { image: "cirros", flavor: "m1.tiny", name: "one" };
const UPDATED = "UPDATE_COMPLETE: Stack successfully updated";

const stackOf = (properties: JsonObject): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources: { server: { type: "OS::Nova::Server", properties: { ...SERVER, ...properties } } },
});

/** A stack of one server, and what becomes of both. */
class ServerStack {
  readonly bed: StackBed;
  readonly #path: string;
  readonly #first: JsonObject;

  constructor(setup: CloudSetup = {}, first: JsonObject = {}) {
    this.bed = new StackBed(setup);
    this.#first = first;
    this.#path = this.bed.build("s1", stackOf(first));
  }

  /** @returns the state of the stack */
  change(properties: JsonObject): string {
    this.bed.change(this.#path, stackOf({ ...this.#first, ...properties }));
    return this.bed.state(this.#path);
  }

  get id(): string {
    return this.bed.cloud.id("server", "one") ?? "";
  }

  get shown(): JsonObject {
    const user = this.bed.cloud.user("demo");
    const { body } = this.bed.cloud.run(user.request("compute", "GET", `/servers/${this.id}`));
    return isObject(body) && isObject(body["server"]) ? body["server"] : {};
  }

  get networks(): string[] {
    const { addresses } = this.shown;
    return isObject(addresses) ? Object.keys(addresses) : [];
  }

  actions(): Json[] {
    return this.bed.bodies("POST", /\/action$/u).map(({ body }) => body);
  }
}

describe("another flavor", () => {
  const stack = new ServerStack({ computes: 2 });
  const { id } = stack;

  it("resizes the server, and confirms that as soon as it can be (HEAT-196)", () => {
    const before = stack.bed.requests().length;
    expect(stack.change({ flavor: "m1.small" })).toBe(UPDATED);
    expect(stack.id).toBe(id);
    expect(stack.shown).toMatchObject({ status: "ACTIVE", flavor: { id: "2" } });
    expect(stack.actions()).toEqual([{ resize: { flavorRef: "2" } }, { confirmResize: null }]);
    const asked = stack.bed.requests().slice(before);
    const [first, last] = ["POST", "POST"].map((method, nth) =>
      nth === 0
        ? asked.findIndex((line) => line.startsWith(method))
        : asked.findLastIndex((line) => line.startsWith(method)),
    );
    const between = asked.slice((first ?? 0) + 1, last);
    expect(between.length).toBeGreaterThan(2);
    expect(between.every((line) => line.startsWith("GET") && line.endsWith(id))).toBe(true);
  });

  it("for which no host has room fails in Nova's words, and the server runs on", () => {
    const one = new ServerStack({ computes: 1 });
    expect(one.change({ flavor: "m1.small" })).toMatch(
      /^UPDATE_FAILED: BadRequest: No valid host was found\. No valid host found for resize \(HTTP 400\)/u,
    );
    expect(one.shown).toMatchObject({ status: "ACTIVE", flavor: { id: "1" } });
  });

  it("that does not get through fails with the status that the server has come to", () => {
    const { host } = stack.bed.cloud.server("one") ?? {};
    stack.bed.cloud.inject({
      driver: "migrate_disk_and_power_off",
      host: host ?? "",
      error: "no route to host",
    });
    expect(stack.change({ flavor: "m1.medium" })).toBe(
      "UPDATE_FAILED: Error: Resizing to 'm1.medium' failed, status 'ERROR'",
    );
    expect(stack.bed.cloud.server("one")?.fault).toBe("no route to host");
  });
});

describe("another image", () => {
  const images = [{ name: "cirros" }, { name: "other" }];
  /** Until nova-compute has read that its port is up: until then a rebuild waits for it to come up. */
  const healed = (policy: string): ServerStack => {
    const stack = new ServerStack({ computes: 1, images }, { image_update_policy: policy });
    stack.bed.cloud.advance("130s");
    return stack;
  };

  it("rebuilds the server if that is the policy, and looks until it is over", () => {
    const stack = healed("REBUILD");
    const { id } = stack;
    const imageRef = stack.bed.cloud.id("image", "other") ?? "";
    expect(stack.change({ image: "other" })).toBe(UPDATED);
    expect(stack.actions()).toEqual([{ rebuild: { imageRef } }]);
    expect(stack.shown).toMatchObject({ id, status: "ACTIVE", image: { id: imageRef } });
    stack.bed.cloud.inject({ driver: "spawn", host: "compute-1", error: "no space left" });
    expect(stack.change({ image: "cirros" })).toBe(
      "UPDATE_FAILED: Error: Rebuilding server failed, status 'ERROR'",
    );
  });

  it("that shall keep what is ephemeral ends in ERROR: no driver but Ironic's can", () => {
    const stack = healed("REBUILD_PRESERVE_EPHEMERAL");
    const imageRef = stack.bed.cloud.id("image", "other") ?? "";
    expect(stack.change({ image: "other" })).toBe(
      "UPDATE_FAILED: Error: Rebuilding server failed, status 'ERROR'",
    );
    expect(stack.actions()).toEqual([{ rebuild: { imageRef, preserve_ephemeral: true } }]);
    expect(stack.bed.cloud.server("one")?.fault).toBe(
      "The current driver does not support preserving ephemeral partitions.",
    );
  });
});

describe("other networks", () => {
  const stack = new ServerStack();
  const { cloud } = stack.bed;
  const { id } = stack;
  const made = (path: string, body: JsonObject): string => {
    const [kind = ""] = Object.keys(body);
    const sent = cloud.user("demo").request("network", "POST", `/v2.0/${path}`, body);
    const { body: answer } = cloud.run(sent);
    const one = isObject(answer) ? answer[kind] : undefined;
    return textOf(isObject(one) ? one : {}, "id");
  };
  const [first, second] = ["n1", "n2"].map((name, nth) => {
    const network_id = made("networks", { network: { name } });
    made("subnets", { subnet: { network_id, cidr: `10.${String(nth)}.0.0/24`, ip_version: 4 } });
    return network_id;
  });
  const changed = (networks: readonly JsonObject[]): readonly [string, readonly string[]] => [
    stack.change({ networks: [...networks] }),
    stack.networks,
  ];

  it("take off the card that it got unasked, and put on another", () => {
    expect(stack.networks).toEqual(["private"]);
    expect(changed([{ network: first ?? "", fixed_ip: "10.0.0.7" }])).toEqual([UPDATED, ["n1"]]);
    expect(stack.id).toBe(id);
  });

  it("are known again by network and address together, or by their port", () => {
    const port = made("ports", { port: { network_id: second ?? "" } });
    expect(changed([{ port }])).toEqual([UPDATED, ["n2"]]);
    expect(changed([{ network: first ?? "" }])).toEqual([UPDATED, ["n1"]]);
  });

  it("leave on what was said by its network alone: its port is not found, and `None` taken off", () => {
    expect(changed([{ network: second ?? "" }])).toEqual([UPDATED, ["n1", "n2"]]);
    expect(stack.bed.requests().at(-2)).toMatch(/^DELETE .*\/os-interface\/None$/u);
  });

  it("are not found by their names, which are sent as ids", () => {
    expect(stack.change({ networks: [{ network: "n1" }] })).toMatch(
      /^UPDATE_FAILED: ClientException: Failed to attach interface \(HTTP 500\)/u,
    );
  });
});
