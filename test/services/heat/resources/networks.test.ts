/**
 * What Neutron keeps for stacks: heat/engine/resources/neutron at 2014.2 (test_neutron.py,
 * test_neutron_security_group.py).
 */
import { describe, expect, it } from "vitest";
import { isObject, textOf, type Json, type JsonObject } from "../../../../src/python/index.js";
import { StackBed } from "../cloud-bed.js";

const templateOf = (resources: JsonObject, outputs: JsonObject = {}): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources,
  outputs,
});

const NET = { type: "OS::Neutron::Net" };
const subnet = (properties: JsonObject = {}): JsonObject => ({
  type: "OS::Neutron::Subnet",
  properties: { network: { get_resource: "net" }, cidr: "10.9.0.0/24", ...properties },
});
const port = (properties: JsonObject = {}): JsonObject => ({
  type: "OS::Neutron::Port",
  properties: { network: { get_resource: "net" }, ...properties },
});

const listed = (bed: StackBed, collection: string): readonly JsonObject[] => {
  const demo = bed.cloud.user("demo");
  const { body } = bed.cloud.run(demo.request("network", "GET", `/v2.0/${collection}`));
  const list: Json = isObject(body) ? (body[collection.replaceAll("-", "_")] ?? null) : null;
  return Array.isArray(list) ? (list as readonly JsonObject[]) : [];
};

const COMPLETE = "CREATE_COMPLETE: Stack CREATE completed successfully";

