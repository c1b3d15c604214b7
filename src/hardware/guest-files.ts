/**
 * What lies below /var/lib/nova/instances of guests that were moved: the directory of a guest, and what
 * was set aside under `<uuid>_resize` when it left. That of a guest which never moved is its
 * hypervisor's affair. One for a cloud, because a host copies to another one over ssh, and moves running
 * guests to its libvirtd. Upstream: the commands mv and scp, and libvirt's URIs, in
 * nova/virt/libvirt/driver.py.
 */
import type { Guest, Hypervisor } from "./hypervisor.js";

/** What a guest boots from. */
export type RootDisk = Pick<Guest, "bytes" | "contents" | "backing">;

type Directories = Map<string, RootDisk>;

export class GuestFiles {
  /** Whether all hosts have them on one storage, as NFS. */
  readonly shared: boolean = false;
  /** Those whose libvirtd answers, by host. */
  readonly #hypervisors = new Map<string, Hypervisor>();
  readonly #directories = new Map<string, Directories>();
  readonly #aside = new Map<string, Directories>();
  /** Empty files by which hosts find out whether they share storage, by host. */
  readonly #probes = new Map<string, Set<string>>();

  /** A libvirtd can be reached from other hosts. */
  connect(hypervisor: Hypervisor): void {
    this.#hypervisors.set(hypervisor.host, hypervisor);
  }

  hypervisorOf(host: string): Hypervisor | undefined {
    return this.#hypervisors.get(host);
  }

  /** Disks come to a host. */
  put(host: string, uuid: string, disk: RootDisk): void {
    of(this.#directories, host).set(uuid, disk);
  }

  get(host: string, uuid: string): RootDisk | undefined {
    return of(this.#directories, host).get(uuid);
  }

  /** `mv <uuid> <uuid>_resize`. */
  setAside(host: string, uuid: string, disk: RootDisk): void {
    of(this.#directories, host).delete(uuid);
    of(this.#aside, host).set(uuid, disk);
  }

  /** What was set aside. */
  aside(host: string, uuid: string): RootDisk | undefined {
    return of(this.#aside, host).get(uuid);
  }

  /** The way back; undefined if nothing was set aside. */
  takeBack(host: string, uuid: string): RootDisk | undefined {
    const disk = of(this.#aside, host).get(uuid);
    this.dropAside(host, uuid);
    if (disk !== undefined) this.put(host, uuid, disk);
    return disk;
  }

  dropAside(host: string, uuid: string): void {
    of(this.#aside, host).delete(uuid);
  }

  /** An empty file is made, beside the disks of a guest. */
  touch(host: string, path: string): void {
    const known = this.#probes.get(host) ?? new Set<string>();
    this.#probes.set(host, known.add(path));
  }

  /** Whether a host sees an empty file that it or another one has made. */
  sees(host: string, path: string): boolean {
    const places = this.shared ? [...this.#probes.values()] : [this.#probes.get(host)];
    return places.some((paths) => paths?.has(path) === true);
  }

  unlink(host: string, path: string): void {
    this.#probes.get(host)?.delete(path);
  }

  /** The directory goes, or what was set aside if there is none. */
  remove(host: string, uuid: string): void {
    if (!of(this.#directories, host).delete(uuid)) this.dropAside(host, uuid);
  }
}

function of(all: Map<string, Directories>, host: string): Directories {
  const known = all.get(host) ?? new Map<string, RootDisk>();
  all.set(host, known);
  return known;
}
