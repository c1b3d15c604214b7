/**
 * AWS::EC2::EIP: an address of the public network, by way of Nova, or in a VPC by way of Neutron. Upstream:
 * heat/engine/resources/eip.py (ElasticIp) at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import { str, textOf, truth, type Json, type JsonObject } from "../../../../../../python/index.js";
import { allowedValues } from "../../../parameters/constraints.js";
import { schemata, text } from "../../../properties/schema.js";
import { exceptionOf } from "../../../scheduler/task.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { atOnce, type TypeFacts } from "../../service-resource.js";
import { Ec2NetworkResource, externalNetworkId } from "./network-resource.js";

const INSTANCE = "InstanceId";

const FACTS: TypeFacts = {
  className: "ElasticIp",
  schemata: schemata({
    Domain: text({ constraints: [allowedValues(["vpc"])] }),
    [INSTANCE]: text({ update: true }),
  }),
  attributes: ["AllocationId"],
};

export class ElasticIp extends Ec2NetworkResource {
  /** No field of its own is there yet when the base asks for the schema. */
  declare private known: string | undefined;

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  /** Its address, which is asked for once. */
  override *reference(): Op<string> {
    if (this.known === undefined && this.resourceId !== null) {
      this.known = yield* this.#address(this.resourceId);
    }
    return this.known ?? "";
  }

  /** `_ipaddress`; undefined of one that is gone. */
  *#address(id: string): Op<string | undefined> {
    const inVpc = truth(yield* this.properties.get("Domain"));
    try {
      if (inVpc) {
        return textOf(
          yield* (yield* this.neutron()).show("floatingips", id),
          "floating_ip_address",
        );
      }
      const nova = yield* this.clients.nova.client();
      return textOf(yield* nova.floatingIps.one(id), "ip");
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      const plugin = inVpc ? this.clients.neutron : this.clients.nova;
      if (plugin.isNotFound(error)) return undefined;
      throw error;
    }
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const [id, address] = truth(yield* this.properties.get("Domain"))
      ? yield* this.#allocateInVpc()
      : yield* this.#allocate();
    this.known = address;
    this.setResourceId(id);
    const instance = yield* this.properties.get(INSTANCE);
    if (truth(instance)) yield* this.#lead(str(instance), "addFloatingIp");
  }

  *#allocateInVpc(): Op<readonly [id: string, address: string]> {
    const neutron = yield* this.neutron();
    const floating_network_id = yield* externalNetworkId(neutron);
    const made = yield* neutron.create("floatingips", { floating_network_id });
    return [textOf(made, "id"), textOf(made, "floating_ip_address")];
  }

  *#allocate(): Op<readonly [id: string, address: string]> {
    const nova = yield* this.clients.nova.client();
    let made: JsonObject;
    try {
      made = yield* nova.floatingIps.allocate(undefined);
    } catch (error) {
      if (this.clients.nova.isNotFound(error)) {
        const what = "No default floating IP pool configured.";
        this.stack.parts.log("error", `${what} Set 'default_floating_pool' in nova.conf.`);
      }
      throw error;
    }
    return [textOf(made, "id"), textOf(made, "ip")];
  }

  *#lead(instance: string, action: "addFloatingIp" | "removeFloatingIp"): Op<void> {
    const nova = yield* this.clients.nova.client();
    const { id } = yield* nova.server(instance);
    yield* nova.action(id, action, { address: yield* this.reference() });
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    const instance = yield* this.properties.get(INSTANCE);
    if (truth(instance)) {
      try {
        yield* this.#lead(str(instance), "removeFloatingIp");
      } catch (thrown) {
        // Whether it was ever led there is not known.
        const error = yield* exceptionOf(thrown);
        const { nova } = this.clients;
        if (!nova.isNotFound(error) && !nova.isUnprocessable(error)) throw error;
      }
    }
    yield* this.#release(this.resourceId);
  }

  *#release(id: string): Op<void> {
    if (truth(yield* this.properties.get("Domain"))) {
      yield* this.unlessGone((yield* this.neutron()).delete("floatingips", id));
      return;
    }
    try {
      yield* (yield* this.clients.nova.client()).floatingIps.delete(id);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!this.clients.nova.isNotFound(error)) throw error;
    }
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  /** Another server takes it over by itself. */
  *#update(changed: JsonObject): Op<void> {
    if (!Object.hasOwn(changed, INSTANCE)) return;
    const wanted = changed[INSTANCE] ?? null;
    const old = yield* this.properties.get(INSTANCE);
    if (truth(wanted)) yield* this.#lead(str(wanted), "addFloatingIp");
    else if (truth(old)) yield* this.#lead(str(old), "removeFloatingIp");
  }

  protected override *resolveAttribute(): Op<Json> {
    return str(this.resourceId);
  }
}
