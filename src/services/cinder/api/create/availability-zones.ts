/**
 * The zones that volume services are in. Each API process keeps what it read for an hour, when it is
 * about a new volume. Upstream: cinder/volume/api.py (list_availability_zones) at 2014.2.
 */
import type { Env } from "../../../../framework/index.js";
import { seconds, type Micros } from "../../../../kernel/index.js";
import { dictOrder } from "../../../../python/index.js";
import type { CinderDatabase } from "../../db/database.js";
import { VOLUME_TOPIC } from "../../volume/rpcapi.js";

export interface AvailabilityZone {
  readonly name: string;
  /** A service in it is enabled, alive or not. */
  readonly available: boolean;
}

export class AvailabilityZones {
  readonly #env: Env;
  readonly #db: CinderDatabase;
  readonly #keep: number;
  #cached: { readonly zones: readonly AvailabilityZone[]; readonly at: Micros } | undefined;

  /** @param keep for how many seconds a reading is kept */
  constructor(env: Env, db: CinderDatabase, keep: number) {
    this.#env = env;
    this.#db = db;
    this.#keep = seconds(keep);
  }

  list(): readonly AvailabilityZone[] {
    const zones = new Map<string, boolean>();
    for (const { availability_zone: zone, disabled } of this.#db.services.find({
      topic: VOLUME_TOPIC,
    })) {
      zones.set(zone, (zones.get(zone) ?? false) || !disabled);
    }
    return dictOrder([...zones.keys()]).map((name) => ({
      name,
      available: zones.get(name) ?? false,
    }));
  }

  /** As they were read at some time in the last hour. */
  cached(): readonly AvailabilityZone[] {
    const { now } = this.#env.kernel;
    if (this.#cached === undefined || now - this.#cached.at >= this.#keep) {
      this.#cached = { zones: this.list(), at: now };
    }
    return this.#cached.zones;
  }
}
