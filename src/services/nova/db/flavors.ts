/**
 * Flavors. A private flavor is visible to admins and to the projects that were granted it, and to
 * nobody else exists. Upstream: nova/db/sqlalchemy/api.py (flavor_*), nova/compute/flavors.py; nova §6,
 * §7.
 */
import { alike, type RequestContext, type Row } from "../../../framework/index.js";
import {
  FlavorNotFound,
  FlavorNotFoundByName,
  FlavorAccessExists,
  FlavorAccessNotFound,
  FlavorExists,
  FlavorExtraSpecsNotFound,
  FlavorIdExists,
} from "../exception.js";
import type { ObjectStore } from "../objects/base/versioned-object.js";
import type { InstanceTypeRow } from "../scheduler/rpcapi.js";
import { Flavor, type FlavorFields } from "../objects/flavor.js";
import type { NovaDatabase } from "./database.js";
import type { InstanceTypeRow as FlavorRow } from "./schema.js";
import { storedDate } from "../../../framework/index.js";

const flavorIdOf = ({ flavorid }: FlavorRow): string => flavorid;
const nameOf = ({ name }: FlavorRow): string => name;

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
  const all = readDeleted ? db.instance_types.findAny({}) : db.instance_types.find();
  const rows = alike(all, flavorIdOf, flavorid);
  // `order_by(asc("deleted"), asc("id"))`: the living one, else the one that was deleted first.
  const [row] = rows
    .filter((flavor) => visible(db, ctxt, flavor))
    .sort((a, b) => a.deleted - b.deleted);
  if (row === undefined) throw new FlavorNotFound({ flavor_id: flavorid });
  return new Flavor(store, flavorFields(db, row));
}

/** A living one, whoever may see it. @throws FlavorNotFoundByName */
export function flavorByName(db: NovaDatabase, store: ObjectStore, name: string): Flavor {
  const [row] = alike(db.instance_types.find(), nameOf, name);
  if (row === undefined) throw new FlavorNotFoundByName({ flavor_name: name });
  return new Flavor(store, flavorFields(db, row));
}

/**
 * By the number that the database has for it.
 * @param readDeleted also one that was deleted
 * @throws FlavorNotFound
 */
export function flavorById(
  db: NovaDatabase,
  store: ObjectStore,
  id: number,
  readDeleted = false,
): Flavor {
  const [row] = readDeleted ? db.instance_types.findAny({ id }) : db.instance_types.find({ id });
  if (row === undefined) throw new FlavorNotFound({ flavor_id: id });
  return new Flavor(store, flavorFields(db, row));
}

/** All columns, and the extra specs (`_dict_with_extra_specs`). @throws FlavorNotFound */
export function flavorRow(db: NovaDatabase, id: number): InstanceTypeRow {
  const [row] = db.instance_types.findAny({ id });
  if (row === undefined) throw new FlavorNotFound({ flavor_id: id });
  const { created_at, updated_at, deleted_at, deleted } = row;
  const dates = {
    created_at: storedDate(created_at),
    updated_at: storedDate(updated_at),
    deleted_at: storedDate(deleted_at),
  };
  return { ...flavorFields(db, row), ...dates, deleted };
}

/** Every live flavor that the caller may see, in order of their making. */
export function flavors(db: NovaDatabase, store: ObjectStore, ctxt: RequestContext): Flavor[] {
  return visibleFlavors(db, ctxt).map((row) => new Flavor(store, flavorFields(db, row)));
}

/** The same as rows. */
export const visibleFlavors = (db: NovaDatabase, ctxt: RequestContext): Row<InstanceTypeRow>[] =>
  db.instance_types.find().filter((row) => visible(db, ctxt, row));

export function extraSpecs(db: NovaDatabase, id: number): Record<string, string> {
  const specs = db.instance_type_extra_specs.find({ instance_type_id: id });
  return Object.fromEntries(specs.map(({ key, value }) => [key, value]));
}

/** `flavor_extra_specs_get`: by flavor id, whoever asks; the conductor reads them anew to schedule. */
export function extraSpecsByFlavorId(db: NovaDatabase, flavorid: string): Record<string, string> {
  const row = db.instance_types.first({ flavorid });
  return row === undefined ? {} : extraSpecs(db, row.id);
}

