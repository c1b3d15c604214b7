/**
 * What is on a guest's disks and in its memory beside the agent: packages, files of configuration, the database
 * server and its data, which are kept as MySQL's whatever it is. It outlives the agent and, but for what runs, the
 * guest's restarts. Upstream: the file systems of a guest, and its init.
 */
import type { GuestMachine } from "../../../framework/guest-machine.js";
import { DataDirectory, MysqlServer } from "../mysql/server.js";

export class GuestDisk {
  readonly machine: GuestMachine;
  /** Packages that are installed. */
  readonly packages = new Set<string>();
  /** Of configuration, by path. */
  readonly files = new Map<string, string>();
  readonly server: MysqlServer;
  /** Whether init starts the server when the guest boots. */
  serverOnBoot = false;
  /** What is in the directory while no volume is mounted over it. */
  readonly #root = new DataDirectory();
  /** The file system of the volume; undefined: it was never formatted. */
  #volume: { readonly data: DataDirectory; size_gb: number } | undefined;
  #mounted = false;
  #inFstab = false;
  /** The boot that it knows of. */
  #boots = 0;
  /** From which server a replica has its data, and as whom it asks there. */
  replicatesAs: string | undefined;

  constructor(machine: GuestMachine) {
    this.machine = machine;
    this.server = new MysqlServer(this.#root);
  }

  /** The agent starts: if the guest has, so has what init starts. */
  boot(): void {
    if (this.machine.boots === this.#boots) return;
    const first = this.#boots === 0;
    this.#boots = this.machine.boots;
    this.server.stop();
    if (first) return;
    this.#mounted = this.#inFstab && this.volumeSize() !== undefined;
    if (this.serverOnBoot && this.dataIsThere) this.server.start(this.data);
  }

  /** GB of the device; undefined while there is none. */
  volumeSize(): number | undefined {
    return this.machine.diskSize("vdb");
  }

  get data(): DataDirectory {
    return this.#mounted && this.#volume !== undefined ? this.#volume.data : this.#root;
  }

  /** Whether what a server that was set up needs is in its directory. */
  get dataIsThere(): boolean {
    return this.#mounted || this.#volume === undefined;
  }

  get mounted(): boolean {
    return this.#mounted;
  }

  /** GB of the file system in which the data is: what it was when it was made or resized. */
  get filesystemSize(): number {
    return this.#mounted && this.#volume !== undefined ? this.#volume.size_gb : ROOT_GB;
  }

  /** `mkfs`, and the data that there was is copied. */
  format(size_gb: number): void {
    const data = new DataDirectory();
    data.restore(this.#root.dump());
    this.#volume = { data, size_gb };
  }

  /** `mount`; nothing is said where it cannot be done. */
  mount({ fstab }: { readonly fstab: boolean }): void {
    this.#mounted = this.#volume !== undefined && this.volumeSize() !== undefined;
    if (fstab) this.#inFstab = true;
  }

  unmount(): void {
    this.#mounted = false;
  }

  /** `resize2fs`. */
  growFilesystem(size_gb: number): void {
    if (this.#volume !== undefined) this.#volume.size_gb = size_gb;
  }
}

/** Of a root disk nobody asks. */
const ROOT_GB = 1;
