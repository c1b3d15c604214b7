/**
 * The network namespaces of hosts: with which addresses each is on which networks, what is redirected in it, and
 * the one daemon that an agent has left there, which lives on when the agent does not. Packets are not modelled.
 * Upstream: neutron/agent/linux/ip_lib.py, external_process.py at 2014.2.
 */

export interface NamespaceInterface {
  readonly network: string;
  readonly addresses: readonly string[];
}

/** A process that runs in a namespace. */
export interface NamespaceDaemon {
  kill(): void;
}

export class NetworkNamespace {
  readonly host: string;
  /** `qrouter-…`, `qdhcp-…`. */
  readonly name: string;
  interfaces: readonly NamespaceInterface[] = [];
  /** Ports to which what comes for an address is redirected (iptables, REDIRECT). */
  readonly redirects = new Map<string, number>();
  /** There is a route to the rest of the world. */
  gateway = false;
  daemon: NamespaceDaemon | undefined;

  constructor(host: string, name: string) {
    this.host = host;
    this.name = name;
  }

  /** `qrouter-…@controller:9697`: where somebody listens in it. */
  address(port: number): string {
    return `${this.name}@${this.host}:${port}`;
  }

  has(network: string, address: string): boolean {
    return this.interfaces.some(
      (each) => each.network === network && each.addresses.includes(address),
    );
  }

  killDaemon(): void {
    this.daemon?.kill();
    this.daemon = undefined;
  }
}

export class NetworkNamespaces {
  readonly #spaces = new Set<NetworkNamespace>();

  /** The namespace, which is made if it is not there. */
  ensure(host: string, name: string): NetworkNamespace {
    const known = this.at(host, name);
    if (known !== undefined) return known;
    const made = new NetworkNamespace(host, name);
    this.#spaces.add(made);
    return made;
  }

  at(host: string, name: string): NetworkNamespace | undefined {
    return this.all.find((space) => space.host === host && space.name === name);
  }

  /** Oldest first. */
  get all(): readonly NetworkNamespace[] {
    return [...this.#spaces];
  }

  /** It need not be there. */
  delete(host: string, name: string): void {
    const space = this.at(host, name);
    if (space !== undefined) this.#remove(space);
  }

  /** The host is gone, and all that was in its memory. */
  powerLost(host: string): void {
    for (const space of this.all) if (space.host === host) this.#remove(space);
  }

  #remove(space: NetworkNamespace): void {
    space.killDaemon();
    this.#spaces.delete(space);
  }
}
