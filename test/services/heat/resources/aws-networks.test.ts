/**
 * A VPC and what is in it: heat/engine/resources/vpc.py, subnet.py, route_table.py, internet_gateway.py,
 * network_interface.py, eip.py at 2014.2 (test_vpc.py, test_eip.py).
 */
import { describe, expect, it } from "vitest";
import { isObject, str, textOf, type JsonObject } from "../../../../src/python/index.js";
import { messageOf } from "../cloud-bed.js";
import {
  attribute,
  AwsBed,
  BUILT,
  cfn,
  GONE,
  instance,
  reference,
  resource,
  UPDATED,
} from "./bed.js";

const VPC = { Ref: "vpc" };
const vpc = resource("AWS::EC2::VPC", { CidrBlock: "10.5.0.0/16" });
const subnet = resource("AWS::EC2::Subnet", { CidrBlock: "10.5.1.0/24", VpcId: VPC });

/** Where routers lead: inside and outside. */
const routers = (bed: AwsBed): string[] =>
  bed
    .neutron("routers")
    .map((router) => {
      const outside = isObject(router["external_gateway_info"]) ? " outside" : "";
      const ports = bed.neutron("ports").filter(({ device_id: device, device_owner: owner }) => {
        return device === router["id"] && owner === "network:router_interface";
      });
      return `${textOf(router, "name").replace(/-[a-z2-7]{12}$/u, "")} ${String(ports.length)}${outside}`;
    })
    .sort();

