/**
 * That ports of one network have addresses of their own on the wire, and that a port which a host has begun to plug is plugged.
 * Upstream: neutron/plugins/ml2/rpc.py (get_device_details, update_device_up) at 2014.2.
 */
import type { Finding, JunoExceptions } from "../../../framework/invariants.js";
import { meet, type Mishap } from "../../../framework/mishaps.js";
import type { IntegrationBridge } from "../../../hardware/integration-bridge.js";
import { seconds, type Duration, type Micros } from "../../../kernel/index.js";
import type { NeutronDatabase } from "../db/database.js";

export const NEUTRON_EXCEPTIONS = {
  "port-waits-for-agent": {
    says: "A port is BUILD from when its agent asks of it until that agent has plugged it; of one that has died meanwhile nobody takes it back, not even itself when it is back.",
    source: "neutron/plugins/ml2/rpc.py at 2014.2 (get_device_details, update_device_up)",
  },
  "asked-of-by-another-host": {
    says: "An agent that asks of a port makes it BUILD, wherever it is bound; only the agent of the host that it is bound to makes it ACTIVE, and that one has plugged it before, or never will.",
    source: "neutron/plugins/ml2/rpc.py at 2014.2 (get_device_details, update_device_up)",
  },
  "asked-of-after-its-tap": {
    says: "An agent asks of ports as it has seen them before, and may have to wait for neutron-server: one whose tap is gone by then is left out by the agent, and stays BUILD.",
    source:
      "neutron/plugins/openvswitch/agent/ovs_neutron_agent.py at 2014.2 (treat_devices_added_or_updated)",
  },
} as const satisfies JunoExceptions;

type NeutronException = keyof typeof NEUTRON_EXCEPTIONS;

/** Where two ports of a network have one MAC address. */
export function macsOfTwo(db: NeutronDatabase): readonly Finding[] {
  const owners = new Map<string, string>();
  return db.ports.find().flatMap(({ uuid, network_id, mac_address }) => {
    const key = `${network_id} ${mac_address}`;
    const first = owners.get(key);
    owners.set(key, first ?? uuid);
    if (first === undefined) return [];
    const what = `MAC address ${mac_address}: of port ${first} and of port ${uuid}`;
    return [{ invariant: "address", what, where: "neutron.ports" }];
  });
}

const AGENT = "neutron-openvswitch-agent";
/** After so long without a report an agent counts as dead: `agent_down_time`. */
const DOWN_AFTER = seconds(75);

type Bridges = ReadonlyMap<string, IntegrationBridge>;

/**
 * Ports that stay half plugged.
 * @param bridges of every compute host, by its name
 * @param mishaps what went wrong in the cloud
 */
export function portsUnplugged(
  db: NeutronDatabase,
  bridges: Bridges,
  mishaps: readonly Mishap[],
): readonly Finding[] {
  const { now, calendar } = db.kernel;
  const alive = new Set(
    db.agents
      .find()
      .filter((agent) => calendar.parse(agent.heartbeat_timestamp) >= now - DOWN_AFTER)
      .filter(({ binary }) => binary === AGENT)
      .map(({ host }) => host),
  );
  return db.ports.find({ status: "BUILD" }).flatMap(({ uuid }) => {
    const host = db.portBindings.first({ port_id: uuid })?.host ?? "";
    if (host === "") return [];
    const asked = db.portStatus.of(uuid) ?? now;
    const agent = `${AGENT}@${host}`;
    const patience = isUnanswered(asked, mishaps) ? UNANSWERED : PLUGGED_ALL;
    const waits =
      !alive.has(host) ||
      // It has not been answered, and will look again.
      (patience === UNANSWERED && now <= asked + patience) ||
      mishaps.some(
        ({ kind, places, to }) => kind === "process" && places.includes(agent) && to >= asked,
      );
    return [
      {
        ...{ invariant: "at-rest" as const, what: `port ${uuid}: stays BUILD on ${host}` },
        ...{ where: "neutron.ports" },
        exception: waits
          ? ("port-waits-for-agent" as const)
          : whyAsked(uuid, asked, host, bridges, patience),
      },
    ];
  });
}

/** How long an agent may take over the ports that it has asked of at once, one after another. */
const PLUGGED_ALL = seconds(2);

/** It asks neutron-server as well once it has plugged them, and if a message of that is lost it waits this long before it looks again. */
const UNANSWERED = seconds(65);

const isUnanswered = (asked: Micros, mishaps: readonly Mishap[]): boolean => {
  const plugging = { from: asked, to: asked + PLUGGED_ALL };
  return mishaps.some((mishap) => mishap.kind === "message" && meet(mishap, plugging));
};

/**
 * What somebody asked of a port for that is alive and does not plug it. An agent asks of ports that it has seen on its
 * bridge: if the tap was gone by when it asked, or when it came to it, then that is why.
 */
function whyAsked(
  port: string,
  asked: Micros,
  host: string,
  bridges: Bridges,
  patience: Duration,
): NeutronException | undefined {
  const here = bridges.get(host)?.has(port) === true;
  const hadIt = (bridge: IntegrationBridge): boolean => {
    const gone = bridge.goneAt(port);
    return bridge.has(port) || (gone !== undefined && (here || gone > asked));
  };
  if ([...bridges].some(([name, bridge]) => name !== host && hadIt(bridge))) {
    return "asked-of-by-another-host";
  }
  if (here) return undefined;
  const gone = [...bridges.values()].flatMap((bridge) => bridge.goneAt(port) ?? []);
  const wasLeftOut = gone.length > 0 && gone.every((at) => at <= asked + patience);
  return wasLeftOut ? "asked-of-after-its-tap" : undefined;
}
