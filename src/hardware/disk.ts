/**
 * A data disk of a host: it is mounted or not, and holds so many bytes. It is there when processes come
 * and go, and what lies on it comes back when it is mounted again. Not what is on it: that is the affair
 * of whoever stores there. Upstream: a file system at /srv/node.
 */

/** What a disk can be made to do. */
export const DISK_FAILURES = ["dead", "full", "stale"] as const;

export type DiskFailure = (typeof DISK_FAILURES)[number];

export class Disk {
  readonly name: string;
  /** Bytes. */
  readonly capacity: number;
  /** What is wrong with it, and who is told when that has consequences. */
  readonly #failures = new Map<DiskFailure, () => void>();
  #used = 0;

  constructor(name: string, capacity = Infinity) {
    this.name = name;
    this.capacity = capacity;
  }

  fail(failure: DiskFailure, strike: () => void = () => undefined): void {
    this.#failures.set(failure, strike);
  }

  repair(failure: DiskFailure): void {
    this.#failures.delete(failure);
  }

  /** Whether there is anything at its mount point. */
  mounted(): boolean {
    return !this.#has("dead");
  }

  /** Whether what is written to it gets there. One that is stale says so and lies. */
  keeps(): boolean {
    return !this.#has("stale");
  }

  get used(): number {
    return this.#used;
  }

  /** Take `bytes`. @returns false where there is no room for them */
  reserve(bytes: number): boolean {
    if (this.#has("full") || this.#used + bytes > this.capacity) return false;
    this.#used += bytes;
    return true;
  }

  release(bytes: number): void {
    this.#used = Math.max(0, this.#used - bytes);
  }

  #has(failure: DiskFailure): boolean {
    const strike = this.#failures.get(failure);
    strike?.();
    return strike !== undefined;
  }
}

/** The data disks of one host, by name. */
export class Disks {
  readonly host: string;
  readonly #disks: ReadonlyMap<string, Disk>;

  constructor(host: string, names: readonly string[] = [], capacity = Infinity) {
    this.host = host;
    this.#disks = new Map(names.map((name) => [name, new Disk(name, capacity)]));
  }

  get names(): readonly string[] {
    return [...this.#disks.keys()];
  }

  get all(): readonly Disk[] {
    return [...this.#disks.values()];
  }

  get(name: string): Disk | undefined {
    return this.#disks.get(name);
  }
}
