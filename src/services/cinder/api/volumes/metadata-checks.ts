/**
 * What users may say of a volume or snapshot that is there already; of a new volume, other words are used
 * (`create/checks.ts`). Upstream: cinder/volume/api.py (_check_metadata_properties) at 2014.2.
 */
import type { Env } from "../../../../framework/index.js";
import {
  asDict,
  AttributeError,
  contains,
  isObject,
  length,
  truth,
  typeName,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { Metadata } from "../../db/pairs.js";
import { InvalidVolumeMetadata, InvalidVolumeMetadataSize } from "../../exception.js";

const LONGEST = 255;

/** @throws InvalidVolumeMetadata, InvalidVolumeMetadataSize; PythonTypeError for a value without length */
export function checkMetadata(env: Env, metadata: JsonObject): void {
  const refuse = (reason: string): string => {
    env.log("warning", reason);
    return reason;
  };
  const sized = (what: string): InvalidVolumeMetadataSize => {
    const reason = refuse(`Metadata property ${what} greater than 255 characters`);
    return new InvalidVolumeMetadataSize({ reason });
  };
  for (const [key, value] of Object.entries(metadata)) {
    if (key === "") {
      throw new InvalidVolumeMetadata({ reason: refuse("Metadata property key blank") });
    }
    if (key.length > LONGEST) throw sized("key");
    if (length(value) > LONGEST) throw sized("value");
  }
}

/**
 * What is to stand in the place of `current`, whose keys are looked for in it before its items are wanted.
 * @param method what the database calls on it
 * @throws AttributeError for what has no items, PythonTypeError for what nothing can be in
 */
export function replacing(current: Metadata, given: Json, method: string): JsonObject {
  for (const key of Object.keys(current)) contains(given, key);
  return asDict(given, method);
}

/** @throws AttributeError for what has no items */
export function metadataIn(metadata: Json): JsonObject {
  if (!truth(metadata)) return {};
  if (isObject(metadata)) return metadata;
  throw new AttributeError(`'${typeName(metadata)}' object has no attribute 'iteritems'`);
}
