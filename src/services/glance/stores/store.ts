/**
 * Where image data is kept. A store adds, gets and deletes; what it is, disk or object store, is its
 * own affair. Upstream: glance_store 0.1 (driver.py).
 */
import { UpstreamException } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { ImageData } from "../image-data.js";

export class BackendException extends UpstreamException {
  static override readonly module: string = "glance_store.exceptions";
}

export class NotFound extends BackendException {
  static override readonly msg_fmt = "Image %(image)s not found";
}

export class Duplicate extends BackendException {
  static override readonly msg_fmt = "Image %(image)s already exists";
}

export class StorageFull extends BackendException {
  static override readonly msg_fmt = "There is not enough disk space on the image storage media.";
}

export class StorageWriteDenied extends BackendException {
  static override readonly msg_fmt = "Permission to write image storage media denied.";
}

/** This store only gives. */
export class StoreAddDisabled extends BackendException {
  static override readonly msg_fmt =
    "Configuration for store failed. Adding images to this store is disabled.";
}

export class StoreDeleteNotSupported extends BackendException {
  static override readonly msg_fmt = "Deleting images from this store is not supported.";
}

export class BadStoreUri extends BackendException {
  static override readonly msg_fmt: string = "The Store URI was malformed: %(uri)s";
}

export class MaxRedirectsExceeded extends BadStoreUri {
  static override readonly msg_fmt = "Maximum redirects (%(redirects)s) was exceeded.";
}

/** What a store says of data that it has taken. */
export interface Stored {
  /** `file:///var/lib/glance/images/<id>`. */
  readonly location: string;
  readonly size: number;
  readonly checksum: string;
}

export interface Store {
  /** Of the locations it makes: `file`. */
  readonly scheme: string;
  /** @throws Duplicate, StorageFull */
  add(imageId: string, data: ImageData): Op<Stored>;
  /** @throws NotFound */
  get(location: string): Op<ImageData>;
  /** How much there is at a place, for stores that can tell without reading it. */
  size?(location: string): Op<number>;
  /** @throws NotFound, StoreDeleteNotSupported */
  delete(location: string): Op<void>;
}

/** The stores of a deployment, by scheme. */
export type Stores = ReadonlyMap<string, Store>;

/** The store that made a location. */
export function storeOf(stores: Stores, location: string): Store {
  const scheme = /^([a-z0-9+]+):\/\//.exec(location)?.[1] ?? "";
  const store = stores.get(scheme);
  if (store === undefined) throw new NotFound({}, `No store knows ${location}`);
  return store;
}
