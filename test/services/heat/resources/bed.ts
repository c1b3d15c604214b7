/** Starts a cloud whose stacks are written in Amazon's words, and looks at what they have made there. */
import { expect } from "vitest";
import type { CloudSetup } from "../../../../src/cloud/cloud.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../../src/python/index.js";
import { StackBed } from "../cloud-bed.js";

export const BUILT = "CREATE_COMPLETE: Stack CREATE completed successfully";
export const UPDATED = "UPDATE_COMPLETE: Stack successfully updated";
export const GONE = "DELETE_COMPLETE: Stack DELETE completed successfully";

/** A template of CloudFormation. */
export const cfn = (Resources: JsonObject, Outputs: JsonObject = {}): JsonObject => ({
  HeatTemplateFormatVersion: "2012-12-12",
  Resources,
  Outputs,
});

export const resource = (Type: string, Properties: JsonObject = {}, rest: JsonObject = {}) => ({
  ...{ Type, Properties },
  ...rest,
});

export const instance = (properties: JsonObject = {}): JsonObject =>
  resource("AWS::EC2::Instance", { ImageId: "cirros", InstanceType: "m1.nano", ...properties });

export const attribute = (name: string, key: string): JsonObject => ({
  Value: { "Fn::GetAtt": [name, key] },
});

export const reference = (name: string): JsonObject => ({ Value: { Ref: name } });

export class AwsBed extends StackBed {
  /** With a network that is outside, and a router on the way there from the servers' own. */
  static routed(setup: CloudSetup = {}): AwsBed {
    const services = ["cinder", "heat", "neutron-l3-agent"];
    const bed = AwsBed.#withOutside({ services, ...setup });
    const network_id = bed.cloud.id("network", "public") ?? "";
    const external_gateway_info = { network_id };
    const router = bed.made("routers", { router: { name: "r", external_gateway_info } });
    const subnet_id = bed.cloud.id("subnet", "private-subnet") ?? "";
    bed.cloud.run(
      bed.cloud
        .user("admin")
        .request("network", "PUT", `/v2.0/routers/${router}/add_router_interface`, { subnet_id }),
    );
    return bed;
  }

  /** With a network that is outside. */
  static outside(): AwsBed {
    return AwsBed.#withOutside({ services: ["cinder", "heat", "neutron-l3-agent"] });
  }

  static #withOutside(setup: CloudSetup): AwsBed {
    const bed = new AwsBed(setup);
    const network = { name: "public", "router:external": true };
    const network_id = bed.made("networks", { network });
    const cidr = "172.24.4.0/24";
    bed.made("subnets", { subnet: { network_id, cidr, ip_version: 4, enable_dhcp: false } });
    return bed;
  }

  /** Something of Neutron's, as the administrator. @returns its id */
  made(path: string, body: JsonObject): string {
    const sent = this.cloud.user("admin").request("network", "POST", `/v2.0/${path}`, body);
    const { body: answer } = this.cloud.run(sent);
    const [one] = Object.values(isObject(answer) ? answer : {});
    return textOf(isObject(one) ? one : {}, "id");
  }

  /** What demo sees. */
  list(service: string, path: string, key: string): readonly JsonObject[] {
    const { body } = this.cloud.run(this.cloud.user("demo").request(service, "GET", path));
    return ((isObject(body) ? body[key] : undefined) ?? []) as readonly JsonObject[];
  }

  neutron(collection: string): readonly JsonObject[] {
    return this.list("network", `/v2.0/${collection.replaceAll("_", "-")}`, collection);
  }

  get servers(): readonly JsonObject[] {
    return this.list("compute", "/servers/detail", "servers");
  }

  /** Of the volumes. */
  get volumeStatuses(): Json[] {
    const volumes = this.list("volume", "/volumes/detail", "volumes");
    return volumes.map(({ status = null }) => status);
  }

  /** @returns the state of the stack then */
  act(path: string, action: string): string {
    this.ask("POST", `${path}/actions`, { [action]: null });
    this.cloud.settle();
    return this.state(path);
  }

  /** @returns the state of the stack then, of which nothing is left */
  remove(path: string): string {
    this.ask("DELETE", path);
    this.cloud.settle();
    expect(this.cloud.leftovers()).toEqual([]);
    return this.state(path);
  }
}
