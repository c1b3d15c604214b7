/**
 * Flavors are made, granted, described and removed. Upstream: nova/db/sqlalchemy/api.py (flavor_create,
 * flavor_destroy, flavor_access_*, flavor_extra_specs_*) at 2014.2; nova §5.2, §6.
 */
import type { Row } from "../../../framework/index.js";
import {
  FlavorAccessExists,
  FlavorAccessNotFound,
  FlavorExists,
  FlavorExtraSpecsNotFound,
  FlavorIdExists,
} from "../exception.js";
import type { NovaDatabase } from "./database.js";
import type { InstanceTypeRow } from "./schema.js";

/** @throws FlavorIdExists, FlavorExists */
export function createFlavor(db: NovaDatabase, values: InstanceTypeRow): Row<InstanceTypeRow> {
  const { flavorid, name } = values;
  if (db.instance_types.first({ flavorid }) !== undefined) {
    throw new FlavorIdExists({ flavor_id: flavorid });
  }
  if (db.instance_types.first({ name }) !== undefined) throw new FlavorExists({ name });
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

/** Public flavors can be granted as well. @throws FlavorAccessExists */
export function addFlavorAccess(
  db: NovaDatabase,
  { id, flavorid }: { readonly id: number; readonly flavorid: string },
  project_id: string,
): void {
  if (flavorProjects(db, id).includes(project_id)) {
    throw new FlavorAccessExists({ flavor_id: flavorid, project_id });
  }
  db.instance_type_projects.insert({ instance_type_id: id, project_id });
}

/** @throws FlavorAccessNotFound */
export function removeFlavorAccess(
  db: NovaDatabase,
  { id, flavorid }: { readonly id: number; readonly flavorid: string },
  project_id: string,
): void {
  const row = db.instance_type_projects.first({ instance_type_id: id, project_id });
  if (row === undefined) throw new FlavorAccessNotFound({ flavor_id: flavorid, project_id });
  db.instance_type_projects.softDelete(row.id);
}

/** Add to the extra specs, or change them. */
export function setExtraSpecs(
  db: NovaDatabase,
  id: number,
  specs: Readonly<Record<string, string>>,
): void {
  for (const [key, value] of Object.entries(specs)) {
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
