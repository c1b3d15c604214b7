/**
 * Configuration groups, as those read them who apply them. Upstream: trove/configuration/models.py
 * (Configuration) at 2014.2.
 */
import type { JsonObject } from "../../../python/index.js";
import type { Row } from "../../../framework/index.js";
import type { TroveContext } from "../context.js";
import type { TroveDatabase } from "../db/database.js";
import type { ConfigurationRow } from "../db/schema.js";
import { ModelNotFoundError, NotFound } from "../exception.js";

/** @throws ModelNotFoundError, for whoever may not see it as well */
export function configurationById(
  { configurations }: TroveDatabase,
  { is_admin, project_id }: Pick<TroveContext, "is_admin" | "project_id">,
  id: string,
): Row<ConfigurationRow> {
  const group = configurations.get(id);
  if (group !== undefined && (is_admin || group.tenant_id === project_id)) return group;
  throw new ModelNotFoundError({}, `Configuration group with ID ${id} could not be found.`);
}

/** `get_configuration_overrides`. */
export function overridesOf(db: TroveDatabase, configuration_id: string | null): JsonObject {
  if (configuration_id === null) return {};
  const items = db.configuration_parameters.find({ configuration_id });
  return Object.fromEntries(
    items.map(({ configuration_key, configuration_value }) => [
      configuration_key,
      configuration_value,
    ]),
  );
}

/** `does_configuration_need_restart`. @throws ModelNotFoundError, NotFound */
export function needsRestart(db: TroveDatabase, id: string): boolean {
  const group = db.configurations.get(id);
  if (group === undefined) throw new ModelNotFoundError({}, "DBConfiguration Not Found");
  const { datastore_version_id } = group;
  return db.configuration_parameters
    .find({ configuration_id: id })
    .some(({ configuration_key }) => {
      const parameter = db.datastore_configuration_parameters.first({
        ...{ datastore_version_id, name: configuration_key },
      });
      if (parameter === undefined) throw new NotFound({ uuid: configuration_key });
      return parameter.restart_required;
    });
}
