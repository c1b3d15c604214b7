/**
 * The storage of one volume host: a volume group of LVM, and the iSCSI targets at which its volumes can
 * be reached. It lives on when cinder-volume crashes. Upstream: LVM and tgtd, as
 * cinder/brick/local_dev/lvm.py and cinder/brick/iscsi/iscsi.py (TgtAdm) see them.
 */
import { Exception } from "../python/index.js";
import { Equipment } from "./equipment.js";

/** A logical volume, perhaps a snapshot of another. */
export interface LogicalVolume {
  readonly name: string;
  /** Whole GB. */
  readonly size_gb: number;
  /** The volume that it is a snapshot of. */
  readonly origin?: string;
}

/** What can be made to fail, by the names of the driver's methods. */
export const STORAGE_OPERATIONS = [
  "do_setup",
  "create_volume",
  "delete_volume",
  "create_snapshot",
  "delete_snapshot",
  "copy_volume",
  "copy_image_to_volume",
  "copy_volume_to_image",
  "extend_volume",
  "create_export",
  "remove_export",
  "ensure_export",
  "initialize_connection",
  "terminate_connection",
  "attach_volume",
  "detach_volume",
] as const;

export type StorageOperation = (typeof STORAGE_OPERATIONS)[number];

/** What a volume host has of which nothing is said. */
export const DEFAULT_GROUP_GB = 100;

/** A command that ended with an error. */
export class CommandFailed extends Exception {
  static override readonly module: string = "cinder.openstack.common.processutils";
  override readonly name: string = "ProcessExecutionError";
  readonly stderr: string;

  constructor(stderr: string) {
    super(
      `Unexpected error while running command.\nCommand: None\nExit code: 5\nStdout: None\nStderr: u'${stderr}'`,
    );
    this.stderr = stderr;
  }
}

export class VolumeGroup extends Equipment<StorageOperation> {
  readonly size_gb: number;
  readonly #volumes = new Map<string, LogicalVolume>();
  /** Names of volumes by the names of their targets, oldest first. */
  readonly #targets = new Map<string, string>();
  #lastTarget = 0;
  readonly #targetIds = new Map<string, number>();

  constructor(host: string, size_gb: number) {
    super(host);
    this.size_gb = size_gb;
  }

  get volumes(): readonly LogicalVolume[] {
    return [...this.#volumes.values()];
  }

  /** A snapshot may become as large as its origin, and its room is set aside. */
  get free_gb(): number {
    let used = 0;
    for (const { size_gb } of this.#volumes.values()) used += size_gb;
    return this.size_gb - used;
  }

  volume(name: string): LogicalVolume | undefined {
    return this.#volumes.get(name);
  }

  hasSnapshot(name: string): boolean {
    return this.volumes.some(({ origin }) => origin === name);
  }

  /** `lvcreate`. @throws CommandFailed without room for it */
  create(volume: LogicalVolume): void {
    this.#assertRoom(volume.size_gb);
    this.#volumes.set(volume.name, volume);
  }

  /** `lvextend`. @throws CommandFailed without room for it */
  extend(name: string, size_gb: number): void {
    const volume = this.#volumes.get(name);
    if (volume === undefined)
      throw new CommandFailed(`One or more specified logical volume(s) not found.`);
    this.#assertRoom(size_gb - volume.size_gb);
    this.#volumes.set(name, { ...volume, size_gb });
  }

  /** `lvremove`. */
  remove(name: string): void {
    this.#volumes.delete(name);
  }

  /** A target for a volume; one that is there stays. @returns its number */
  export(iqn: string, volume: string): number {
    this.#targets.set(iqn, volume);
    const id = this.#targetIds.get(iqn) ?? ++this.#lastTarget;
    this.#targetIds.set(iqn, id);
    return id;
  }

  exports(iqn: string): boolean {
    return this.#targets.has(iqn);
  }

  unexport(iqn: string): void {
    this.#targets.delete(iqn);
    this.#targetIds.delete(iqn);
  }

  /** The targets that there are. */
  get targets(): readonly string[] {
    return [...this.#targets.keys()];
  }

  override failure(words: string): CommandFailed {
    return new CommandFailed(words);
  }

  #assertRoom(size_gb: number): void {
    if (size_gb <= this.free_gb) return;
    const [need, free] = [size_gb * EXTENTS, this.free_gb * EXTENTS].map(String);
    throw new CommandFailed(
      `Volume group "stack-volumes" has insufficient free space (${free ?? ""} extents): ${need ?? ""} required.`,
    );
  }
}

/** Of 4 MB in a GB. */
const EXTENTS = 256;

/** The volume groups of a cloud, each made when its host is first asked for. */
export class VolumeGroups {
  /** GB, of those that are not made yet. */
  size_gb = DEFAULT_GROUP_GB;
  readonly #groups = new Map<string, VolumeGroup>();

  of(host: string): VolumeGroup {
    let group = this.#groups.get(host);
    if (group === undefined) this.#groups.set(host, (group = new VolumeGroup(host, this.size_gb)));
    return group;
  }

  /** GB of a volume, in whichever group it is. */
  sizeOf(name: string): number | undefined {
    return this.all.map((group) => group.volume(name)?.size_gb).find((size) => size !== undefined);
  }

  get all(): readonly VolumeGroup[] {
    return [...this.#groups.values()];
  }
}
