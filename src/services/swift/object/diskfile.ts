/**
 * One object on one disk, as the object server reads and writes it: what counts of its files, and what is
 * wrong with them. Upstream: swift/obj/diskfile.py (DiskFile) at 2.2.0.
 */
import type { Env } from "../../../framework/index.js";
import { Exception } from "../../../python/index.js";
import { lengthOf, type Content } from "../common/content.js";
import { isSysMeta } from "../common/headers.js";
import { unixNow, type Timestamp } from "../common/timestamp.js";
import { onDisk, type ObjectFile } from "../disks/object-files.js";
import type { Drive } from "../disks/storage.js";

/** By names in lower case. */
export type ObjectMetadata = Readonly<Record<string, string>>;

/** What a later POST does not change. */
const OF_DATA: ReadonlySet<string> = new Set(["content-length", "content-type", "deleted", "etag"]);

class OSError extends Exception {
  static override readonly module: string = "exceptions";
  override readonly name: string = "OSError";
}

/** What an object is when it is looked at. */
export type Reading =
  | { readonly kind: "live"; readonly metadata: ObjectMetadata; readonly content: Content }
  | { readonly kind: "expired"; readonly metadata: ObjectMetadata }
  | { readonly kind: "deleted"; readonly at: Timestamp }
  | { readonly kind: "absent" };

export class DiskFile {
  readonly drive: Drive;
  readonly #env: Env;
  readonly #partition: number;
  readonly #hash: string;

  constructor(env: Env, drive: Drive, partition: number, hash: string) {
    this.#env = env;
    this.drive = drive;
    this.#partition = partition;
    this.#hash = hash;
  }

  read(): Reading {
    const { data, meta, tombstone } = onDisk(
      this.drive.objects.directory(this.#partition, this.#hash),
    );
    if (tombstone !== undefined) return { kind: "deleted", at: tombstone };
    if (data === undefined) return { kind: "absent" };
    const metadata = mergedMetadata(data, meta);
    const length = lengthOf(data.content);
    if (String(length) !== metadata["content-length"]) {
      this.#quarantine(
        `metadata content-length ${metadata["content-length"] ?? "None"} does not match actual ` +
          `object size ${String(length)}`,
      );
      return { kind: "absent" };
    }
    const end = metadata["x-delete-at"];
    if (end !== undefined && Number(end) * 1e6 <= unixNow(this.#env)) {
      return { kind: "expired", metadata };
    }
    return { kind: "live", metadata, content: data.content };
  }

  /** New data, under the time of the request. */
  write(at: Timestamp, file: ObjectFile): void {
    this.#put(`${at}.data`, file);
  }

  writeMetadata(at: Timestamp, metadata: ObjectMetadata): void {
    this.#put(`${at}.meta`, { metadata, content: "" });
  }

  /** A tombstone. */
  delete(at: Timestamp): void {
    this.#put(`${at}.ts`, { metadata: { "x-timestamp": at }, content: "" });
  }

  /** What was read is not what was written: nobody gets it any more. */
  quarantineUnless(etag: string): void {
    const { data } = onDisk(this.drive.objects.directory(this.#partition, this.#hash));
    const known = data?.metadata["etag"];
    if (known === undefined || known === etag) return;
    this.#quarantine(`ETag ${known} and file's md5 ${etag} do not match`);
  }

  /** @throws OSError where the disk has died since the file was opened */
  #put(name: string, file: ObjectFile): void {
    if (!this.drive.disk.mounted()) throw new OSError("[Errno 5] Input/output error");
    const freed = this.drive.objects.write(this.#partition, this.#hash, name, file);
    this.drive.disk.release(freed);
  }

  #quarantine(why: string): void {
    const directory = this.drive.objects.remove(this.#partition, this.#hash);
    const path = `quarantined/objects/${this.#hash}`;
    this.drive.quarantined.set(path, { files: [...(directory?.keys() ?? [])] });
    this.#env.log("warning", `Quarantined object ${path}: ${why}`);
  }
}

/** What was posted later replaces what users have set, and the time. */
function mergedMetadata(data: ObjectFile, meta: ObjectFile | undefined): ObjectMetadata {
  if (meta === undefined) return data.metadata;
  const kept = Object.entries(data.metadata).filter(
    ([name]) => OF_DATA.has(name) || name === "name" || isSysMeta("object", name),
  );
  return { ...meta.metadata, ...Object.fromEntries(kept) };
}
