/**
 * One address more for a server, on a port that it has, or one less. What Neutron refuses is noted down, and the next port or
 * subnet is tried. Upstream: nova/network/neutronv2/api.py (add_fixed_ip_to_instance, remove_fixed_ip_from_instance) at
 * 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { str, type Json, type JsonObject } from "../../../../python/index.js";
import { FixedIpNotFoundForSpecificInstance, NetworkNotFoundForInstance } from "../../exception.js";
import type { NeutronClients } from "./clients.js";
import type { NetworkedInstance } from "./requests.js";

/** @throws NetworkNotFoundForInstance: the network has no subnet, or the server no port on it that takes one */
export function* addFixedIp(
  clients: NeutronClients,
  ctxt: RequestContext,
  instance: NetworkedInstance,
  networkId: Json,
): Op<void> {
  const missing = () => new NetworkNotFoundForInstance({ instance_id: instance.uuid });
  const network_id = str(networkId);
  const subnets = yield* clients.user(ctxt).list("subnets", { network_id });
  if (subnets.length === 0) throw missing();
  const search = { ...portsOf(instance), network_id };
  for (const port of yield* clients.user(ctxt).list("ports", search)) {
    const id = port["id"] as string;
    const fixed_ips = [...(port["fixed_ips"] as readonly JsonObject[])];
    for (const { id: subnet_id = null } of subnets) {
      // It stays in the list though Neutron refuses it: the next try asks for both.
      fixed_ips.push({ subnet_id });
      try {
        yield* clients.user(ctxt).update("ports", id, { fixed_ips: [...fixed_ips] });
        return;
      } catch (thrown) {
        const { message } = yield* caught(thrown);
        clients.env.log(
          "debug",
          `Unable to update port ${id} on subnet ${str(subnet_id)} with failure: ${message}`,
        );
      }
    }
  }
  throw missing();
}

/** Whether Neutron does it or not, it is taken for done. @throws FixedIpNotFoundForSpecificInstance */
export function* removeFixedIp(
  clients: NeutronClients,
  ctxt: RequestContext,
  instance: NetworkedInstance,
  address: Json,
): Op<void> {
  const search = { ...portsOf(instance), fixed_ips: `ip_address=${str(address)}` };
  const [port] = yield* clients.user(ctxt).list("ports", search);
  if (port === undefined) {
    throw new FixedIpNotFoundForSpecificInstance({ instance_uuid: instance.uuid, ip: address });
  }
  const id = port["id"] as string;
  const fixed_ips = (port["fixed_ips"] as readonly JsonObject[]).filter(
    ({ ip_address }) => ip_address !== address,
  );
  try {
    yield* clients.user(ctxt).update("ports", id, { fixed_ips });
  } catch (thrown) {
    const { message } = yield* caught(thrown);
    clients.env.log("debug", `Unable to update port ${id} with failure: ${message}`);
  }
}

const portsOf = ({ uuid, availability_zone }: NetworkedInstance) => ({
  device_id: uuid,
  device_owner: `compute:${availability_zone ?? "None"}`,
});
