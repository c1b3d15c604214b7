/**
 * Where image data is kept. A store adds, gets and deletes; what it is, disk or object store, is its
 * own affair. Upstream: glance_store 0.1 (driver.py).
 */
import { UpstreamException } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { ImageData, IncomingData } from "../image-data.js";

/** What Swift's store makes of most errors, with a text. */
export class BackendException extends UpstreamException {
  static override readonly module: string = "glance_store.exceptions";
}

/**
 * What is raised with a text says it; what is raised without one says `None`, since the text of the class
 * is put where nobody reads it.
 */
class GlanceStoreException extends UpstreamException {
  static override readonly module: string = "glance_store.exceptions";

  constructor(message?: string) {
    super({}, message ?? "None");
  }
}

/** Not the one that Glance's API knows: it catches none of these. */
export class NotFound extends GlanceStoreException {}

export class Duplicate extends GlanceStoreException {}

export class StorageFull extends GlanceStoreException {}

export class StorageWriteDenied extends GlanceStoreException {}

/** This store only gives. */
export class StoreAddDisabled extends GlanceStoreException {}

export class StoreDeleteNotSupported extends GlanceStoreException {}

export class UnknownScheme extends GlanceStoreException {}

export class BadStoreUri extends GlanceStoreException {}

export class MaxRedirectsExceeded extends GlanceStoreException {}

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
  /** @throws Duplicate, StorageFull; ValueError if the data breaks off */
  add(imageId: string, data: IncomingData): Op<Stored>;
  /** @throws NotFound */
  get(location: string): Op<ImageData>;
  /** How much there is at a place, for stores that can tell without reading it. */
  size?(location: string): Op<number>;
  /** @throws NotFound, StoreDeleteNotSupported */
  delete(location: string): Op<void>;
}

/** The stores of a deployment, by scheme. */
export type Stores = ReadonlyMap<string, Store>;

/** `http` of `http://host/path`. */
export const schemeOf = (location: string): string =>
  /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(location)?.[1]?.toLowerCase() ?? "";
