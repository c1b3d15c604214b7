/**
 * The process `glance-scrubber`, run as a daemon: where data is not removed with its image, it is removed
 * from here, every few minutes. It finds out through the registry which images wait for that, and
 * writes what it has done to both. Upstream: glance/scrubber.py (Daemon, Scrubber, ScrubDBQueue),
 * glance/cmd/scrubber.py at 2014.2; without the queue of files, which no location needs that has a row.
 */
import {
  FixedIntervalLoopingCall,
  type Env,
  type FlagsOf,
  type Process,
} from "../../../framework/index.js";
import { caught, seconds, type Op } from "../../../kernel/index.js";
import { isObject, type Json } from "../../../python/index.js";
import { AdminRegistry } from "../admin-registry.js";
import type { GlanceDatabase } from "../database.js";
import type { ImageFiles } from "../stores/file-store.js";
import { glanceScrubberFlags } from "../flags.js";
import { Images } from "../images.js";
import { enabledStores, storeOf } from "../stores/enabled.js";
import type { Stores } from "../stores/store.js";

/** What of an image is left to be removed. */
interface Job {
  readonly id: string;
  readonly locations: readonly { readonly id: number; readonly url: string }[];
}

const WAITING = "/images/detail?deleted=True&is_public=none&status=pending_delete";

export class Scrubber implements Process {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof glanceScrubberFlags>;
  readonly #images: Images;
  readonly #stores: Stores;
  readonly #registry: AdminRegistry;
  readonly #loop: FixedIntervalLoopingCall;

  constructor(env: Env, database: GlanceDatabase, files: ImageFiles) {
    const flags = env.flags.read(glanceScrubberFlags);
    this.#env = env;
    this.#flags = flags;
    this.#images = new Images(database);
    this.#stores = enabledStores(env, flags, files, "checksum");
    this.#registry = new AdminRegistry(env, {
      host: flags.registry_host,
      port: flags.registry_port,
      authUrl: flags.scrubber_auth_url,
      username: flags.scrubber_user,
      password: flags.scrubber_password,
      tenantName: flags.scrubber_tenant_name,
    });
    this.#loop = new FixedIntervalLoopingCall(env, "scrub", () => this.#run());
  }

  *start(): Op<void> {
    this.#env.announce("starting");
    this.#loop.start(seconds(this.#flags.wakeup_time), { daemon: true });
    this.#env.announce("started");
  }

  *stop(): Op<void> {
    this.#env.announce("stopping");
    this.#loop.stop();
    this.#env.announce("stopped");
  }

  crash(): void {
    this.#loop.stop();
  }

  *#run(): Op<void> {
    for (const job of yield* this.#jobs()) yield* this.#scrub(job);
  }

  /** Images whose time has come. */
  *#jobs(): Op<Job[]> {
    try {
      const { body } = yield* this.#registry.ask("GET", WAITING);
      const { images } = body as unknown as { images: readonly Waiting[] };
      const { calendar, now } = this.#env.kernel;
      const wait = seconds(this.#flags.scrub_time);
      return images
        .filter(({ deleted_at }) => deleted_at !== null && calendar.parse(deleted_at) + wait <= now)
        .map(({ id, location_data }) => ({
          id,
          locations: location_data.filter(({ status }) => status === "pending_delete"),
        }))
        .filter(({ locations }) => locations.length > 0);
    } catch (thrown) {
      const { message } = yield* caught(thrown);
      this.#env.log("error", `Can not get scrub jobs from queue: ${message}`);
      return [];
    }
  }

  *#scrub({ id, locations }: Job): Op<void> {
    const count = String(locations.length);
    this.#env.log("info", `Scrubbing image ${id} from ${count} locations.`);
    for (const location of locations) yield* this.#remove(id, location);
    const { body } = yield* this.#registry.ask("GET", `/images/${id}`);
    const image: Json = isObject(body) ? (body["image"] ?? null) : null;
    // Also where the data could not be removed: nobody comes back for it.
    if (isObject(image) && image["status"] === "pending_delete") {
      yield* this.#registry.ask("PUT", `/images/${id}`, { image: { status: "deleted" } });
    }
  }

  *#remove(id: string, { id: row, url }: Job["locations"][number]): Op<void> {
    try {
      yield* storeOf(this.#stores, url).delete(url);
      this.#images.scrubbed(row);
      this.#env.log("info", `Image ${id} has been deleted.`);
    } catch (thrown) {
      yield* caught(thrown);
      this.#env.log("warning", `Unable to delete URI from image ${id}.`);
    }
  }
}

interface Waiting {
  readonly id: string;
  readonly deleted_at: string | null;
  readonly location_data: readonly {
    readonly id: number;
    readonly url: string;
    readonly status: string;
  }[];
}