describe("a network and what is on it", () => {
  it("come in their order: ports wait for every subnet, though they name none", () => {
    const bed = new StackBed();
    const stack = bed.build(
      "n1",
      templateOf(
        { net: NET, sub: subnet(), port: port() },
        { ips: { value: { get_attr: ["port", "fixed_ips"] } } },
      ),
    );
    expect(bed.state(stack)).toBe(COMPLETE);
    expect(JSON.stringify(bed.outputs(stack)["ips"])).toContain('"ip_address":"10.9.0.2"');
    const posts = bed.requests().filter((line) => /POST neutron.*v2/u.test(line));
    expect(posts.map((line) => line.split("/").at(-1))).toEqual([
      "networks.json",
      "subnets.json",
      "ports.json",
    ]);
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe("DELETE_COMPLETE: Stack DELETE completed successfully");
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it.each([
    ["Either network or network_id should be specified.", { port: { type: "OS::Neutron::Port" } }],
    [
      "shared not allowed in value_specs",
      { net: { ...NET, properties: { value_specs: { shared: true } } } },
    ],
    [
      'Property error : sub: ip_version "5" is not an allowed value [4, 6]',
      { net: NET, sub: subnet({ ip_version: 5 }) },
    ],
    [
      "Either subnet or port_id must be specified.",
      { link: { type: "OS::Neutron::RouterInterface", properties: { router_id: "x" } } },
    ],
    [
      'Security groups cannot be assigned the name "default".',
      { group: { type: "OS::Neutron::SecurityGroup", properties: { name: "default" } } },
    ],
    [
      "Property error : port: fixed_ips Property error : fixed_ips: 0 Property error : 0: subnet Value must be a string",
      { net: NET, port: port({ fixed_ips: [{ subnet: 5 }] }) },
    ],
  ])("are refused: %s", (message, resources) => {
    expect(new StackBed().build("n1", templateOf(resources))).toBe(message);
  });

  it("that both names of a property speak of is a 500, whose text has lost them", () => {
    const both = templateOf({ net: NET, port: port({ network_id: "x" }) });
    expect(new StackBed().build("n1", both)).toContain(
      "Cannot define the following properties at the same time",
    );
  });

  it("that is looked for by a name that nobody has fails when it is made", () => {
    const bed = new StackBed();
    const stack = bed.build("n1", templateOf({ port: port({ network: "nowhere" }) }));
    expect(bed.state(stack)).toBe(
      "CREATE_FAILED: Resource CREATE failed: NeutronClientException: Unable to find network with name 'nowhere'",
    );
  });

  it("whose address is taken fails in Neutron's words", () => {
    const bed = new StackBed();
    const fixed = { fixed_ips: [{ ip_address: "10.9.0.7" }] };
    const stack = bed.build(
      "n1",
      templateOf({ net: NET, sub: subnet(), one: port(fixed), two: port(fixed) }),
    );
    expect(bed.state(stack)).toMatch(
      /^CREATE_FAILED: Resource CREATE failed: IpAddressInUseClient: Unable to complete operation for network [0-9a-f-]{36}\. The IP address 10\.9\.0\.7 is in use\./u,
    );
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.cloud.leftovers()).toEqual([]);
  });
});

describe("an update", () => {
  it("replaces every port by default, though nothing has changed (test_port_needs_update)", () => {
    const bed = new StackBed();
    const template = templateOf({ net: NET, sub: subnet(), port: port({ name: "one" }) });
    const stack = bed.build("n1", template);
    const before = listed(bed, "ports").find(({ name }) => name === "one");
    bed.change(stack, template);
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    const after = listed(bed, "ports").filter(({ name }) => name === "one");
    expect(after).toHaveLength(1);
    expect(textOf(after[0] ?? {}, "id")).not.toBe(textOf(before ?? {}, "id"));
  });

  it("of a network is forbidden to users, since it says again that the network is not shared", () => {
    const bed = new StackBed();
    const stack = bed.build("n1", templateOf({ net: { ...NET, properties: { name: "one" } } }));
    bed.change(stack, templateOf({ net: { ...NET, properties: { name: "two" } } }));
    expect(bed.state(stack)).toBe(
      "UPDATE_FAILED: Forbidden: Policy doesn't allow update_network to be performed.",
    );
  });

  it("changes a port in place if that is its policy, and subnets always", () => {
    const bed = new StackBed();
    const all = (word: string): JsonObject =>
      templateOf({
        net: NET,
        sub: subnet({ name: `sub-${word}` }),
        port: port({ name: `port-${word}`, replacement_policy: "AUTO" }),
      });
    const stack = bed.build("n1", all("one"));
    const ids = ["networks", "subnets", "ports"].map((what) =>
      listed(bed, what).map((one) => textOf(one, "id")),
    );
    bed.change(stack, all("two"));
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    expect(
      ["networks", "subnets", "ports"].map((what) =>
        listed(bed, what).map((one) => textOf(one, "id")),
      ),
    ).toEqual(ids);
    const names = listed(bed, "ports").map((one) => textOf(one, "name"));
    expect(names).toContain("port-two");
  });
});

describe("a security group", () => {
  const group = (rules: readonly JsonObject[]): JsonObject =>
    templateOf({ group: { type: "OS::Neutron::SecurityGroup", properties: { name: "g", rules } } });
  const rules = (bed: StackBed): string[] => {
    const found = listed(bed, "security-groups").find(({ name }) => name === "g");
    return ((found?.["security_group_rules"] ?? []) as readonly JsonObject[])
      .map((rule) =>
        [rule["direction"], rule["ethertype"], rule["protocol"] ?? "any"].map(String).join(" "),
      )
      .sort();
  };

  it("lets everything out until a rule says what goes out", () => {
    const bed = new StackBed();
    const tcp = { protocol: "tcp", port_range_min: 22, port_range_max: 22 };
    const stack = bed.build("g1", group([tcp]));
    expect(bed.state(stack)).toBe(COMPLETE);
    expect(rules(bed)).toEqual(["egress IPv4 any", "egress IPv6 any", "ingress IPv4 tcp"]);
    bed.change(stack, group([tcp, { direction: "egress", protocol: "udp" }]));
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    expect(rules(bed)).toEqual(["egress IPv4 udp", "ingress IPv4 tcp"]);
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(rules(bed)).toEqual([]);
  });

  it("that is its own peer is told so by its id", () => {
    const bed = new StackBed();
    bed.build("g1", group([{ remote_mode: "remote_group_id" }]));
    const found = listed(bed, "security-groups").find(({ name }) => name === "g");
    const own = ((found?.["security_group_rules"] ?? []) as readonly JsonObject[]).find(
      ({ direction }) => direction === "ingress",
    );
    expect(own?.["remote_group_id"]).toBe(found?.["id"]);
  });
});
