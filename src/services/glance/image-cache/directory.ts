/**
 * The directory of the image cache on a host's disk: images that are whole, those that are being written,
 * those that went wrong, the names of those that somebody wants, and the SQLite file that counts hits. It is there
 * when the processes are started again. Upstream: glance/image_cache/drivers/base.py (set_paths), sqlite.py at 2014.2.
 */
import type { JsonObject } from "../../../python/index.js";

/** The data of an image, as a file. */
export interface CachedFile {
  readonly bytes: number;
  readonly checksum?: string | undefined;
}

/** A row of `cached_images`. Times are seconds since 1970. A type, so that it counts as JSON. */
export type CachedImage = {
  readonly image_id: string;
  readonly hits: number;
  /** 0: never since it is here. */
  readonly last_accessed: number;
  readonly last_modified: number;
  readonly size: number;
} & JsonObject;

/** A file of which only its age counts. */
interface Dated {
  /** Seconds since 1970. */
  readonly modified: number;
}

export class CacheDirectory {
  readonly active = new Map<string, CachedFile>();
  readonly incomplete = new Map<string, Dated>();
  readonly invalid = new Map<string, Dated>();
  readonly queue = new Map<string, Dated>();
  readonly rows = new Map<string, CachedImage>();

  /** Bytes of what is whole. */
  get used(): number {
    return [...this.active.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
