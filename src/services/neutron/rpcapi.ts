/**
 * What goes between neutron-server and its agents. The contracts on `q-plugin` share the topic and
 * have no namespaces, as in Juno; agents are told of changes by a fanout on a topic for each kind.
 * Upstream: neutron/agent/rpc.py, plugins/ml2/rpc.py, api/rpc/; other-services §3.2.
 */
import { call, cast, defineRpcApi, otherwise, required, tell } from "../../bus/index.js";
import {
  anything,
  dictLike,
  listLike,
  optional,
  type JsonObject,
  type Use,
} from "../../python/index.js";

/** A port of the integration bridge, and the agent and host that ask about it. */
interface DeviceArgs {
  readonly device: string;
  readonly agent_id: string;
  readonly host: string | null;
}

/** Only `device`, if the server does not know the port or it is not bound. */
export interface DeviceDetails {
  readonly device: string;
  readonly port_id?: string;
  readonly network_id?: string;
  readonly mac_address?: string;
  readonly admin_state_up?: boolean;
  readonly network_type?: string;
  readonly segmentation_id?: number | null;
  readonly physical_network?: string | null;
  readonly fixed_ips?: readonly JsonObject[];
  readonly device_owner?: string;
  readonly profile?: JsonObject;
}

/** What `kwargs.get` gives for what is left out. */
const none = otherwise(null);

const rpcContext = { context: "rpc_context", rest: true };
const rest = { rest: true };

const device = { device: none, agent_id: none, host: none };

/** ML2's callbacks. */
export const pluginApi = defineRpcApi({
  topic: "q-plugin",
  version: "1.3",
  methods: {
    get_device_details: call<DeviceArgs, DeviceDetails>("1.1", device, rpcContext),
    get_devices_details_list: call<
      { devices: readonly string[]; agent_id: string; host: string },
      DeviceDetails[]
    >("1.3", { devices: otherwise([], listLike()), agent_id: none, host: none }, rpcContext),
    update_device_up: call<DeviceArgs, void>("1.1", device, rpcContext),
    update_device_down: call<DeviceArgs, { device: string; exists: boolean }>(
      "1.1",
      device,
      rpcContext,
    ),
    tunnel_sync: call<
      { tunnel_ip: string; tunnel_type: string },
      { readonly tunnels: readonly JsonObject[] }
    >("1.1", { tunnel_ip: none, tunnel_type: none }, rpcContext),
  },
});

/** Rules by group and address family, who is in the groups, and which groups a device has. */
export interface SecurityGroupInfo {
  readonly security_groups: Readonly<Record<string, readonly JsonObject[]>>;
  readonly sg_member_ips: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly devices: Readonly<Record<string, JsonObject>>;
}

export const securityGroupServerApi = defineRpcApi({
  topic: "q-plugin",
  version: "1.2",
  methods: {
    security_group_info_for_devices: call<{ devices: readonly string[] }, SecurityGroupInfo>(
      undefined,
      { devices: otherwise(null, listLike()) },
      rest,
    ),
  },
});

export interface AgentState {
  readonly binary: string;
  readonly host: string;
  readonly topic: string;
  readonly agent_type: string;
  readonly configurations: JsonObject;
  /** Only in the first report after a start. */
  readonly start_flag?: boolean;
}

/** `res_keys` of _create_or_update_agent. */
const agentState = dictLike({
  agent_type: anything,
  binary: anything,
  host: anything,
  topic: anything,
});

/** Reports of agents: a call the first time, casts afterwards. */
export const agentStateApi = defineRpcApi({
  topic: "q-plugin",
  version: "1.0",
  methods: {
    report_state: call<{ agent_state: { agent_state: AgentState }; time: string }, void>(
      undefined,
      { time: required(), agent_state: required(dictLike({ agent_state: agentState })) },
      rest,
    ),
  },
});

/** A network with its subnets and ports, as the REST API shows them. */
export interface DhcpNetwork extends JsonObject {
  readonly id: string;
  readonly tenant_id: string;
  readonly admin_state_up: boolean;
  readonly subnets: readonly JsonObject[];
  readonly ports: readonly JsonObject[];
}

/** The body of a port. */
const port = dictLike({
  port: dictLike({}, { fixed_ips: optional(listLike(dictLike())) }),
});

