/**
 * One HAProxy in the namespace of its pool: which servers it spreads load over, and what it says at its socket. It
 * lives on when the agent does not. No packets are modelled, so that nothing goes through it and every check of a
 * member succeeds. Upstream: neutron/services/loadbalancer/drivers/haproxy/cfg.py, namespace_driver.py (get_stats) at
 * 2014.2.
 */
import type { NamespaceDaemon, NetworkNamespace } from "../../../hardware/network-namespaces.js";
import { textOf, truth, type Json, type JsonObject } from "../../../python/index.js";
import { isActivePending } from "../load-balancing/rows.js";
import type { LogicalDevice } from "../load-balancing/rpcapi.js";

/** `STATS_MAP`, as numbers come out of the socket: as text. */
const NOTHING_YET: JsonObject = Object.fromEntries(
  [
    ...["active_connections", "max_connections", "current_sessions", "max_sessions"],
    ...["total_connections", "total_sessions", "bytes_in", "bytes_out"],
    ...["connection_errors", "response_errors"],
  ].map((name): [string, Json] => [name, "0"]),
);

export class Haproxy implements NamespaceDaemon {
  #servers: readonly string[] = [];
  #checks = false;

  /** Start with a configuration, or go on with a new one (`-sf`). */
  configure({ members, healthmonitors }: LogicalDevice): void {
    this.#servers = members
      .filter((member) => isServer(member))
      .map((member) => textOf(member, "id"));
    this.#checks = healthmonitors.some((monitor) => truth(monitor["admin_state_up"] ?? null));
  }

  /** What `show stat` says of the pool and of each server in it. */
  stats(): JsonObject {
    const server = {
      status: "ACTIVE",
      health: this.#checks ? "L4OK" : "",
      failed_checks: this.#checks ? "0" : "",
    };
    const members = Object.fromEntries(this.#servers.map((id) => [id, server]));
    return { ...NOTHING_YET, members };
  }

  kill(): void {
    this.#servers = [];
  }
}

/** The one that runs in a namespace. */
export const haproxyIn = (namespace: NetworkNamespace | undefined): Haproxy | undefined =>
  namespace?.daemon instanceof Haproxy ? namespace.daemon : undefined;

/** Whether a member is a line of the configuration. */
function isServer(member: JsonObject): boolean {
  const status = textOf(member, "status");
  return (
    (isActivePending(status) || status === "INACTIVE") && truth(member["admin_state_up"] ?? null)
  );
}
