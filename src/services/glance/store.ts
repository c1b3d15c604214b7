/**
 * Where image data is kept. A store adds, gets and deletes; what it is, disk or object store, is its
 * own affair. Upstream: glance_store 0.1 (driver.py).
 */
import type { Op } from "../../kernel/index.js";
import { Exception } from "../../python/index.js";
import type { ImageData } from "./image-data.js";

export class StoreNotFound extends Exception {
  static override readonly module: string = "glance_store.exceptions";
  override readonly name: string = "NotFound";
}

export class StoreDuplicate extends Exception {
  static override readonly module: string = "glance_store.exceptions";
  override readonly name: string = "Duplicate";
}

export class StorageFull extends Exception {
  static override readonly module: string = "glance_store.exceptions";
  override readonly name: string = "StorageFull";
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
  /** @throws StoreDuplicate, StorageFull */
  add(imageId: string, data: ImageData): Op<Stored>;
  /** @throws StoreNotFound */
  get(location: string): Op<ImageData>;
  /** @throws StoreNotFound */
  delete(location: string): Op<void>;
}

/** The stores of a deployment, by scheme. */
export type Stores = ReadonlyMap<string, Store>;

/** The store that made a location. */
export function storeOf(stores: Stores, location: string): Store {
  const scheme = /^([a-z0-9+]+):\/\//.exec(location)?.[1] ?? "";
  const store = stores.get(scheme);
  if (store === undefined) throw new StoreNotFound(`No store knows ${location}`);
  return store;
}
