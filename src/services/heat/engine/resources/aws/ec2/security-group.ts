/**
 * AWS::EC2::SecurityGroup, in Neutron; Nova's own groups, for clouds without Neutron, are not simulated. Upstream:
 * heat/engine/resources/security_group.py (_handle_create_neutron, _handle_delete_neutron) at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import { str, textOf, truth, type Json, type JsonObject } from "../../../../../../python/index.js";
import { list, map, notImplemented, schemata, text } from "../../../properties/schema.js";
import type { Handler } from "../../resource.js";
import { atOnce, objectsOf, type TypeFacts } from "../../service-resource.js";
import { Ec2NetworkResource } from "./network-resource.js";

const RULES = list(
  {},
  map(
    {},
    {
      CidrIp: text(),
      FromPort: text(),
      ToPort: text(),
      IpProtocol: text(),
      SourceSecurityGroupId: text(),
      SourceSecurityGroupName: text(),
      SourceSecurityGroupOwnerId: notImplemented(),
    },
  ),
);

const FACTS: TypeFacts = {
  className: "SecurityGroup",
  schemata: schemata({
    GroupDescription: text({ required: true }),
    VpcId: text(),
    SecurityGroupIngress: RULES,
    SecurityGroupEgress: RULES,
  }),
};

export class Ec2SecurityGroup extends Ec2NetworkResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const neutron = yield* this.neutron();
    const group = yield* neutron.create("security_groups", {
      name: this.physicalName(),
      description: yield* this.properties.get("GroupDescription"),
    });
    this.setResourceId(textOf(group, "id"));
    yield* this.#makeRules("ingress", yield* this.properties.get("SecurityGroupIngress"));
    const egress = yield* this.properties.get("SecurityGroupEgress");
    if (!truth(egress)) return;
    // One rule for what goes out, and what lets everything out has to go.
    for (const { direction, id } of objectsOf(group["security_group_rules"])) {
      if (direction === "egress") yield* neutron.delete("security_group_rules", str(id ?? null));
    }
    yield* this.#makeRules("egress", egress);
  }

  *#makeRules(direction: "ingress" | "egress", rules: Json): Op<void> {
    const neutron = yield* this.neutron();
    for (const rule of objectsOf(rules)) {
      try {
        yield* neutron.create("security_group_rules", neutronRule(direction, rule, this.ownId));
      } catch (error) {
        if (!this.clients.neutron.isConflict(error)) throw error;
      }
    }
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    yield* this.unlessGone(this.#removeAll(this.resourceId));
  }

  *#removeAll(id: string): Op<void> {
    const neutron = yield* this.neutron();
    const group = yield* neutron.show("security_groups", id);
    for (const rule of objectsOf(group["security_group_rules"])) {
      yield* this.unlessGone(neutron.delete("security_group_rules", textOf(rule, "id")));
    }
    yield* neutron.delete("security_groups", id);
  }
}

/** `sanitize_security_group`, `_convert_to_neutron_rule`: what is not said is sent as null. */
function neutronRule(direction: string, rule: JsonObject, security_group_id: string): JsonObject {
  const [min, max] = [portIn(rule["FromPort"]), portIn(rule["ToPort"])];
  const { SourceSecurityGroupId: id = null, SourceSecurityGroupName: name = null } = rule;
  return {
    direction,
    ethertype: "IPv4",
    // Upstream takes it away where there are no ports, for all protocols.
    remote_ip_prefix: min === null && max === null ? null : (rule["CidrIp"] ?? null),
    port_range_min: min,
    port_range_max: max,
    protocol: rule["IpProtocol"] ?? null,
    remote_group_id: truth(id) ? id : name,
    security_group_id,
  };
}

/** Of EC2, minus one is any; of Neutron, null. */
const portIn = (port: Json | undefined): Json =>
  port === undefined || port === null || Number(port) < 0 ? null : port;
