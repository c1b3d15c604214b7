/**
 * What Swift holds: objects by container and name, as they will be once all replicas agree, and updates of
 * listings that wait on some disk. What an account has stored is its own business, and nobody's leftover.
 */
import { listingsThatLie } from "./invariants/listings.js";
import type { Inventory } from "../../framework/inventory.js";
import type { Mishap } from "../../framework/mishaps.js";
import { onDisk, type HashDirectory } from "./disks/object-files.js";
import type { Drive } from "./disks/storage.js";

/** @param drives by where they are: `storage-1/sdb1` */
export function swiftInventory(
  drives: ReadonlyMap<string, Drive>,
  mishaps: readonly Mishap[],
): Inventory {
  const objects = new Map<string, HashDirectory>();
  for (const { objects: files } of drives.values()) {
    for (const { hash, directory } of files.all()) {
      objects.set(hash, new Map([...(objects.get(hash) ?? []), ...directory]));
    }
  }
  return {
    things: [...objects.values()].flatMap((directory) => {
      const name = onDisk(directory).data?.metadata["name"];
      // `/AUTH_<tenant>/<container>/<object>`.
      return name === undefined ? [] : [{ kind: "object", id: name.split("/").slice(2).join("/") }];
    }),
    broken: listingsThatLie(drives, mishaps),
    wrong: [...drives].flatMap(([place, { asyncPendings }]) =>
      [...asyncPendings.values()].map(({ op, account, container, obj }) => ({
        invariant: "at-rest",
        what: `update of a listing on ${place}: ${op} /${account}/${container}/${obj} waits`,
        where: place,
        exception: "listing-updated-later",
      })),
    ),
  };
}
