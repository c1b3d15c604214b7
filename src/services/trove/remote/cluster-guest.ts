/**
 * A guest that is part of a cluster of MongoDB, as the task manager speaks to it. Upstream:
 * trove/common/strategies/mongodb/guestagent.py (MongoDbGuestAgentAPI) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { GuestLine } from "./guest-line.js";

/** Each method throws GuestError, GuestTimeout. */
export class ClusterGuest extends GuestLine {
  /** Of a query router. */
  addConfigServers(config_servers: readonly string[]): Op<void> {
    return this.high("add_config_servers", (rpc) =>
      rpc.add_config_servers(this.ctxt, { config_servers }),
    );
  }

  /** Of a query router. */
  addShard(replica_set_name: string, replica_set_member: string): Op<void> {
    const args = { replica_set_name, replica_set_member };
    return this.high("add_shard", (rpc) => rpc.add_shard(this.ctxt, args));
  }

  /** Of the first member of a replica set. */
  addMembers(members: readonly string[]): Op<void> {
    return this.high("add_members", (rpc) => rpc.add_members(this.ctxt, { members }));
  }

  clusterComplete(): Op<void> {
    return this.low("cluster_complete", (rpc) => rpc.cluster_complete(this.ctxt, {}));
  }
}
