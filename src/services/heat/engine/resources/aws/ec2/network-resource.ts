/**
 * What Amazon's types of networks are made of, in Neutron: a VPC is a network and a router of one name, a route table is
 * a router. Upstream: heat/engine/resources/vpc.py (network_for_vpc, router_for_vpc), internet_gateway.py
 * (get_external_network_id) at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import { str, textOf, type JsonObject } from "../../../../../../python/index.js";
import type { NeutronClient } from "../../../../../neutron/client/index.js";
import { exceptionOf } from "../../../scheduler/task.js";
import { HeatError } from "../../errors.js";
import { ServiceResource } from "../../service-resource.js";

export abstract class Ec2NetworkResource extends ServiceResource {
  protected neutron(): Op<NeutronClient> {
    return this.clients.neutron.client();
  }

  /** A property that is an id. */
  protected *id(name: string): Op<string> {
    return str(yield* this.properties.get(name));
  }

  /** Done, unless what is asked for is gone. */
  protected *unlessGone(op: Op<unknown>): Op<void> {
    try {
      yield* op;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!this.clients.neutron.isNotFound(error)) throw error;
    }
  }
}

/** Of a network that was made by hand there may be none. @throws HeatError */
export function* routerForVpc(neutron: NeutronClient, network: string): Op<JsonObject | undefined> {
  const name = textOf(yield* neutron.show("networks", network), "name");
  const [router, ...others] = yield* neutron.list("routers", { name });
  if (others.length > 0) throw new HeatError(`Multiple routers found with name ${name}`);
  return router;
}

/** @throws HeatError unless there is one */
export function* externalNetworkId(neutron: NeutronClient): Op<string> {
  const found = yield* neutron.list("networks", { "router:external": true });
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new HeatError(`Expected 1 external network, found ${String(found.length)}`);
  }
  return textOf(only, "id");
}

/** `add_gateway_router`. */
export function* addGateway(neutron: NeutronClient, router: string, network: string): Op<void> {
  yield* neutron.update("routers", router, { external_gateway_info: { network_id: network } });
}

/** `remove_gateway_router`. */
export function* removeGateway(neutron: NeutronClient, router: string): Op<void> {
  yield* neutron.update("routers", router, { external_gateway_info: {} });
}
