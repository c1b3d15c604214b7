/** Migrations in a list of their own. Upstream: nova/objects/migration.py (MigrationList 1.1) at 2014.2. */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { versioned } from "../base/declare.js";
import { callClass, classMethod } from "../base/remotable.js";
import type { ObjectStore } from "../base/versioned-object.js";
import type { Migration } from "./migration.js";

export class MigrationList extends versioned<{ readonly objects: readonly Migration[] }>({
  name: "MigrationList",
  version: "1.1",
  objects: ["objects"],
  fields: { objects: true },
}) {}

interface Unconfirmed {
  readonly confirm_window: number;
  readonly dest_compute: string;
  readonly use_slave?: true;
}

export const migrationListMethods = {
  getUnconfirmed: classMethod<Unconfirmed, MigrationList>(
    "MigrationList",
    "get_unconfirmed_by_dest_compute",
    { takes: ["confirm_window", "dest_compute"], options: ["use_slave"] },
  ),
};

/** Those to a host that have been finished for that many seconds, and nobody has said what of them. */
export function* getUnconfirmed(
  store: ObjectStore,
  ctxt: RequestContext,
  confirm_window: number,
  dest_compute: string,
): Op<readonly Migration[]> {
  const asked = { confirm_window, dest_compute, use_slave: true } as const;
  return (yield* callClass(store, ctxt, migrationListMethods.getUnconfirmed, asked)).objects;
}
