/**
 * The scenario that is served, out of the one that was asked for: the catalog tells real addresses, tokens
 * live long enough for clients that compare their end with their own clock, images have data that can be
 * fetched, and quotas are out of the way if that is wanted. It stands in the header of the recording, so that a
 * replay needs nothing else.
 */
import { isObject, type Json, type JsonObject } from "../../python/index.js";
import type { ByteStore } from "../http/store.js";

/** Sixty years: clients take a token whose end has passed for none, and the simulation begins in 2014. */
const TOKEN_LIFETIME = 60 * 365 * 24 * 3600;

/** What a test suite needs that makes hundreds of everything (`--lenient`), by the type of who reads it. */
const LENIENT: Readonly<Record<string, JsonObject>> = {
  compute: {
    quota_instances: -1,
    quota_cores: -1,
    quota_ram: -1,
    quota_floating_ips: -1,
    quota_key_pairs: -1,
    quota_security_groups: -1,
    quota_security_group_rules: -1,
    quota_server_groups: -1,
    quota_server_group_members: -1,
  },
  volume: { quota_volumes: -1, quota_snapshots: -1, quota_gigabytes: -1, quota_backups: -1 },
  network: {
    quotas: {
      quota_network: -1,
      quota_subnet: -1,
      quota_port: -1,
      quota_router: -1,
      quota_floatingip: -1,
      quota_security_group: -1,
      quota_security_group_rule: -1,
    },
  },
};

const MEGABYTE = 1024 * 1024;
/** Data of a larger image is not made: it could be fetched by nobody who has not put it there. */
const MOST_MADE_MB = 256;

export interface Changes {
  readonly published: Readonly<Record<string, string>>;
  /** Which types of services there are. */
  readonly types: readonly string[];
  /** Quotas are out of the way. */
  readonly lenient: boolean;
  /** There is a dashboard, whether the scenario says so or not. */
  readonly dashboard?: boolean;
}

/** @param source a scenario as it was read */
export function servedSource(source: JsonObject, changes: Changes, store: ByteStore): JsonObject {
  const cloud = isObject(source["cloud"]) ? source["cloud"] : {};
  const { published, types, lenient, dashboard = false } = changes;
  const said = isObject(cloud["flags"]) ? cloud["flags"] : {};
  return {
    ...source,
    cloud: {
      ...cloud,
      ...(dashboard && { services: [...listOf(cloud["services"]), "horizon"] }),
      images: imagesOf(cloud["images"]).map((image) => withData(image, store)),
      flags: flagsOf(said, types, lenient),
      published: { ...published },
    },
  };
}

/** What clients of later releases cannot do without, or wait for, by the type of the service. */
const PRESENT: Readonly<Record<string, JsonObject>> = {
  compute: { osapi_v3: { enabled: true } },
  volume: { enable_v3_api: true },
  orchestration: { enable_stack_events: true },
};

function flagsOf(said: JsonObject, types: readonly string[], lenient: boolean): JsonObject {
  const keystone = isObject(said["keystone"]) ? said["keystone"] : {};
  const token = isObject(keystone["token"]) ? keystone["token"] : {};
  return {
    ...ofTypes(PRESENT, types),
    ...(lenient && ofTypes(LENIENT, types)),
    ...said,
    keystone: { ...keystone, token: { expiration: TOKEN_LIFETIME, ...token } },
  };
}

const ofTypes = (
  flags: Readonly<Record<string, JsonObject>>,
  types: readonly string[],
): JsonObject => Object.fromEntries(types.flatMap((type) => Object.entries(flags[type] ?? {})));

const listOf = (said: Json | undefined): readonly Json[] =>
  Array.isArray(said) ? (said as readonly Json[]) : [];

function imagesOf(said: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(said)) return [{ name: "cirros" }];
  return (said as readonly Json[]).filter((one) => isObject(one));
}

/** An image of zeros, with the sum that they have. */
function withData(image: JsonObject, store: ByteStore): JsonObject {
  const { size_mb = 13, checksum } = image;
  if (checksum !== undefined || typeof size_mb !== "number" || size_mb > MOST_MADE_MB) return image;
  return { ...image, checksum: store.zeros(size_mb * MEGABYTE) };
}
