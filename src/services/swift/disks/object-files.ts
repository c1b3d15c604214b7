/**
 * The objects on one disk: a directory for each partition, suffix and hash, and in it files named after
 * the time that they were written: `.data`, `.meta`, `.ts` for a tombstone. The newest counts. Upstream:
 * swift/obj/diskfile.py (get_ondisk_files, hash_cleanup_listdir, get_hashes) at 2.2.0.
 */
import { stored, type Content } from "../common/content.js";
import { md5Hex, suffixOf } from "../common/hash-path.js";
import { secondsOf, type Timestamp } from "../common/timestamp.js";

export interface ObjectFile {
  /** By names in lower case: `x-timestamp`, `content-type`, `etag`, `content-length`, `name` ... */
  readonly metadata: Readonly<Record<string, string>>;
  readonly content: Content;
}

/** Files of one object, by their names. */
export type HashDirectory = Map<string, ObjectFile>;

type Suffixes = Map<string, Map<string, HashDirectory>>;

/** What an object is on this disk. */
export interface OnDisk {
  readonly data?: ObjectFile;
  readonly meta?: ObjectFile;
  /** When it was deleted. */
  readonly tombstone?: Timestamp;
}

export class ObjectFiles {
  readonly #partitions = new Map<number, Suffixes>();
  readonly #keeps: () => boolean;

  /** @param keeps whether the disk keeps what is written */
  constructor(keeps: () => boolean = () => true) {
    this.#keeps = keeps;
  }

  get partitions(): number[] {
    return [...this.#partitions.keys()];
  }

  directory(partition: number, hash: string): HashDirectory | undefined {
    return this.#partitions.get(partition)?.get(suffixOf(hash))?.get(hash);
  }

  /** A file is there, and what is older goes. @returns bytes that became free */
  write(partition: number, hash: string, name: string, file: ObjectFile): number {
    if (!this.#keeps()) return Number(file.metadata["content-length"] ?? 0);
    const suffixes = entry(this.#partitions, partition, (): Suffixes => new Map());
    const hashes = entry(suffixes, suffixOf(hash), (): Map<string, HashDirectory> => new Map());
    const directory = entry(hashes, hash, (): HashDirectory => new Map());
    directory.set(name, { ...file, content: stored(file.content) });
    return cleanUp(directory);
  }

  /** Take over files that are not there, as rsync does with `--ignore-existing`. */
  receive(partition: number, hash: string, files: ReadonlyMap<string, ObjectFile>): void {
    if (!this.#keeps()) return;
    const suffixes = entry(this.#partitions, partition, (): Suffixes => new Map());
    const hashes = entry(suffixes, suffixOf(hash), (): Map<string, HashDirectory> => new Map());
    const directory = entry(hashes, hash, (): HashDirectory => new Map());
    for (const [name, file] of files) if (!directory.has(name)) directory.set(name, file);
  }

  /** Out of the way of everybody: `quarantined/objects`. */
  remove(partition: number, hash: string): HashDirectory | undefined {
    const directory = this.directory(partition, hash);
    if (!this.#keeps()) return directory;
    this.#partitions.get(partition)?.get(suffixOf(hash))?.delete(hash);
    return directory;
  }

  removePartition(partition: number): void {
    if (this.#keeps()) this.#partitions.delete(partition);
  }

  suffixes(partition: number): string[] {
    return [...(this.#partitions.get(partition)?.keys() ?? [])];
  }

  /** The directories below a suffix. */
  hashes(partition: number, suffix: string): ReadonlyMap<string, HashDirectory> {
    return this.#partitions.get(partition)?.get(suffix) ?? new Map();
  }

  /**
   * For each suffix a sum of the names of its files; two disks with the same sums hold the same.
   * @param reclaimed tombstones older than this are forgotten
   */
  sums(partition: number, reclaimed: number): Record<string, string> {
    const sums: Record<string, string> = {};
    for (const [suffix, hashes] of this.#partitions.get(partition) ?? []) {
      let names = "";
      for (const hash of [...hashes.keys()].sort()) {
        const directory = hashes.get(hash) ?? new Map<string, ObjectFile>();
        cleanUp(directory);
        const files = [...directory.keys()].sort().reverse();
        const [only] = files;
        if (files.length === 1 && only?.endsWith(".ts") === true) {
          if (secondsOf(only.slice(0, -3)) < reclaimed) {
            hashes.delete(hash);
            continue;
          }
        }
        if (files.length === 0) hashes.delete(hash);
        names += files.join("");
      }
      sums[suffix] = md5Hex(names);
    }
    return sums;
  }

  /** Every object, for those who go through all of them. */
  all(): { partition: number; hash: string; directory: HashDirectory }[] {
    return [...this.#partitions].flatMap(([partition, suffixes]) =>
      [...suffixes.values()].flatMap((hashes) =>
        [...hashes].map(([hash, directory]) => ({ partition, hash, directory })),
      ),
    );
  }
}

/** Which of the files count: the newest of data and tombstone, and metadata newer than the data. */
export function onDisk(directory: HashDirectory | undefined): OnDisk {
  let meta: ObjectFile | undefined;
  for (const name of [...(directory?.keys() ?? [])].sort().reverse()) {
    if (name.endsWith(".ts")) return { tombstone: name.slice(0, -".ts".length) };
    const file = directory?.get(name);
    if (name.endsWith(".meta")) meta ??= file;
    else if (file !== undefined) return { data: file, ...(meta && { meta }) };
  }
  return {};
}

/** What is older than what counts goes. @returns bytes that became free */
function cleanUp(directory: HashDirectory): number {
  const names = [...directory.keys()].sort().reverse();
  if (names.length < 2) return 0;
  const newest = names.find((name) => !name.endsWith(".meta"));
  const meta = names.find((name) => name.endsWith(".meta") && name > (newest ?? ""));
  let freed = 0;
  for (const name of names) {
    const old = newest !== undefined && name < newest;
    const oldMeta = meta !== undefined && name.endsWith(".meta") && name < meta;
    if (!old && !oldMeta) continue;
    freed += Number(directory.get(name)?.metadata["content-length"] ?? 0);
    directory.delete(name);
  }
  return freed;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
