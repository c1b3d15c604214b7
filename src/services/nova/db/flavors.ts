/**
 * Flavors. A private flavor is visible to admins and to the projects that were granted it, and to
 * nobody else exists. Upstream: nova/db/sqlalchemy/api.py (flavor_*); nova §6, §7.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import { FlavorNotFound } from "../exception.js";
import type { ObjectStore } from "../objects/base.js";
import { Flavor, type FlavorFields } from "../objects/flavor.js";
import type { NovaDatabase } from "./database.js";
import type { InstanceTypeRow } from "./schema.js";

/**
 * @param readDeleted also find flavors that were deleted, as GET of one flavor does (nova §5.2)
 * @throws FlavorNotFound
 */
export function flavorByFlavorId(
  db: NovaDatabase,
  store: ObjectStore,
  ctxt: RequestContext,
  flavorid: string,
  readDeleted = false,
): Flavor {
  const rows = readDeleted
    ? db.instance_types.findAny({ flavorid })
    : db.instance_types.find({ flavorid });
  const row = rows.filter((each) => visible(db, ctxt, each)).at(-1);
  if (row === undefined) throw new FlavorNotFound({ flavor_id: flavorid });
  return new Flavor(store, flavorFields(db, row));
}

/** Every live flavor that the caller may see, in order of their making. */
export function flavors(db: NovaDatabase, store: ObjectStore, ctxt: RequestContext): Flavor[] {
  return db.instance_types
    .find()
    .filter((row) => visible(db, ctxt, row))
    .map((row) => new Flavor(store, flavorFields(db, row)));
}

export function extraSpecs(db: NovaDatabase, id: number): Record<string, string> {
  const specs = db.instance_type_extra_specs.find({ instance_type_id: id });
  return Object.fromEntries(specs.map(({ key, value }) => [key, value]));
}

/** `flavor_extra_specs_get`: by flavor id, whoever asks; the conductor reads them anew to schedule. */
export function extraSpecsByFlavorId(db: NovaDatabase, flavorid: string): Record<string, string> {
  const row = db.instance_types.first({ flavorid });
  return row === undefined ? {} : extraSpecs(db, row.id);
}

function visible(db: NovaDatabase, ctxt: RequestContext, flavor: Row<InstanceTypeRow>): boolean {
  if (flavor.is_public || ctxt.is_admin) return true;
  return db.instance_type_projects
    .find({ instance_type_id: flavor.id })
    .some(({ project_id }) => project_id === ctxt.project_id);
}

function flavorFields(db: NovaDatabase, row: Row<InstanceTypeRow>): FlavorFields {
  const { id, name, memory_mb, vcpus, root_gb, ephemeral_gb, flavorid, swap } = row;
  const { rxtx_factor, vcpu_weight, disabled, is_public } = row;
  return {
    id,
    name,
    memory_mb,
    vcpus,
    root_gb,
    ephemeral_gb,
    flavorid,
    swap,
    rxtx_factor,
    vcpu_weight,
    disabled,
    is_public,
    extra_specs: extraSpecs(db, id),
  };
}
