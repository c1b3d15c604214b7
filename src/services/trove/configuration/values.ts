/**
 * Values of configuration groups, and the rules that an operator has loaded for a version: without any, no
 * parameter may be set. Upstream: trove/configuration/service.py (_validate_configuration),
 * trove/configuration/models.py (DatastoreConfigurationParameters) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import { dictOrder, type Json, type JsonObject } from "../../../python/index.js";
import type { TroveDatabase } from "../db/database.js";
import type { DatastoreParameterRow } from "../db/schema.js";
import type { DatastoreVersion } from "../datastores.js";
import { NotFound, TroveError, UnprocessableEntity } from "../exception.js";
import type { TroveParts } from "../parts.js";

/** `values.iteritems()`. */
export const inOrder = (values: JsonObject): readonly (readonly [string, Json])[] =>
  dictOrder(Object.keys(values)).map((key) => [key, values[key] ?? null]);

/** @throws NotFound, UnprocessableEntity */
export function checkValues(
  { env, db }: Pick<TroveParts, "env" | "db">,
  version: DatastoreVersion,
  values: JsonObject,
): void {
  env.log("info", "Validating configuration values");
  for (const [key, value] of inOrder(values)) {
    const rule = ruleOf(db, version, key);
    if (!isOfType(rule.data_type, value)) {
      throw new UnprocessableEntity(
        {},
        `The value provided for the configuration parameter ${key} is not of type ${rule.data_type}.`,
      );
    }
    if (typeof value !== "number") continue;
    const about = `The value for the configuration parameter ${key} is`;
    const [min, max] = [rule.min_size ?? 0, rule.max_size ?? Infinity];
    if (value < min) {
      const words = `${about} less than the minimum allowed: ${String(min)}`;
      throw new UnprocessableEntity({}, words);
    }
    if (value > max) {
      const words = `${about} greater than the maximum allowed: ${String(max)}`;
      throw new UnprocessableEntity({}, words);
    }
  }
}

function isOfType(type: string, value: Json): boolean {
  if (type === "boolean") return typeof value === "boolean";
  if (type === "string") return typeof value === "string";
  if (type === "integer") return typeof value === "boolean" || Number.isInteger(value);
  throw new TroveError(
    {},
    "Invalid or unsupported type defined in the configuration-parameters configuration file.",
  );
}

/** @throws NotFound */
export function ruleOf(
  { datastore_configuration_parameters: rules }: TroveDatabase,
  { uuid: datastore_version_id }: Pick<DatastoreVersion, "uuid">,
  name: string,
): Row<DatastoreParameterRow> {
  const rule = rules.first({ datastore_version_id, name });
  if (rule === undefined) throw new NotFound({ uuid: name });
  return rule;
}
