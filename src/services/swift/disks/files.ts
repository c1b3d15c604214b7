/**
 * Files of a disk by their names. A disk that is stale takes whatever is written, and has what it had:
 * a database that is read from it is a copy, so that what is changed in it is lost. Upstream: a disk whose
 * cache was not written back; Swift itself has no file for it.
 */
import type { Disk } from "../../../hardware/disk.js";

export class Files<V> extends Map<string, V> {
  readonly disk: Disk;

  constructor(disk: Disk) {
    super();
    this.disk = disk;
  }

  override set(name: string, file: V): this {
    return this.disk.keeps() ? super.set(name, file) : this;
  }

  override delete(name: string): boolean {
    return this.disk.keeps() ? super.delete(name) : this.has(name);
  }
}

/** A database, and where on its disk it is. */
export interface Placed<B> {
  readonly partition: number;
  readonly broker: B;
}

export class Databases<B extends { copy(): B }> extends Files<Placed<B>> {
  override get(hash: string): Placed<B> | undefined {
    const placed = super.get(hash);
    if (placed === undefined || this.disk.keeps()) return placed;
    return { ...placed, broker: placed.broker.copy() };
  }
}
