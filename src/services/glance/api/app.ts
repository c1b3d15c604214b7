/**
 * What the controllers of glance-api work with. Upstream: glance/api/v1/images.py (Controller) and
 * the factories of glance/api/v2.
 */
import { Notifier } from "../../../bus/index.js";
import { serviceFlags, type FlagsOf, type Env } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import type { GlanceDatabase } from "../database.js";
import type { CacheDirectory } from "../image-cache/directory.js";
import { imageCacheFlags } from "../image-cache/flags.js";
import { ImageCache } from "../image-cache/image-cache.js";
import type { ImageFiles } from "../stores/file-store.js";
import { glanceApiFlags } from "../flags.js";
import { redacted, type ImageMeta } from "../image-meta.js";
import { Images, type Location } from "../images.js";
import { checkDefaultStore, enabledStores, storeOf } from "../stores/enabled.js";
import {
  NotFound,
  StoreDeleteNotSupported,
  UnknownScheme,
  type Store,
  type Stores,
} from "../stores/store.js";
import { flavorOf, type Flavor } from "./flavor.js";
import { RegistryClient } from "./registry-client.js";

/** What is on the disk of its host; as the database, it outlives the process. */
export interface ImageDisk {
  readonly files: ImageFiles;
  readonly cache: CacheDirectory;
}

export class GlanceApp {
  readonly env: Env;
  readonly flags: FlagsOf<typeof glanceApiFlags>;
  /** For v1. */
  readonly registry: RegistryClient;
  /** For v2, which needs no registry. */
  readonly database: GlanceDatabase;
  readonly images: Images;
  readonly stores: Stores;
  readonly flavor: Flavor;
  /** The image cache, for one more who works with it. */
  readonly openCache: () => ImageCache;
  /** For those who manage it, where they may. */
  readonly cache: ImageCache | undefined;
  readonly #notifier: Notifier;

  constructor(env: Env, database: GlanceDatabase, { files, cache }: ImageDisk) {
    const flags = env.flags.read(glanceApiFlags);
    const { notification_driver, notification_topics } = env.flags.read(serviceFlags);
    this.env = env;
    this.flags = flags;
    this.registry = new RegistryClient(env, flags);
    this.database = database;
    this.images = new Images(database);
    this.stores = enabledStores(env, flags, files);
    checkDefaultStore(this.stores, flags.default_store);
    const cacheFlags = env.flags.read(imageCacheFlags);
    this.openCache = () => new ImageCache(env, cacheFlags, cache);
    this.flavor = flavorOf(flags.glance_flavor);
    if (this.flavor.managing) {
      this.cache = this.openCache();
      env.log("info", "Initialized image cache management middleware");
    }
    this.#notifier = new Notifier(env.bus, {
      publisherId: flags.default_publisher_id,
      drivers: notification_driver,
      topics: notification_topics,
    });
  }

  /** `http://controller:9292`. */
  get base(): string {
    return `http://${this.env.hostAt(this.flags.glance_api_port)}`;
  }

  /** Where new data goes. */
  get defaultStore(): Store {
    return storeOf(this.stores, `${this.flags.default_store}://`);
  }

  /** `image.create` and its like; the location is nobody's business. */
  notify(ctxt: ImageContext, event: string, image: ImageMeta): Op<void> {
    return this.#notifier.info(ctxt, event, redacted(image));
  }

  /** Of something that is no image. */
  notifyOf(ctxt: ImageContext, event: string, payload: JsonObject): Op<void> {
    return this.#notifier.info(ctxt, event, payload);
  }

  notifyError(ctxt: ImageContext, event: string, message: string): Op<void> {
    return this.#notifier.error(ctxt, event, message);
  }

  /** Data that was sent out. */
  notifySent(ctxt: ImageContext, image: ImageMeta, bytes: number, to: string): Op<void> {
    return this.#notifier.info(ctxt, "image.send", {
      bytes_sent: bytes,
      image_id: image.id,
      owner_id: image.owner,
      receiver_tenant_id: ctxt.owner,
      receiver_user_id: ctxt.user_id,
      destination_ip: to,
    });
  }

  /** How much there is at a place. @throws NotFound, BadStoreUri, UnknownScheme */
  *sizeAt(location: string): Op<number> {
    const store = storeOf(this.stores, location);
    if (store.size !== undefined) return yield* store.size(location);
    return (yield* store.get(location)).$data.bytes;
  }

  /** Whether there is data at a place, as far as the stores can tell. @throws BadStoreUri */
  *holds(location: string): Op<boolean> {
    try {
      return (yield* this.sizeAt(location)) > 0;
    } catch (error) {
      if (error instanceof NotFound || error instanceof UnknownScheme) return false;
      throw error;
    }
  }

  /**
   * Remove data that an image no longer has, and its place: that it is gone already is no error.
   * Upstream: safe_delete_from_backend.
   */
  *removeData(id: string, { id: row, url }: Pick<Location, "id" | "url">): Op<void> {
    try {
      yield* storeOf(this.stores, url).delete(url);
      if (row !== undefined) this.images.dropLocation(row, "deleted");
    } catch (error) {
      if (error instanceof NotFound) {
        this.env.log("warning", `Failed to delete image ${id} in store from URI`);
      } else if (error instanceof StoreDeleteNotSupported) this.env.log("warning", error.message);
      else throw error;
    }
  }

  /** The same, or leave it to the scrubber. Upstream: delete_image_location_from_backend. */
  *removeLocation(id: string, location: Location): Op<void> {
    if (!this.flags.delayed_delete) yield* this.removeData(id, location);
    else if (location.id === undefined) this.images.leaveToScrubber(id, location);
    else this.images.dropLocation(location.id, "pending_delete");
  }
}
