/**
 * What is otherwise between what was written of a resource and what is written now: whole sections, and single
 * properties as they resolve. Upstream: heat/engine/rsrc_defn.py (freeze, __eq__), heat/engine/resource.py
 * (_needs_update, update_template_diff, update_template_diff_properties) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { dumps, truth, ValueError, type Json, type JsonObject } from "../../../../python/index.js";
import type { Properties } from "../properties/properties.js";
import { resolve } from "../template/function.js";
import type { ResourceDefinition } from "../template/resource-definition.js";

/** A definition with nothing left to resolve. */
export interface FrozenDefinition {
  readonly type: string;
  readonly properties: Json;
  readonly metadata: Json;
  readonly depends: readonly string[];
  readonly deletionPolicy: string | null;
  readonly updatePolicy: Json;
}

/** @param stored its properties as they were resolved last, if they were */
export function* frozenDefinition(
  definition: ResourceDefinition,
  stored: JsonObject | null,
): Op<FrozenDefinition> {
  const { type, depends, deletionPolicy, properties } = definition;
  const empty = stored !== null && !truth(stored) && properties === null;
  return {
    ...{ type, depends, deletionPolicy },
    properties: stored === null ? yield* resolve(properties) : empty ? null : stored,
    metadata: yield* resolve(definition.metadata),
    updatePolicy: yield* resolve(definition.updatePolicy),
  };
}

/** Whether both would be written alike. */
export const sameDefinition = (a: FrozenDefinition, b: FrozenDefinition): boolean =>
  dumps(sectionsOf(a)) === dumps(sectionsOf(b));

/** By the names of CloudFormation; what is not there is left out. */
function sectionsOf(definition: FrozenDefinition): JsonObject {
  const { type, properties, metadata, depends, deletionPolicy, updatePolicy } = definition;
  return {
    Type: type,
    ...(properties !== null && { Properties: properties }),
    ...(metadata !== null && { Metadata: metadata }),
    ...(depends.length > 0 && { DependsOn: depends }),
    ...(deletionPolicy !== null && { DeletionPolicy: deletionPolicy }),
    ...(updatePolicy !== null && { UpdatePolicy: updatePolicy }),
  };
}

/** A change before it is known how much of one it is. */
export interface PendingChange {
  readonly before: FrozenDefinition;
  readonly after: ResourceDefinition;
  readonly beforeProperties: Properties;
  readonly afterProperties: Properties;
}

/** Whether some property resolves to something else; if one cannot be resolved, that is something else. */
export function* propertiesDiffer({
  beforeProperties,
  afterProperties,
}: PendingChange): Op<boolean> {
  try {
    const before = yield* beforeProperties.all();
    return dumps(before) !== dumps(yield* afterProperties.all());
  } catch (error) {
    if (error instanceof ValueError) return true;
    throw error;
  }
}

/** `update_template_diff`: sections that have changed, as they are now; null for what is gone. */
export function* changedSections({ before, after }: PendingChange): Op<JsonObject> {
  const old = sectionsOf(before);
  const now = sectionsOf(yield* frozenDefinition(after, null));
  return differing(old, now, [...new Set([...Object.keys(old), ...Object.keys(now)])]);
}

/** `update_template_diff_properties`: the same of single properties. @throws ValueError */
export function* changedProperties({
  beforeProperties,
  afterProperties,
}: PendingChange): Op<JsonObject> {
  const now = yield* afterProperties.all();
  return differing(yield* beforeProperties.all(), now, Object.keys(now));
}

const differing = (old: JsonObject, now: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(
    keys
      .filter((key) => dumps(old[key] ?? null) !== dumps(now[key] ?? null))
      .map((key) => [key, now[key] ?? null]),
  );
