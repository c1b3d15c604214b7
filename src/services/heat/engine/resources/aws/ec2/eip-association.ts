/**
 * AWS::EC2::EIPAssociation: an address led to a server, by way of Nova, or its allocation to a port, by way of Neutron.
 * Upstream: heat/engine/resources/eip.py (ElasticIpAssociation) at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import {
  IndexException,
  str,
  textOf,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../../python/index.js";
import { StackValidationFailed } from "../../../../exception.js";
import { schemata, text } from "../../../properties/schema.js";
import { exceptionOf } from "../../../scheduler/task.js";
import { UpdateReplace } from "../../errors.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { atOnce, type TypeFacts } from "../../service-resource.js";
import { addGateway, Ec2NetworkResource, routerForVpc } from "./network-resource.js";

const FACTS: TypeFacts = {
  className: "ElasticIpAssociation",
  schemata: schemata({
    InstanceId: text({ update: true }),
    EIP: text({ update: true }),
    AllocationId: text({ update: true }),
    NetworkInterfaceId: text({ update: true }),
  }),
};

const refuse = (message: string) => new StackValidationFailed({ message });

export class ElasticIpAssociation extends Ec2NetworkResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  override refId(): string {
    return this.physicalName() ?? super.refId();
  }

  override *validate(): Op<void> {
    yield* super.validate();
    const { EIP: eip = null, ...rest } = yield* this.properties.all();
    const { InstanceId: instance = null, NetworkInterfaceId: card = null } = rest;
    if (truth(eip) === truth(rest["AllocationId"] ?? null)) {
      throw refuse("Either 'EIP' or 'AllocationId' must be provided.");
    }
    if (truth(eip) && !truth(instance)) {
      throw refuse("Must specify 'InstanceId' if you specify 'EIP'.");
    }
    if (truth(instance) || truth(card)) return;
    throw refuse("Must specify at least one of 'InstanceId' or 'NetworkInterfaceId'.");
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const {
      EIP: eip = null,
      AllocationId: allocation = null,
      ...to
    } = yield* this.properties.all();
    if (truth(eip)) {
      yield* this.#nova(to["InstanceId"] ?? null, "addFloatingIp", eip);
      this.setResourceId(str(eip));
      return;
    }
    yield* this.#allocate(str(allocation), to);
    this.setResourceId(str(allocation));
  }

  *#nova(instance: Json, action: "addFloatingIp" | "removeFloatingIp", address: Json): Op<void> {
    const nova = yield* this.clients.nova.client();
    const { id } = yield* nova.server(str(instance));
    yield* nova.action(id, action, { address });
  }

  /** The router of the port's network leads outside, and the address to the port. @throws IndexException */
  *#allocate(allocation: string, to: JsonObject): Op<void> {
    const port = yield* this.#port(to);
    const neutron = yield* this.neutron();
    const router = yield* routerForVpc(neutron, textOf(port, "network_id"));
    if (router !== undefined) {
      const floating = yield* neutron.show("floatingips", allocation);
      yield* addGateway(neutron, textOf(router, "id"), textOf(floating, "floating_network_id"));
    }
    yield* neutron.update("floatingips", allocation, { port_id: textOf(port, "id") });
  }

  /** `_get_port_info`: the port that is said, or the first of the server. @throws IndexException */
  *#port({
    NetworkInterfaceId: card = null,
    InstanceId: instance = null,
  }: JsonObject): Op<JsonObject> {
    const search = truth(card) ? { id: str(card) } : { device_id: str(instance) };
    const [port] = yield* (yield* this.neutron()).list("ports", search);
    if (port === undefined) throw new IndexException("list index out of range");
    return port;
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId !== null) yield* this.#takeOff(true);
  }

  /** `_floatingIp_detach`. @param gone whether a server or an allocation may be gone @returns whether a server is there */
  *#takeOff(gone: boolean): Op<boolean> {
    const { EIP: eip = null, AllocationId: allocation, ...rest } = yield* this.properties.all();
    if (!truth(eip)) {
      const neutron = yield* this.neutron();
      const none = neutron.update("floatingips", str(allocation ?? null), { port_id: null });
      if (gone) yield* this.unlessGone(none);
      else yield* none;
      return false;
    }
    const instance = rest["InstanceId"] ?? null;
    const { nova } = this.clients;
    try {
      yield* this.#nova(instance, "removeFloatingIp", eip);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (nova.isNotFound(error) ? !gone : !nova.isUnprocessable(error)) throw error;
      return !nova.isNotFound(error);
    }
    return true;
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  /** The address and whom it leads to do not change at once. @throws UpdateReplace */
  *#update(changed: JsonObject): Op<void> {
    const { EIP: eip = null, AllocationId: allocation = null, ...to } = changed;
    const what = Object.hasOwn(changed, "EIP") || Object.hasOwn(changed, "AllocationId");
    const whom = Object.keys(to).length > 0;
    if (what && Object.values(to).some(truth)) throw new UpdateReplace(this.name);
    if (whom && (truth(eip) || truth(allocation))) throw new UpdateReplace(this.name);
    const now = yield* this.properties.all();
    if (what) yield* this.#changeAddress(eip, allocation, now);
    else if (truth(now["EIP"] ?? null)) {
      yield* this.#nova(to["InstanceId"] ?? null, "addFloatingIp", now["EIP"] ?? null);
    } else if (whom) yield* this.#allocate(str(now["AllocationId"] ?? null), to);
  }

  *#changeAddress(eip: Json, allocation: Json, now: JsonObject): Op<void> {
    if (truth(eip)) {
      if (!(yield* this.#takeOff(false))) return;
      yield* this.#nova(now["InstanceId"] ?? null, "addFloatingIp", eip);
      this.setResourceId(str(eip));
    } else if (truth(allocation)) {
      yield* this.#takeOff(true);
      yield* this.#allocate(str(allocation), now);
      this.setResourceId(str(allocation));
    }
  }
}
