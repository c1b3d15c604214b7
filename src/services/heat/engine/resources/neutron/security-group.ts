/** OS::Neutron::SecurityGroup, with its rules. Upstream: heat/engine/resources/neutron/security_group.py at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import { str, textOf, truth, type Json, type JsonObject } from "../../../../../python/index.js";
import { StackValidationFailed } from "../../../exception.js";
import { allowedValues } from "../../parameters/constraints.js";
import { integer, list, map, schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, objectsOf, type TypeFacts } from "../service-resource.js";
import { NeutronResource } from "./neutron-resource.js";

const oneOf = (...values: readonly string[]) =>
  text({ default: values[0] ?? null, constraints: [allowedValues(values)] });

const RULE = map(
  {},
  {
    direction: oneOf("ingress", "egress"),
    ethertype: oneOf("IPv4", "IPv6"),
    port_range_min: integer(),
    port_range_max: integer(),
    protocol: text(),
    remote_mode: oneOf("remote_ip_prefix", "remote_group_id"),
    remote_group_id: text(),
    remote_ip_prefix: text(),
  },
);

const FACTS: TypeFacts = {
  className: "SecurityGroup",
  schemata: schemata({
    name: text({ update: true }),
    description: text({ update: true }),
    rules: list({ default: [], update: true }, RULE),
  }),
};

/** What Neutron puts into a new group. */
const DEFAULT_EGRESS: readonly JsonObject[] = [
  { direction: "egress", ethertype: "IPv4" },
  { direction: "egress", ethertype: "IPv6" },
];

export class SecurityGroup extends NeutronResource {
  protected readonly collection = "security_groups";

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    if ((yield* this.properties.get("name")) !== "default") return;
    const message = 'Security groups cannot be assigned the name "default".';
    throw new StackValidationFailed({ message });
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const { rules, ...props } = yield* this.preparedProperties();
    const group = yield* (yield* this.neutron()).create("security_groups", props);
    this.setResourceId(textOf(group, "id"));
    yield* this.#makeRules(objectsOf(rules));
  }

  /** `_format_rule`. */
  #sent({ remote_mode: mode, ...rule }: JsonObject): JsonObject {
    const sent: Record<string, Json> = { ...rule, security_group_id: this.resourceId };
    if (mode === "remote_group_id") {
      sent["remote_ip_prefix"] = null;
      // Of no group in particular, it is the group itself.
      if (!truth(sent["remote_group_id"] ?? null)) sent["remote_group_id"] = this.resourceId;
    } else if (mode !== undefined) sent["remote_group_id"] = null;
    for (const key of ["port_range_min", "port_range_max"]) {
      const port = sent[key] ?? null;
      if (port !== null) sent[key] = str(port);
    }
    return sent;
  }

  *#makeRules(rules: readonly JsonObject[]): Op<void> {
    const neutron = yield* this.neutron();
    let deleted = false;
    for (const rule of rules) {
      if (rule["direction"] === "egress" && !deleted) {
        // One rule for what goes out, and what lets everything out has to go.
        deleted = true;
        yield* this.#deleteRules(({ direction }) => direction === "egress");
      }
      try {
        yield* neutron.create("security_group_rules", this.#sent(rule));
      } catch (error) {
        if (!this.clients.neutron.isConflict(error)) throw error;
      }
    }
  }

  *#deleteRules(which: (rule: JsonObject) => boolean = () => true): Op<void> {
    const neutron = yield* this.neutron();
    let group: JsonObject;
    try {
      group = yield* this.show();
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (this.clients.neutron.isNotFound(error)) return;
      throw error;
    }
    for (const rule of objectsOf(group["security_group_rules"])) {
      if (!which(rule)) continue;
      yield* this.unlessGone(neutron.delete("security_group_rules", textOf(rule, "id")));
    }
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    yield* this.#deleteRules();
    yield* this.deleteOnly();
  }

  protected override updateHandler({ after }: ResourceChange): Handler {
    return atOnce(() => this.#update(after));
  }

  *#update(after: ResourceChange["after"]): Op<void> {
    const { rules, ...props } = yield* this.preparedUpdate(after);
    yield* (yield* this.neutron()).update("security_groups", this.ownId, props);
    yield* this.#deleteRules();
    yield* this.#makeRules(DEFAULT_EGRESS);
    yield* this.#makeRules(objectsOf(rules));
  }
}
