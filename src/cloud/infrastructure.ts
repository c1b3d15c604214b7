/**
 * What outlives every process of a cloud: databases, disks, and compute hosts with their
 * hypervisors and switches, each made when somebody first asks for it. What they are is the
 * projects' to say (`uses`), what they hold at first is seeded by them.
 */
import { CONTROLLER, type Durable, type Host, type Made, type Uses } from "../framework/project.js";
import type { Kernel } from "../kernel/index.js";

export class Infrastructure {
  /** The compute hosts, in the order in which they were given. */
  readonly computes: readonly Host[];
  /** The hosts that projects bring along. */
  readonly nodes: readonly Host[];
  readonly #kernel: Kernel;
  /** By the name of the host; under each thing, what its own `make` has made. */
  readonly #made = new Map<Durable<unknown>, Map<string, unknown>>();

  constructor(kernel: Kernel, computes: readonly Host[], nodes: readonly Host[] = []) {
    this.#kernel = kernel;
    this.computes = computes;
    this.nodes = nodes;
  }

  /** The `durable` of a host, or the one that a cloud has on its controller or everywhere. */
  of<T>(durable: Durable<T>, host: Host = { name: CONTROLLER }): T {
    const once = durable.place === "controller" || durable.place === "everywhere";
    const { name } = once ? { name: CONTROLLER } : host;
    const made = this.#made.get(durable) ?? new Map<string, unknown>();
    this.#made.set(durable, made);
    if (!made.has(name)) made.set(name, durable.make(this.#kernel, host));
    return made.get(name) as T;
  }

  /** All of `uses`, under their names, for a process on `host`. */
  handOut<U extends Uses>(uses: U, host?: Host): Made<U> {
    const parts: Record<string, unknown> = {};
    for (const [key, durable] of Object.entries(uses)) parts[key] = this.of(durable, host);
    return parts as Made<U>;
  }

  /** Who asks for one of `durables` next gets a new one. */
  forget(durables: readonly Durable<unknown>[]): void {
    for (const durable of durables) this.#made.delete(durable);
  }

  /** What was made for a host is gone with it. */
  forgetHost(name: string): void {
    for (const [durable, made] of this.#made) if (durable.place === "guests") made.delete(name);
  }

  /** That of every compute host, by the host's name. */
  onComputes<T>(durable: Durable<T, "computes">): ReadonlyMap<string, T> {
    return new Map(this.computes.map((host) => [host.name, this.of(durable, host)]));
  }

  /** That of every host that a project brings along. */
  onNodes<T>(durable: Durable<T, "nodes">): ReadonlyMap<string, T> {
    return new Map(this.nodes.map((host) => [host.name, this.of(durable, host)]));
  }
}
