/**
 * What becomes of a migration when a part of a move fails. Upstream: nova/compute/manager.py
 * (errors_out_migration) at 2014.2; nova §3.3.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { Migration } from "../../objects/migration/migration.js";
import type { ComputeHost } from "../compute-host.js";
import type { Method } from "../decorators.js";

/** In these a migration that fails is in error; in others it stays as it is. */
const UNDER_WAY: readonly string[] = ["migrating", "post-migrating"];

export function errorsOutMigration<A extends { readonly migration: Migration }>(
  method: Method<A>,
): Method<A> {
  return function* (compute, ctxt, args) {
    try {
      yield* method(compute, ctxt, args);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const { migration } = args;
      if (UNDER_WAY.includes(migration.status)) yield* setToError(compute, ctxt, migration);
      throw error;
    }
  };
}

function* setToError(compute: ComputeHost, ctxt: RequestContext, migration: Migration): Op<void> {
  try {
    yield* migration.enter(ctxt, "error");
  } catch (thrown) {
    yield* caught(thrown);
    const which = migration.instance_uuid;
    compute.log("debug", `Error setting migration status for instance ${which}.`);
  }
}
