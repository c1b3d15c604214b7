/**
 * Tells L2 agents, all of them, that something changed; they look closer if it concerns them.
 * Upstream: plugins/ml2/rpc.py (AgentNotifierApi), api/rpc/handlers/securitygroups_rpc.py.
 */
import { RpcClient, clientOf, type Connection } from "../../../bus/index.js";
import { type RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import {
  networkDeleteApi,
  portUpdateApi,
  securityGroupUpdateApi,
  tunnelUpdateApi,
} from "../rpcapi.js";
import type { NetworkSegment } from "../db/rows.js";
import { neutronSerializer } from "../context.js";

export class AgentNotifier {
  readonly #ports;
  readonly #networks;
  readonly #groups;
  readonly #tunnels;

  constructor(bus: Connection) {
    const rpc = new RpcClient(bus, neutronSerializer);
    this.#ports = clientOf(portUpdateApi, rpc).prepare({ fanout: true });
    this.#networks = clientOf(networkDeleteApi, rpc).prepare({ fanout: true });
    this.#groups = clientOf(securityGroupUpdateApi, rpc).prepare({ fanout: true });
    this.#tunnels = clientOf(tunnelUpdateApi, rpc).prepare({ fanout: true });
  }

  portUpdate(ctxt: RequestContext, port: JsonObject, segment: NetworkSegment): Op<void> {
    const { network_type, segmentation_id, physical_network } = segment;
    return this.#ports.port_update(ctxt, { port, network_type, segmentation_id, physical_network });
  }

  networkDelete(ctxt: RequestContext, networkId: string): Op<void> {
    return this.#networks.network_delete(ctxt, { network_id: networkId });
  }

  tunnelUpdate(ctxt: RequestContext, tunnel_ip: string, tunnel_type: string): Op<void> {
    return this.#tunnels.tunnel_update(ctxt, { tunnel_ip, tunnel_type });
  }

  *securityGroupsRuleUpdated(ctxt: RequestContext, groups: readonly string[]): Op<void> {
    if (groups.length === 0) return;
    yield* this.#groups.security_groups_rule_updated(ctxt, { security_groups: groups });
  }

  *securityGroupsMemberUpdated(ctxt: RequestContext, groups: readonly string[]): Op<void> {
    if (groups.length === 0) return;
    yield* this.#groups.security_groups_member_updated(ctxt, { security_groups: groups });
  }

  securityGroupsProviderUpdated(ctxt: RequestContext): Op<void> {
    return this.#groups.security_groups_provider_updated(ctxt, {});
  }
}
