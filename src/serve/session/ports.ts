/**
 * Which real port stands before which address of the cloud: the service's own (8774), that and a base, or any that
 * is free. The ports are taken before there is a cloud, as its catalog tells them.
 */
import type { Advertised } from "../../cloud/published.js";
import { Listener, type Dress, type Exchange } from "../http/listener.js";

/** An address of the cloud that people outside are to reach. */
export interface Outward extends Advertised {
  /** Its port outside where nothing is added; by default its own. */
  readonly instead?: number;
  /** What is made of its answers on their way out. */
  readonly dress?: Dress;
}

export interface PortOptions {
  /** `127.0.0.1`. */
  readonly host: string;
  /** How people outside call that host. */
  readonly publicHost: string;
  /** Added to each service's own port; 0: free ones; undefined: their own. */
  readonly base: number | undefined;
}

const LAST_PORT = 65_535;

/** The listening sockets of a cloud, and what its catalog says of them. */
export interface Ports {
  readonly listeners: readonly Listener[];
  /** By the address in the cloud. */
  readonly published: Readonly<Record<string, string>>;
}

/** A port cannot be had. */
export class PortError extends Error {
  override readonly name = "PortError";
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** @throws PortError naming the port and who wanted it */
export async function openPorts(
  services: readonly Outward[],
  { host, publicHost, base }: PortOptions,
  exchange: Promise<Exchange>,
): Promise<Ports> {
  const listeners: Listener[] = [];
  const published: Record<string, string> = {};
  try {
    for (const { address, types, instead, dress } of services) {
      const own = Number(address.slice(address.lastIndexOf(":") + 1));
      const port = base === undefined ? (instead ?? own) : portOf(own, base, types);
      const listener = new Listener(address, host, port, exchange, dress);
      await listener.listen().catch((error: unknown) => {
        throw refused(error, host, port, types);
      });
      listeners.push(listener);
      published[address] = `${publicHost}:${String(listener.port)}`;
    }
    return { listeners, published };
  } catch (error) {
    for (const listener of listeners) listener.refuse();
    throw error;
  }
}

/** @throws PortError if there is no such port */
export function portOf(own: number, base: number | undefined, types: readonly string[]): number {
  if (base === undefined) return own;
  if (base === 0) return 0;
  if (own + base <= LAST_PORT) return own + base;
  throw new PortError(
    `${types.join(", ")} would be at port ${String(own + base)}, and ${String(LAST_PORT)} is the last`,
    `Choose a base up to ${String(LAST_PORT - 35_357)}, or --port-base 0 for free ports.`,
  );
}

/** Why `port` cannot be had. */
export function refused(
  error: unknown,
  host: string,
  port: number,
  types: readonly string[],
): PortError {
  const { code } = error as NodeJS.ErrnoException;
  const why =
    code === "EADDRINUSE"
      ? "it is in use"
      : code === "EACCES"
        ? "it is not allowed"
        : code === "EADDRNOTAVAIL"
          ? "this machine has no such address"
          : error instanceof Error
            ? error.message
            : String(error);
  return new PortError(
    `cannot listen at ${host}:${String(port)} for ${types.join(", ")}: ${why}`,
    "--port-base 20000 takes others, --port-base 0 free ones.",
  );
}
