/**
 * That listings say what is stored: each object is in the listing of its container, each row of a listing has an object, and an
 * account counts what its containers hold. All replicas together, as they will be once they agree: the newest counts. Where
 * an update still waits on a disk, that is why. Upstream: swift/obj/updater.py, swift/container/updater.py at 2.2.0.
 */
import type { Finding } from "../../../framework/invariants.js";
import type { Mishap } from "../../../framework/mishaps.js";
import { onDisk } from "../disks/object-files.js";
import type { Drive } from "../disks/storage.js";
import type { ContainerBroker, ObjectRow } from "../db/container-broker.js";
import type { SwiftException } from "./exceptions.js";

/** Of all replicas of one container. */
interface Container {
  readonly path: string;
  readonly replicas: readonly ContainerBroker[];
  /** Where they are. */
  readonly hosts: readonly string[];
  /** The newest row of each name. */
  readonly rows: ReadonlyMap<string, ObjectRow>;
}

const split = (path: string): readonly [container: string, object: string] => {
  const [, account = "", container = "", ...rest] = path.split("/");
  return [`/${account}/${container}`, rest.join("/")];
};

/** @param drives by where they are: `storage-1/sdb1` */
export function listingsThatLie(
  drives: ReadonlyMap<string, Drive>,
  mishaps: readonly Mishap[],
): readonly Finding[] {
  const stored = objectsOn(drives);
  const containers = containersOn(drives);
  const waiting = new Set(
    [...drives.values()].flatMap(({ asyncPendings }) =>
      [...asyncPendings.values()].map(
        ({ account, container, obj }) => `/${account}/${container}/${obj}`,
      ),
    ),
  );
  const found = (what: string, where: string, exception: SwiftException | undefined): Finding => ({
    ...{ invariant: "listing", what, where, exception },
  });
  return [
    ...[...stored].flatMap((path) => {
      const [place, object] = split(path);
      const container = containers.get(place);
      if (container?.rows.get(object)?.deleted === 0) return [];
      const why = waiting.has(path) ? "listing-updated-later" : whyUnlisted(container, mishaps);
      return [found(`object ${path}: is in no listing`, place, why)];
    }),
    ...[...containers.values()].flatMap(({ path, rows }) =>
      [...rows.values()]
        .filter(({ name, deleted }) => deleted === 0 && !stored.has(`${path}/${name}`))
        .map(({ name }) => {
          const why = waiting.has(`${path}/${name}`) ? "listing-updated-later" : undefined;
          return found(`listing of ${path}: ${name} is listed, and nothing is stored`, path, why);
        }),
    ),
    ...miscounted(drives, containers).map((what) => found(...what)),
  ];
}

/** The paths of objects that are there. */
function objectsOn(drives: ReadonlyMap<string, Drive>): ReadonlySet<string> {
  const newest = new Map<string, { readonly at: string; readonly there: boolean }>();
  const paths = new Map<string, string>();
  for (const { objects } of drives.values()) {
    for (const { hash, directory } of objects.all()) {
      const { data, tombstone } = onDisk(directory);
      const at = data?.metadata["x-timestamp"] ?? tombstone ?? "";
      const name = data?.metadata["name"];
      if (name !== undefined) paths.set(hash, name);
      const before = newest.get(hash);
      if (before === undefined || at > before.at)
        newest.set(hash, { at, there: data !== undefined });
    }
  }
  return new Set(
    [...newest].flatMap(([hash, { there }]) => {
      const path = paths.get(hash);
      return there && path !== undefined ? [path] : [];
    }),
  );
}

function containersOn(drives: ReadonlyMap<string, Drive>): ReadonlyMap<string, Container> {
  const replicas = new Map<string, { brokers: ContainerBroker[]; hosts: string[] }>();
  for (const [place, { containers }] of drives) {
    const [host = ""] = place.split("/");
    for (const { broker } of containers.values()) {
      // What expires is queued in a hidden account, as rows alone.
      if (broker.account.startsWith(".")) continue;
      const path = `/${broker.account}/${broker.container}`;
      const known = replicas.get(path) ?? { brokers: [], hosts: [] };
      known.brokers.push(broker);
      known.hosts.push(host);
      replicas.set(path, known);
    }
  }
  return new Map(
    [...replicas].map(([path, { brokers, hosts }]) => {
      const rows = new Map<string, ObjectRow>();
      for (const row of brokers.flatMap((broker) => broker.allRows)) {
        const before = rows.get(row.name);
        if (before === undefined || row.created_at > before.created_at) rows.set(row.name, row);
      }
      return [path, { path, replicas: brokers, hosts, rows }];
    }),
  );
}

/** A disk was away that should have had a database of the container: who asked there was told that there is none. */
function whyUnlisted(
  container: Container | undefined,
  mishaps: readonly Mishap[],
): SwiftException | undefined {
  const hosts = container?.hosts ?? [];
  const away = mishaps.some(
    ({ kind, places }) => kind === "operation" && places.some((place) => hosts.includes(place)),
  );
  return away ? "update-to-no-container-lost" : undefined;
}

type Told = readonly [what: string, where: string, exception: SwiftException | undefined];

/** Where what an account has last been told is not what a container holds. */
function miscounted(
  drives: ReadonlyMap<string, Drive>,
  containers: ReadonlyMap<string, Container>,
): readonly Told[] {
  const told = new Map<string, { readonly at: string; readonly count: number }>();
  for (const { accounts } of drives.values()) {
    for (const { broker } of accounts.values()) {
      for (const row of broker.allRows) {
        const path = `/${broker.account}/${row.name}`;
        const before = told.get(path);
        const count = row.deleted === 0 ? row.object_count : 0;
        if (before === undefined || row.put_timestamp >= before.at)
          told.set(path, { at: row.put_timestamp, count });
      }
    }
  }
  return [...containers.values()].flatMap(({ path, replicas, rows }): Told[] => {
    const there = [...rows.values()].filter(({ deleted }) => deleted === 0).length;
    const count = told.get(path)?.count ?? 0;
    if (count === there) return [];
    const late = replicas.some(({ upToDate }) => !upToDate);
    const what = `account of ${path}: ${String(count)} objects counted, ${String(there)} listed`;
    return [[what, path, late ? "counts-reported-later" : undefined]];
  });
}
