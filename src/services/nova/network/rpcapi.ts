/**
 * The contract of topic `network`, which nova-network serves: as much of it as handing out addresses
 * takes. Upstream: nova/network/rpcapi.py (1.13) at 2014.2; transcripts §T4.
 */
import { call, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import type { Row } from "../../../framework/index.js";
import { anything, dictLike } from "../../../python/index.js";
import type { FixedIpRow, FloatingIpRow, NetworkRow } from "../db/schema.js";
import type { NetworkInfo } from "../network-api/model.js";

/** For whom addresses are. */
export interface AllocateArgs {
  /** The instance's uuid. */
  readonly instance_id: string;
  readonly project_id: string;
  /** The compute host. */
  readonly host: string;
  readonly rxtx_factor?: number | null;
  readonly vpn?: boolean;
}

interface Auto {
  /** Whether addresses that were assigned by themselves are meant as well. */
  readonly affect_auto_assigned?: boolean;
}

/** `**kwargs`. */
const rest = { rest: true };

const address = required();
const affect_auto_assigned = otherwise(false);

/** Of what it takes by key, what is looked at here. */
const allocation = {
  instance_id: required(),
  host: required(),
  project_id: required(),
  rxtx_factor: otherwise(null),
  vpn: otherwise(null),
};

export const networkApi = defineRpcApi({
  topic: "network",
  version: "1.13",
  clientVersion: "1.0",
  methods: {
    allocate_for_instance: call<AllocateArgs, NetworkInfo>("1.9", allocation, rest),
    deallocate_for_instance: call<Pick<AllocateArgs, "instance_id" | "project_id" | "host">, null>(
      undefined,
      { instance_id: required(), project_id: otherwise(null), host: otherwise(null) },
      rest,
    ),
    get_instance_nw_info: call<AllocateArgs, NetworkInfo>(
      "1.9",
      {
        instance_id: required(),
        rxtx_factor: required(),
        host: required(),
        project_id: otherwise(null),
        vpn: otherwise(null),
      },
      rest,
    ),
    get_fixed_ip_by_address: call<{ address: string }, Row<FixedIpRow>>(undefined, { address }),
    /** @returns the address */
    allocate_floating_ip: call<
      { project_id: string; pool?: string | null; auto_assigned?: boolean },
      string
    >(undefined, {
      project_id: required(),
      auto_assigned: otherwise(false),
      pool: otherwise(null),
    }),
    deallocate_floating_ip: call<{ address: string } & Auto, null>(undefined, {
      address,
      affect_auto_assigned,
    }),
    /** @returns the instance that had it before */
    associate_floating_ip: call<
      { floating_address: string; fixed_address: string } & Auto,
      string | null
    >(undefined, { floating_address: required(), fixed_address: required(), affect_auto_assigned }),
    disassociate_floating_ip: call<{ address: string } & Auto, null>(undefined, {
      address,
      affect_auto_assigned,
    }),
    get_floating_ip_by_address: call<{ address: string }, Row<FloatingIpRow>>(undefined, {
      address,
    }),
    get_floating_ips_by_project: call<Record<string, never>, readonly Row<FloatingIpRow>[]>(
      undefined,
      {},
    ),
    get_floating_ip_pools: call<Record<string, never>, readonly (string | null)[]>("1.7", {}),
    /** @returns the host that the network has now */
    set_network_host: call<{ network_ref: Row<NetworkRow> }, string>(undefined, {
      network_ref: required(dictLike({ id: anything })),
    }),
    /** From here on, for one host. */
    _rpc_allocate_fixed_ip: call<
      { instance_id: string; network_id: number; address: string | null; vpn: boolean },
      string
    >(
      undefined,
      {
        instance_id: required(),
        network_id: required(),
        address: otherwise(null),
        vpn: otherwise(null),
      },
      rest,
    ),
    deallocate_fixed_ip: call<{ address: string; host: string }, null>(undefined, {
      address,
      host: otherwise(null),
      teardown: otherwise(true),
      instance: otherwise(null),
    }),
    _associate_floating_ip: call<
      {
        floating_address: string;
        fixed_address: string;
        interface: string | null;
        instance_uuid: string | null;
      },
      null
    >("1.6", {
      floating_address: required(),
      fixed_address: required(),
      interface: required(),
      instance_uuid: required(),
    }),
    _disassociate_floating_ip: call<
      { address: string; interface: string | null; instance_uuid: string | null },
      null
    >("1.6", { address, interface: required(), instance_uuid: required() }),
  },
});
