/**
 * A security group comes onto all ports of a server, or off them. Upstream: nova/network/security_group/neutron_driver.py
 * (add_to_instance, remove_from_instance) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { truth, type JsonObject } from "../../../../python/index.js";
import { NeutronClientException } from "../../../neutron/client/index.js";
import { SecurityGroupCannotBeApplied, SecurityGroupNotFound } from "../../exception.js";
import type { NeutronClients } from "./clients.js";

interface Change {
  readonly server: string;
  /** As it was asked for: a name or an id. */
  readonly group: string;
  /** The id of that group. */
  readonly id: string;
}

/** One port after the other. @throws SecurityGroupNotFound, SecurityGroupCannotBeApplied */
export function* addToServer(
  clients: NeutronClients,
  ctxt: RequestContext,
  { server, group, id }: Change,
): Op<void> {
  for (const port of yield* portsOf(clients, ctxt, server)) {
    if (!canHaveGroups(port)) {
      clients.env.log(
        "warning",
        `Cannot add security group ${group} to ${server} since the port ${port["id"] as string} does not meet security requirements`,
      );
      throw new SecurityGroupCannotBeApplied();
    }
    yield* setGroups(clients, ctxt, port, id, [...groupsOf(port), id]);
  }
}

/** @throws SecurityGroupNotFound unless some port has it */
export function* removeFromServer(
  clients: NeutronClients,
  ctxt: RequestContext,
  { server, group, id }: Change,
): Op<void> {
  let found = false;
  for (const port of yield* portsOf(clients, ctxt, server)) {
    const groups = groupsOf(port);
    const at = groups.indexOf(id);
    if (at < 0) continue;
    yield* setGroups(clients, ctxt, port, id, groups.toSpliced(at, 1));
    found = true;
  }
  if (found) return;
  throw new SecurityGroupNotFound(
    {},
    `Security group ${group} not associated with the instance ${server}`,
  );
}

/** @throws SecurityGroupNotFound if it has none */
function* portsOf(
  clients: NeutronClients,
  ctxt: RequestContext,
  server: string,
): Op<readonly JsonObject[]> {
  const ports = yield* clients.user(ctxt).list("ports", { device_id: server });
  if (ports.length > 0) return ports;
  throw new SecurityGroupNotFound(
    {},
    `instance_id ${server} could not be found as device id on any ports`,
  );
}

/** Also of one that is taken away it says "adding". */
function* setGroups(
  clients: NeutronClients,
  ctxt: RequestContext,
  port: JsonObject,
  group: string,
  security_groups: readonly string[],
): Op<void> {
  const id = port["id"] as string;
  clients.env.log("info", `Adding security group ${group} to port ${id}`);
  try {
    yield* clients.user(ctxt).update("ports", id, { security_groups });
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof NeutronClientException) clients.env.log("error", "Neutron Error:");
    throw error;
  }
}

const groupsOf = (port: JsonObject): readonly string[] =>
  (port["security_groups"] ?? []) as readonly string[];

/** `_has_security_group_requirements`: an address, and port security where there is such a thing. */
const canHaveGroups = (port: JsonObject): boolean =>
  port["port_security_enabled"] !== false && truth(port["fixed_ips"]);
