/** AWS::EC2::NetworkInterface: a port. Upstream: heat/engine/resources/network_interface.py at 2014.2. */
import type { Op } from "../../../../../../kernel/index.js";
import { textOf, truth, type Json, type JsonObject } from "../../../../../../python/index.js";
import { list, notImplemented, schemata, text } from "../../../properties/schema.js";
import { exceptionOf } from "../../../scheduler/task.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { atOnce, itemsOf, objectsOf, type TypeFacts } from "../../service-resource.js";
import { noTags } from "../tags.js";
import { Ec2NetworkResource } from "./network-resource.js";

const GROUPS = "GroupSet";
const ADDRESS = "PrivateIpAddress";

const FACTS: TypeFacts = {
  className: "NetworkInterface",
  schemata: schemata({
    Description: text(),
    [GROUPS]: list({ update: true }),
    [ADDRESS]: text(),
    SourceDestCheck: notImplemented("BOOLEAN"),
    SubnetId: text({ required: true }),
    Tags: noTags(),
  }),
  attributes: [ADDRESS],
};

export class NetworkInterface extends Ec2NetworkResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const subnet_id = yield* this.id("SubnetId");
    const network_id = yield* this.clients.neutron.networkOfSubnet(subnet_id);
    const ip_address = yield* this.properties.get(ADDRESS);
    const fixed: Json = truth(ip_address) ? { subnet_id, ip_address } : { subnet_id };
    const props: Record<string, Json> = {
      name: this.physicalName(),
      admin_state_up: true,
      network_id,
      fixed_ips: [fixed],
    };
    // Without any said it is in the group `default`; with none, in none.
    const groups = yield* this.properties.get(GROUPS);
    if (groups !== null) {
      props["security_groups"] = yield* this.clients.neutron.securityGroupIds(itemsOf(groups));
    }
    const port = yield* (yield* this.neutron()).create("ports", props);
    this.setResourceId(textOf(port, "id"));
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    yield* this.unlessGone((yield* this.neutron()).delete("ports", this.resourceId));
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  *#update(changed: JsonObject): Op<void> {
    if (!Object.hasOwn(changed, GROUPS)) return;
    const wanted = changed[GROUPS] ?? null;
    const names = wanted === null ? ["default"] : itemsOf(wanted);
    const security_groups = yield* this.clients.neutron.securityGroupIds(names);
    yield* (yield* this.neutron()).update("ports", this.ownId, { security_groups });
  }

  /** `_get_fixed_ip_address`. */
  protected override *resolveAttribute(): Op<Json> {
    try {
      const port = yield* (yield* this.neutron()).show("ports", this.ownId);
      return objectsOf(port["fixed_ips"])[0]?.["ip_address"] ?? null;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (this.clients.neutron.isNotFound(error)) return null;
      throw error;
    }
  }
}
