/**
 * Which stores a deployment has, by the schemes of their locations: `[glance_store] stores`, of which
 * `default_store` is one. rbd, s3, sheepdog, cinder, gridfs and vmware are not simulated. Upstream:
 * glance_store 0.1.8 backend.py (create_stores, verify_default_store).
 */
import { FlagError, type Env, type FlagsOf } from "../../../framework/index.js";
import type { glanceStoreFlags } from "../flags.js";
import { FileStore, type ImageFiles } from "./file-store.js";
import { HttpStore } from "./http-store.js";
import { schemeOf, UnknownScheme, type Store, type Stores } from "./store.js";
import { SwiftStore } from "./swift-store.js";

type Flags = FlagsOf<typeof glanceStoreFlags>;

/** By the name that `stores` has for it, what it is; Icehouse's names of classes still lead there. */
const DRIVERS: ReadonlyMap<string, "file" | "http" | "swift"> = new Map([
  ["file", "file"],
  ["http", "http"],
  ["swift", "swift"],
  ["glance.store.filesystem.Store", "file"],
  ["glance.store.http.Store", "http"],
  ["glance.store.swift.Store", "swift"],
]);

const SCHEMES = {
  file: ["file", "filesystem"],
  http: ["http", "https"],
  swift: ["swift+https", "swift", "swift+http", "swift+config"],
} as const;

/** @param files what is on the disk. @throws FlagError for a store that is not simulated */
export function enabledStores(
  env: Env,
  flags: Flags,
  files: ImageFiles,
  purpose = "image checksum",
): Stores {
  const stores = new Map<string, Store>();
  for (const name of new Set(flags.stores)) {
    const driver = DRIVERS.get(name);
    if (driver === undefined) {
      const known = ["file", "http", "swift"].join(", ");
      throw new FlagError(`flag glance_store.stores has ${name}: only ${known} are simulated`);
    }
    const store = made[driver](env, flags, files, purpose);
    for (const scheme of SCHEMES[driver]) stores.set(scheme, store);
  }
  return stores;
}

const made: Readonly<
  Record<
    "file" | "http" | "swift",
    (env: Env, flags: Flags, files: ImageFiles, purpose: string) => Store
  >
> = {
  file: (env, flags, files, purpose) =>
    new FileStore(files, flags.filesystem_store_datadir, env.stream(purpose)),
  http: (env) => new HttpStore(env),
  swift: (env, flags, _files, purpose) => new SwiftStore(env, flags, env.stream(purpose)),
};

/** @throws FlagError: glance-api does not start with one that it does not have */
export function checkDefaultStore(stores: Stores, scheme: string): void {
  if (stores.has(scheme)) return;
  const known = [...stores.keys()].join(", ");
  throw new FlagError(
    `flag glance_store.default_store is ${scheme}: Store for scheme ${scheme} not found. ` +
      `[glance_store] stores gives these: ${known}`,
  );
}

/** The store that a location is in. @throws UnknownScheme */
export function storeOf(stores: Stores, location: string): Store {
  const store = stores.get(schemeOf(location));
  if (store === undefined) throw new UnknownScheme();
  return store;
}