function visible(db: NovaDatabase, ctxt: RequestContext, flavor: Row<FlavorRow>): boolean {
  if (flavor.is_public || ctxt.is_admin) return true;
  return db.instance_type_projects
    .find({ instance_type_id: flavor.id })
    .some(({ project_id }) => project_id === ctxt.project_id);
}

function flavorFields(db: NovaDatabase, row: Row<FlavorRow>): FlavorFields {
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

/** @throws FlavorIdExists, FlavorExists */
export function createFlavor(db: NovaDatabase, values: FlavorRow): Row<FlavorRow> {
  const { flavorid, name } = values;
  const known = db.instance_types.find();
  if (alike(known, flavorIdOf, flavorid).length > 0) {
    throw new FlavorIdExists({ flavor_id: flavorid });
  }
  if (alike(known, nameOf, name).length > 0) throw new FlavorExists({ name });
  return db.instance_types.insert(values);
}

/** Grants and extra specs go with it. */
export function deleteFlavor(db: NovaDatabase, id: number): void {
  db.instance_types.softDelete(id);
  for (const row of db.instance_type_extra_specs.find({ instance_type_id: id })) {
    db.instance_type_extra_specs.softDelete(row.id);
  }
  for (const row of db.instance_type_projects.find({ instance_type_id: id })) {
    db.instance_type_projects.softDelete(row.id);
  }
}

/** The projects that a flavor was granted to. */
export const flavorProjects = (db: NovaDatabase, id: number): string[] =>
  db.instance_type_projects.find({ instance_type_id: id }).map(({ project_id }) => project_id);

/** `_flavor_get_id_from_flavor`: whoever may see it. @throws FlavorNotFound */
function idOfFlavor(db: NovaDatabase, flavor_id: string): number {
  const [row] = alike(db.instance_types.find(), flavorIdOf, flavor_id);
  if (row === undefined) throw new FlavorNotFound({ flavor_id });
  return row.id;
}

/**
 * Public flavors can be granted as well. @returns the projects that have it then
 * @throws FlavorNotFound, FlavorAccessExists
 */
export function addFlavorAccess(db: NovaDatabase, flavorid: string, project_id: string): string[] {
  const id = idOfFlavor(db, flavorid);
  if (flavorProjects(db, id).includes(project_id)) {
    throw new FlavorAccessExists({ flavor_id: flavorid, project_id });
  }
  db.instance_type_projects.insert({ instance_type_id: id, project_id });
  return flavorProjects(db, id);
}

/** @returns the projects that have it then. @throws FlavorNotFound, FlavorAccessNotFound */
export function removeFlavorAccess(
  db: NovaDatabase,
  flavorid: string,
  project_id: string,
): string[] {
  const id = idOfFlavor(db, flavorid);
  const row = db.instance_type_projects.first({ instance_type_id: id, project_id });
  if (row === undefined) throw new FlavorAccessNotFound({ flavor_id: flavorid, project_id });
  db.instance_type_projects.softDelete(row.id);
  return flavorProjects(db, id);
}

/** Add to the extra specs, or change them. */
export function setExtraSpecs(
  db: NovaDatabase,
  id: number,
  specs: ReadonlyMap<string, string>,
): void {
  for (const [key, value] of specs) {
    const row = db.instance_type_extra_specs.first({ instance_type_id: id, key });
    if (row === undefined)
      db.instance_type_extra_specs.insert({ instance_type_id: id, key, value });
    else db.instance_type_extra_specs.update(row.id, { value });
  }
}

/** @throws FlavorExtraSpecsNotFound */
export function deleteExtraSpec(
  db: NovaDatabase,
  { id, flavorid }: { readonly id: number; readonly flavorid: string },
  key: string,
): void {
  const row = db.instance_type_extra_specs.first({ instance_type_id: id, key });
  if (row === undefined) {
    throw new FlavorExtraSpecsNotFound({ flavor_id: flavorid, extra_specs_key: key });
  }
  db.instance_type_extra_specs.softDelete(row.id);
}
