/**
 * A server's network as Nova keeps it in its info cache: plain JSON, one VIF for each port, with the
 * network, its subnets and the addresses inside. Upstream: nova/network/model.py at 2014.2.
 */
import type { JsonObject } from "../../../python/index.js";

export interface IpModel extends JsonObject {
  readonly address: string | null;
  readonly type: string;
  readonly version: number;
  readonly meta: JsonObject;
}

export interface FixedIpModel extends IpModel {
  readonly floating_ips: readonly IpModel[];
}

export interface SubnetModel extends JsonObject {
  readonly cidr: string;
  readonly dns: readonly IpModel[];
  readonly gateway: IpModel;
  readonly ips: readonly FixedIpModel[];
  readonly routes: readonly JsonObject[];
  readonly version: number;
  /** `dhcp_server`, if one is known. */
  readonly meta: JsonObject;
}

export interface NetworkModel extends JsonObject {
  readonly id: string;
  readonly bridge: string | null;
  /** The network's name. */
  readonly label: string | null;
  readonly subnets: readonly SubnetModel[];
  /** `injected`, `tenant_id`. */
  readonly meta: JsonObject;
}

/** A virtual interface. Its `id` is the port's. */
export interface Vif extends JsonObject {
  readonly id: string;
  readonly address: string;
  readonly network: NetworkModel;
  /** `ovs`; `binding_failed` or `unbound` if Neutron could not bind the port. */
  readonly type: string;
  readonly details: JsonObject;
  readonly devname: string;
  readonly ovs_interfaceid: string | null;
  readonly vnic_type: string;
  readonly profile: JsonObject;
  /** False while the port is not wired. */
  readonly active: boolean;
  readonly meta: JsonObject;
}

export type NetworkInfo = readonly Vif[];

/** Longest name of an interface that the kernel takes. */
const NIC_NAME_LENGTH = 14;

export const deviceName = (portId: string): string => `tap${portId}`.slice(0, NIC_NAME_LENGTH);

export const ip = (address: string | null, type: string): IpModel => ({
  address,
  type,
  version: address?.includes(":") === true ? 6 : 4,
  meta: {},
});

export const fixedIp = (address: string, floating: readonly string[]): FixedIpModel => ({
  ...ip(address, "fixed"),
  floating_ips: floating.map((address) => ip(address, "floating")),
});
