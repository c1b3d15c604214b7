/** Containers of Swift's and networks on a wire: heat/engine/resources/swift.py, neutron/provider_net.py at 2014.2 (test_swift.py, test_neutron_provider_net.py). */
import { describe, expect, it } from "vitest";
import { isObject, str, type JsonObject } from "../../../../src/python/index.js";
import { messageOf, StackBed } from "../cloud-bed.js";
import { BUILT, GONE } from "./bed.js";

const hot = (resources: JsonObject, outputs: JsonObject = {}): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources,
  outputs,
});

describe("OS::Swift::Container", () => {
  const container: JsonObject = {
    type: "OS::Swift::Container",
    properties: {
      "X-Container-Read": ".r:*",
      "X-Container-Meta": { "Web-Index": "index.html" },
      "X-Account-Meta": { Owner: "demo" },
    },
  };
  const names = ["DomainName", "WebsiteURL", "RootURL", "ObjectCount", "BytesUsed"];
  const outputs = Object.fromEntries(
    names.map((name) => [name, { value: { get_attr: ["box", name] } }]),
  );

  it("is one under the resource's name, with its headers (test_create_container_metadata, test_attributes)", () => {
    const bed = new StackBed({ services: ["heat", "swift"] });
    const stack = bed.build("s", hot({ box: container }, outputs));
    expect(bed.state(stack)).toBe(BUILT);
    const { DomainName, WebsiteURL, RootURL, ObjectCount, BytesUsed } = bed.outputs(stack);
    expect([DomainName, ObjectCount, BytesUsed]).toEqual(["controller", "0", "0"]);
    expect(WebsiteURL).toMatch(/\/AUTH_[0-9a-f]{32}\/s-box-[a-z2-7]{12}$/u);
    expect(RootURL).toBe(str(WebsiteURL ?? null).replace(/\/[^/]*$/u, ""));
    const path = str(WebsiteURL ?? null)
      .split("/")
      .slice(5)
      .join("/");
    const asked = bed.cloud.user("demo").request("object-store", "HEAD", `/${path}`);
    expect(bed.cloud.run(asked).headers).toMatchObject({
      "x-container-read": ".r:*",
      "x-container-meta-web-index": "index.html",
    });
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe(GONE);
  });

  it("that is not empty is not deleted, in Swift's words (test_delete_exception)", () => {
    const bed = new StackBed({ services: ["heat", "swift"] });
    const box = { ...container, properties: { name: "box" } };
    const stack = bed.build("s", hot({ box }));
    const put = bed.cloud.user("demo").request("object-store", "PUT", "/box/thing", "text");
    bed.cloud.run(put);
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toMatch(
      /^DELETE_FAILED: Resource DELETE failed: ClientException: Container DELETE failed: .* 409 Conflict/u,
    );
  });
});

describe("OS::Neutron::ProviderNet", () => {
  const net = (properties: JsonObject): JsonObject =>
    hot({ net: { type: "OS::Neutron::ProviderNet", properties } });

  it("has no segment where it is flat (test_create_provider_net)", () => {
    const bed = new StackBed();
    const flat = { network_type: "flat", physical_network: "physnet1", segmentation_id: "7" };
    expect(messageOf(bed.create("s", net(flat)).body)).toBe(
      "segmentation_id not allowed for flat network type.",
    );
  });

  it("is an administrator's to make: what is said of its wire is refused to others by Neutron", () => {
    const bed = new StackBed();
    const vlan = { network_type: "vlan", physical_network: "physnet1", segmentation_id: "101" };
    const stack = bed.build("s", net(vlan));
    expect(bed.state(stack)).toMatch(/^CREATE_FAILED: Resource CREATE failed: Forbidden: /u);
    const [sent] = bed.bodies("POST", /\/networks/u);
    expect(isObject(sent?.body ?? null) ? sent?.body : {}).toMatchObject({
      network: {
        "provider:network_type": "vlan",
        "provider:physical_network": "physnet1",
        "provider:segmentation_id": "101",
        shared: true,
      },
    });
  });
});
