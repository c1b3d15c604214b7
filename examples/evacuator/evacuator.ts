/**
 * An evacuator. Every ten seconds it asks nova-api which compute hosts are down, cuts the power of each (one that
 * is merely out of reach goes on running its guests), and sees to it that the servers that were there are well
 * again elsewhere. What goes wrong on the way is tried again, for as long as it takes.
 */
import {
  ClientException,
  ConnectionError,
  seconds,
  sleep,
  type Json,
  type Op,
  type Server,
  type User,
} from "novasim";

/** Cuts the power of a host, as IPMI does. It returns when the host is off. */
export type Fence = (host: string) => Op<void>;

const EVERY = seconds(10);
/** Rounds until what should be under way is taken to be lost: six minutes, one more than Nova waits for a port. */
const PATIENCE = 36;

/** Runs for ever. @param operator who may see all servers and evacuate: an administrator */
export function* evacuator(operator: User, fence: Fence): Op<never> {
  const fenced = new Set<string>();
  /** Servers that lost their host and are not well yet, and for how many rounds they have been under way. */
  const lost = new Map<string, number>();
  for (;;) {
    yield* patiently(function* () {
      const services = yield* operator.nova.services({ binary: "nova-compute" });
      const dead = services.filter(({ state }) => state === "down").map(({ host }) => host);
      for (const host of fenced) if (!dead.includes(host)) fenced.delete(host);
      for (const host of dead) {
        if (!fenced.has(host)) yield* fence(host);
        fenced.add(host);
      }
      if (dead.length === 0 && lost.size === 0) return;
      for (const server of yield* operator.nova.list({ all_tenants: 1 })) {
        const homeless = dead.includes(server["OS-EXT-SRV-ATTR:host"] ?? "");
        if (homeless && !lost.has(server.id)) lost.set(server.id, 0);
        if (lost.has(server.id)) yield* patiently(() => tend(operator, server, homeless, lost));
      }
    });
    yield* sleep(EVERY);
  }
}

/** One step for one server: the next round looks at what came of it. */
function* tend(
  operator: User,
  server: Server,
  homeless: boolean,
  lost: Map<string, number>,
): Op<void> {
  // A server in ERROR that is being rebuilt is in ERROR all the while.
  const busy = server["OS-EXT-STS:task_state"] !== null;
  const atRest = !busy && ["ACTIVE", "SHUTOFF", "ERROR"].includes(server.status);
  const waited = (lost.get(server.id) ?? 0) + 1;
  lost.set(server.id, atRest ? 0 : waited);
  if (!atRest) {
    // Whoever should have moved it is dead, or never heard of it.
    if (waited > PATIENCE) yield* act(operator, server, { "os-resetState": { state: "error" } });
  } else if (homeless) {
    yield* act(operator, server, { evacuate: { onSharedStorage: false } });
  } else if (server.status === "ERROR" && server.image !== "") {
    yield* act(operator, server, { rebuild: { imageRef: server.image.id } });
  } else lost.delete(server.id);
}

function* act(operator: User, server: Server, action: Json): Op<void> {
  yield* operator.request("compute", "POST", `/servers/${server.id}/action`, action);
}

/** What nova-api refuses, or never answers, is left to the next round. */
function* patiently(what: () => Op<void>): Op<void> {
  try {
    yield* what();
  } catch (error) {
    if (!(error instanceof ClientException || error instanceof ConnectionError)) throw error;
  }
}
