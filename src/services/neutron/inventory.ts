/**
 * What Neutron holds: ports that serve servers, routers and floating IPs, addresses of ports, taps.
 * What is made for its own sake (a network, a port that nobody uses) is nobody's leftover.
 */
import { macsOfTwo, portsUnplugged } from "./invariants/ports.js";
import { neutronClaims } from "./invariants/claims.js";
import type { Finding } from "../../framework/invariants.js";
import type { Dependent, Inventory } from "../../framework/inventory.js";
import type { Premises } from "../../framework/project.js";
import { integrationBridge } from "../hardware.js";
import type { NeutronDatabase } from "./db/database.js";
import type { Port } from "./db/rows.js";

export function neutronInventory(db: NeutronDatabase, premises: Premises): Inventory {
  const ports = db.ports.find();
  const bridges = premises.onComputes(integrationBridge);
  return {
    things: [
      ...ports.map(({ uuid }) => ({ kind: "port", id: uuid })),
      ...db.networks.find().map(({ uuid }) => ({ kind: "network", id: uuid })),
      ...db.subnets.find().map(({ uuid }) => ({ kind: "subnet", id: uuid })),
      ...db.routers.find().map(({ uuid }) => ({ kind: "router", id: uuid })),
      ...db.floatingIps.find().map(({ uuid }) => ({ kind: "floating IP", id: uuid })),
      ...db.securityGroups.find().map(({ uuid }) => ({ kind: "security group", id: uuid })),
    ],
    dependents: [
      ...ports.flatMap((port) => {
        const kind = kindOfDevice(port.device_owner);
        if (kind === undefined || port.device_id === "") return [];
        const id = port.device_id;
        return [
          {
            ...{
              what: described(db, port),
              of: { kind, id },
              by: { kind: `ports of ${kind}`, id },
            },
            since: db.portDevice.of(port.uuid),
          },
        ];
      }),
      ...db.ipAllocations.find().map(({ ip_address, port_id }) => ({
        what: `address ${ip_address}`,
        of: { kind: "port", id: port_id },
      })),
      ...db.floatingIps.find().flatMap(({ floating_ip_address, fixed_port_id }) =>
        fixed_port_id === null
          ? []
          : [
              {
                what: `association of floating IP ${floating_ip_address}`,
                of: { kind: "port", id: fixed_port_id },
              },
            ],
      ),
      ...taps(premises),
    ],
    broken: [
      ...addressesOfTwo(db),
      ...macsOfTwo(db),
      ...portsUnplugged(db, bridges, premises.mishaps),
    ],
    claims: neutronClaims(db),
  };
}

/** Of one subnet: by its own rows, and by the floating IPs that stand for ports. */
function addressesOfTwo(db: NeutronDatabase): Finding[] {
  const owners = new Map<string, string>();
  const given = [
    ...db.ipAllocations
      .find()
      .map(
        ({ subnet_id, ip_address, port_id }) => [`${subnet_id} ${ip_address}`, port_id] as const,
      ),
    ...db.floatingIps
      .find()
      .map(({ floating_ip_address, uuid }) => [`floating ${floating_ip_address}`, uuid] as const),
  ];
  return given.flatMap(([address, owner]) => {
    const first = owners.get(address);
    owners.set(address, first ?? owner);
    if (first === undefined) return [];
    const what = `address ${address}: of ${first} and of ${owner}`;
    return [{ invariant: "address", what, where: "neutron.ipallocations" }];
  });
}

/** What sort of thing a port's device is, where losing it leaves the port without use. */
function kindOfDevice(owner: string): string | undefined {
  if (owner.startsWith("compute:")) return "server";
  if (owner === "network:router_interface" || owner === "network:router_gateway") return "router";
  return owner === "network:floatingip" ? "floating IP" : undefined;
}

function described(db: NeutronDatabase, { uuid, device_owner }: Port): string {
  const addresses = db.ipAllocations.find({ port_id: uuid }).map(({ ip_address }) => ip_address);
  const at = addresses.length === 0 ? "" : ` (${addresses.join(", ")})`;
  return `port ${uuid}${at} of ${device_owner}`;
}

const taps = (premises: Premises): Dependent[] =>
  [...premises.onComputes(integrationBridge)].flatMap(([host, bridge]) =>
    bridge.ports().map((id) => ({
      what: `tap of a port on ${host}`,
      of: { kind: "port", id },
      by: { kind: "taps of server", id: bridge.guestOf(id) },
    })),
  );
