/**
 * What lies on the data disks of one storage node: databases of accounts and containers, objects,
 * updates that could not be sent. It stays there when processes or the whole host go. Upstream:
 * /srv/node/<device>/{accounts,containers,objects,async_pending,tmp}.
 */
import type { Disk, Disks } from "../../../hardware/disk.js";
import type { JsonObject } from "../../../python/index.js";
import type { AccountBroker } from "../db/account-broker.js";
import type { ContainerBroker } from "../db/container-broker.js";
import { Databases, Files } from "./files.js";
import { ObjectFiles } from "./object-files.js";

/** An update of a listing that waits for the object-updater. */
export interface AsyncPending {
  readonly op: "PUT" | "DELETE";
  readonly account: string;
  readonly container: string;
  readonly obj: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The ids of the devices that have it. */
  readonly successes: readonly number[];
}

/** What is on one disk. Databases by the hash of their names. */
export class Drive {
  readonly disk: Disk;
  readonly accounts: Databases<AccountBroker>;
  readonly containers: Databases<ContainerBroker>;
  readonly objects: ObjectFiles;
  /** By `<hash>-<timestamp>`. */
  readonly asyncPendings: Files<AsyncPending>;
  /** `tmp`: databases that rsync has brought, by the ids of their senders. */
  readonly tmp: Files<AccountBroker | ContainerBroker>;
  /** What was put aside as damaged, by its path. */
  readonly quarantined: Files<JsonObject>;

  constructor(disk: Disk) {
    this.disk = disk;
    this.accounts = new Databases(disk);
    this.containers = new Databases(disk);
    this.objects = new ObjectFiles(() => disk.keeps());
    this.asyncPendings = new Files(disk);
    this.tmp = new Files(disk);
    this.quarantined = new Files(disk);
  }
}

export class Storage {
  readonly #drives = new Map<string, Drive>();

  /** The drive of a disk: empty when somebody first looks. */
  of(disk: Disk): Drive {
    let drive = this.#drives.get(disk.name);
    if (drive === undefined) this.#drives.set(disk.name, (drive = new Drive(disk)));
    return drive;
  }
}

/** The mount points of a host, for its processes. */
export class Mounts {
  readonly #disks: Disks;
  readonly #storage: Storage;

  constructor(disks: Disks, storage: Storage) {
    this.#disks = disks;
    this.#storage = storage;
  }

  get host(): string {
    return this.#disks.host;
  }

  get names(): readonly string[] {
    return this.#disks.names;
  }

  /** `check_mount`: what is at the mount point; undefined if nothing is. */
  mounted(device: string): Drive | undefined {
    const disk = this.#disks.get(device);
    return disk?.mounted() === true ? this.#storage.of(disk) : undefined;
  }
}
