/**
 * The volumes that guests have for disks, by the names that guests know them by (`vdb`), and what has been read and
 * written of each. Root disks are not among them. Upstream: a domain's XML, virDomainBlockStats of libvirt.
 */
import { InvalidPath, NotRunning } from "./libvirt-errors.js";

/** What a guest has read and written of a disk since it was started. */
export interface BlockStats {
  readonly rd_req: number;
  readonly rd_bytes: number;
  readonly wr_req: number;
  readonly wr_bytes: number;
}

export const NO_BLOCK_STATS: BlockStats = { rd_req: 0, rd_bytes: 0, wr_req: 0, wr_bytes: 0 };

/** A disk's name, and its serial number where it has one. */
export type NumberedDisk = readonly [name: string, serial: string | null];

type Disks = Map<string, string | null>;

export class GuestDisks {
  readonly #isOn: (uuid: string) => boolean;
  readonly #disks = new Map<string, Disks>();
  /** What guests have counted, by guest and disk. */
  readonly #stats = new Map<string, Map<string, BlockStats>>();

  /** @param isOn whether a guest is on: one that is off has no counters */
  constructor(isOn: (uuid: string) => boolean) {
    this.#isOn = isOn;
  }

  /** The names of a guest's. */
  of(uuid: string): readonly string[] {
    return [...(this.#disks.get(uuid)?.keys() ?? [])];
  }

  /** The same with their serial numbers. */
  withSerials(uuid: string): readonly NumberedDisk[] {
    return [...(this.#disks.get(uuid) ?? [])];
  }

  has(uuid: string, name: string): boolean {
    return this.#disks.get(uuid)?.has(name) === true;
  }

  /** The serial number of a disk, which is the id of its volume. */
  serial(uuid: string, name: string): string | undefined {
    return this.#disks.get(uuid)?.get(name) ?? undefined;
  }

  add(uuid: string, name: string, serial: string | null = null): void {
    const disks: Disks = this.#disks.get(uuid) ?? new Map<string, string | null>();
    this.#disks.set(uuid, disks.set(name, serial));
  }

  remove(uuid: string, name: string): void {
    this.#disks.get(uuid)?.delete(name);
    this.#stats.get(uuid)?.delete(name);
  }

  /** A guest is defined anew, with these. */
  set(uuid: string, disks: readonly NumberedDisk[]): void {
    this.#disks.set(uuid, new Map(disks));
  }

  /** What a guest has counted of a volume, which is what `transfer` said. @throws LibvirtError */
  stats(uuid: string, name: string): BlockStats {
    if (!this.#isOn(uuid)) throw new NotRunning();
    if (!this.has(uuid, name)) throw new InvalidPath(name);
    return this.#stats.get(uuid)?.get(name) ?? NO_BLOCK_STATS;
  }

  /** A guest reads and writes. None does by itself. @throws LibvirtError */
  transfer(uuid: string, name: string, { rd_req, rd_bytes, wr_req, wr_bytes }: BlockStats): void {
    const before = this.stats(uuid, name);
    const disks = this.#stats.get(uuid) ?? new Map<string, BlockStats>();
    disks.set(name, {
      rd_req: before.rd_req + rd_req,
      rd_bytes: before.rd_bytes + rd_bytes,
      wr_req: before.wr_req + wr_req,
      wr_bytes: before.wr_bytes + wr_bytes,
    });
    this.#stats.set(uuid, disks);
  }

  /** A guest is off. Counters are QEMU's, whose process is gone. */
  switchedOff(uuid: string): void {
    this.#stats.delete(uuid);
  }

  forget(uuid: string): void {
    this.#disks.delete(uuid);
    this.#stats.delete(uuid);
  }
}