export const dhcpServerApi = defineRpcApi({
  topic: "q-plugin",
  version: "1.1",
  methods: {
    get_active_networks_info: call<{ host: string }, DhcpNetwork[]>(
      undefined,
      { host: none },
      rest,
    ),
    get_network_info: call<{ network_id: string; host: string }, DhcpNetwork | null>(
      undefined,
      { network_id: none, host: none },
      rest,
    ),
    /** @returns null if the network or its subnets are no longer so, or have no address left */
    create_dhcp_port: call<{ port: { port: JsonObject }; host: string }, JsonObject | null>(
      undefined,
      { port: otherwise(null, port), host: none },
      rest,
    ),
    /** @returns null as `create_dhcp_port` */
    update_dhcp_port: call<
      { port_id: string; port: { port: JsonObject }; host: string },
      JsonObject | null
    >(undefined, { port_id: none, port: otherwise(null, port), host: none }, rest),
    release_dhcp_port: call<{ network_id: string; device_id: string; host: string }, void>(
      undefined,
      { network_id: none, device_id: none, host: none },
      rest,
    ),
  },
});

export const portUpdateApi = defineRpcApi({
  topic: "q-agent-notifier-port-update",
  version: "1.1",
  methods: {
    port_update: tell<{
      port: JsonObject;
      network_type: string;
      segmentation_id: number | null;
      physical_network: string | null;
    }>(
      undefined,
      {
        port: otherwise(null, dictLike({ id: anything })),
        network_type: none,
        segmentation_id: none,
        physical_network: none,
      },
      rest,
    ),
  },
});

export const networkDeleteApi = defineRpcApi({
  topic: "q-agent-notifier-network-delete",
  version: "1.1",
  methods: { network_delete: tell<{ network_id: string }>(undefined, { network_id: none }, rest) },
});

export const tunnelUpdateApi = defineRpcApi({
  topic: "q-agent-notifier-tunnel-update",
  version: "1.1",
  methods: {
    tunnel_update: tell<{ tunnel_ip: string; tunnel_type: string }>(
      undefined,
      { tunnel_ip: none, tunnel_type: none },
      rest,
    ),
  },
});

const groups = { security_groups: otherwise([], listLike()) };

export const securityGroupUpdateApi = defineRpcApi({
  topic: "q-agent-notifier-security_group-update",
  version: "1.1",
  methods: {
    security_groups_rule_updated: tell<{ security_groups: readonly string[] }>(
      undefined,
      groups,
      rest,
    ),
    security_groups_member_updated: tell<{ security_groups: readonly string[] }>(
      undefined,
      groups,
      rest,
    ),
    security_groups_provider_updated: tell<Record<string, never>>(undefined, {}, rest),
  },
});

const payload = (members: Readonly<Record<string, Use>>) => ({
  payload: required(dictLike(members)),
});

export const dhcpAgentApi = defineRpcApi({
  topic: "dhcp_agent",
  version: "1.0",
  methods: {
    network_create_end: cast<{ payload: { network: JsonObject } }>(
      undefined,
      payload({ network: dictLike({ id: anything }) }),
    ),
    network_update_end: cast<{ payload: { network: JsonObject } }>(
      undefined,
      payload({ network: dictLike({ id: anything, admin_state_up: anything }) }),
    ),
    network_delete_end: cast<{ payload: { network_id: string } }>(
      undefined,
      payload({ network_id: anything }),
    ),
    subnet_create_end: cast<{ payload: { subnet: JsonObject } }>(
      undefined,
      payload({ subnet: dictLike({ network_id: anything }) }),
    ),
    subnet_update_end: cast<{ payload: { subnet: JsonObject } }>(
      undefined,
      payload({ subnet: dictLike({ network_id: anything }) }),
    ),
    subnet_delete_end: cast<{ payload: { subnet_id: string } }>(
      undefined,
      payload({ subnet_id: anything }),
    ),
    port_create_end: cast<{ payload: { port: JsonObject } }>(
      undefined,
      payload({ port: dictLike() }),
    ),
    port_update_end: cast<{ payload: { port: JsonObject } }>(
      undefined,
      payload({ port: dictLike() }),
    ),
    port_delete_end: cast<{ payload: { port_id: string } }>(
      undefined,
      payload({ port_id: anything }),
    ),
    agent_updated: cast<{ payload: { admin_state_up: boolean } }>(undefined, {
      payload: required(),
    }),
  },
});