describe("AWS::EC2::VPC", () => {
  it("is a network and a router of one name, on which its subnets are (test_vpc, test_subnet)", () => {
    const bed = AwsBed.outside();
    const stack = bed.build("s", cfn({ vpc, subnet }));
    expect(bed.state(stack)).toBe(BUILT);
    expect(routers(bed)).toEqual(["s-vpc 1"]);
    expect(bed.neutron("networks").map(({ name }) => name)).toContain(
      bed.neutron("routers")[0]?.["name"],
    );
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("takes no tags (properties_schema)", () => {
    const Tags = [{ Key: "a", Value: "b" }];
    const { body } = new AwsBed().create("s", cfn({ vpc: resource("AWS::EC2::VPC", { Tags }) }));
    expect(messageOf(body)).toBe("Property error : vpc: Tags Property 0 not implemented yet");
  });

  it("leads outside by its route tables, to which subnets are moved (test_route_table, test_create_gateway)", () => {
    const bed = AwsBed.outside();
    const inside = { vpc, subnet, table: resource("AWS::EC2::RouteTable", { VpcId: VPC }) };
    const all = {
      ...inside,
      moved: resource("AWS::EC2::SubnetRouteTableAssociation", {
        RouteTableId: { Ref: "table" },
        SubnetId: { Ref: "subnet" },
      }),
      gateway: resource("AWS::EC2::InternetGateway"),
      attached: resource("AWS::EC2::VPCGatewayAttachment", {
        InternetGatewayId: { Ref: "gateway" },
        VpcId: VPC,
      }),
    };
    const stack = bed.build("s", cfn(all));
    expect(bed.state(stack)).toBe(BUILT);
    expect(routers(bed)).toEqual(["s-table 1 outside", "s-vpc 0"]);
    bed.change(stack, cfn(inside));
    expect(bed.state(stack)).toBe(UPDATED);
    expect(routers(bed)).toEqual(["s-table 0", "s-vpc 1"]);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("has no way outside where nothing is outside, or too much (get_external_network_id)", () => {
    const bed = new AwsBed({ services: ["cinder", "heat", "neutron-l3-agent"] });
    const attached = resource("AWS::EC2::VPCGatewayAttachment", { VpcId: VPC });
    expect(bed.state(bed.build("s", cfn({ vpc, attached })))).toBe(
      "CREATE_FAILED: Resource CREATE failed: Error: Expected 1 external network, found 0",
    );
  });
});

describe("AWS::EC2::NetworkInterface", () => {
  const group = resource("AWS::EC2::SecurityGroup", { GroupDescription: "web" });
  const card = (properties: JsonObject): JsonObject =>
    resource("AWS::EC2::NetworkInterface", { SubnetId: { Ref: "subnet" }, ...properties });
  const all = (properties: JsonObject, more: JsonObject = {}): JsonObject =>
    cfn(
      { vpc, subnet, group, card: card(properties), ...more },
      { ip: attribute("card", "PrivateIpAddress") },
    );
  const groupsOf = (bed: AwsBed): number => {
    const ports = bed.neutron("ports").filter(({ name }) => str(name ?? null).startsWith("s-card"));
    return (ports[0]?.["security_groups"] as readonly string[]).length;
  };

  it("is a port whose groups change in place (test_network_interface)", () => {
    const bed = AwsBed.outside();
    const stack = bed.build("s", all({ GroupSet: [], PrivateIpAddress: "10.5.1.77" }));
    expect(bed.state(stack)).toBe(BUILT);
    expect(bed.outputs(stack)).toEqual({ ip: "10.5.1.77" });
    expect(groupsOf(bed)).toBe(0);
    const same = { PrivateIpAddress: "10.5.1.77" };
    bed.change(stack, all({ ...same, GroupSet: [{ Ref: "group" }] }));
    expect([bed.state(stack), groupsOf(bed)]).toEqual([UPDATED, 1]);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("is a card of an instance, which changes it for another (test_instance_update_network_interfaces)", () => {
    const bed = AwsBed.outside();
    const web = (name: string): JsonObject => instance({ NetworkInterfaces: [{ Ref: name }] });
    const two = (name: string) => all({}, { other: card({}), web: web(name) });
    const stack = bed.build("s", two("card"));
    expect(bed.state(stack)).toBe(BUILT);
    const [{ id = null } = {}] = bed.servers;
    bed.change(stack, two("other"));
    expect(bed.state(stack)).toBe(UPDATED);
    const cards = bed.neutron("ports").filter(({ device_id }) => device_id === id);
    expect(cards.map(({ name }) => str(name ?? null).slice(0, 7))).toEqual(["s-other"]);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("is made for an instance on a subnet, and goes with it (test_instance_create_with_subnet, test_instance_delete)", () => {
    const bed = AwsBed.outside();
    const web = instance({ SubnetId: { Ref: "subnet" }, SecurityGroups: [{ Ref: "group" }] });
    const stack = bed.build(
      "s",
      cfn({ vpc, subnet, group, web }, { ip: attribute("web", "PrivateIp") }),
    );
    expect(bed.state(stack)).toBe(BUILT);
    expect(bed.outputs(stack)["ip"]).toMatch(/^10\.5\.1\./u);
    expect(bed.remove(stack)).toBe(GONE);
  });
});

describe("an address of a VPC", () => {
  it("is one of Neutron's, and its allocation is led to a card (test_eip_with_VPC, test_association_allocationid)", () => {
    const bed = AwsBed.outside();
    const resources = {
      ...{ vpc, subnet },
      card: resource("AWS::EC2::NetworkInterface", { SubnetId: { Ref: "subnet" } }),
      ip: resource("AWS::EC2::EIP", { Domain: "vpc" }),
    };
    const outputs = { allocation: attribute("ip", "AllocationId"), card: reference("card") };
    const stack = bed.build("s", cfn(resources, outputs));
    expect(bed.state(stack)).toBe(BUILT);
    // References to what is not there yet are nothing to the judge, so they are written out in another stack.
    const { allocation: AllocationId = null, card: NetworkInterfaceId = null } = bed.outputs(stack);
    const at = resource("AWS::EC2::EIPAssociation", { AllocationId, NetworkInterfaceId });
    const led = bed.build("led", cfn({ at }));
    expect(bed.state(led)).toBe(BUILT);
    const [floating] = bed.neutron("floatingips");
    expect(floating?.["fixed_ip_address"]).toMatch(/^10\.5\.1\./u);
    expect(routers(bed)).toEqual(["s-vpc 1 outside"]);
    bed.ask("DELETE", led);
    bed.cloud.settle();
    expect(bed.neutron("floatingips")[0]?.["port_id"]).toBeNull();
    expect(bed.remove(stack)).toBe(GONE);
  });
});
