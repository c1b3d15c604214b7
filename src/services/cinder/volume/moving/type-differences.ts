/**
 * Whether two volume types ask for the same: by their extra specs, their qualities of service and how they encrypt,
 * whatever these sets are called. Upstream: cinder/volume/volume_types.py (volume_types_diff) at 2014.2.
 */
import { isObject, type JsonObject } from "../../../../python/index.js";
import type { CinderDatabase } from "../../db/database.js";
import { encryptionGet } from "../../db/encryption.js";
import { qosSpecsOfType, type QosSpecs } from "../../db/qos-specs.js";
import { volumeTypeGet } from "../../db/volume-types.js";

/** @throws VolumeTypeNotFound */
export function typesAreEqual(
  db: CinderDatabase,
  one: string | null,
  other: string | null,
): boolean {
  const [mine, its] = [wishesOf(db, one), wishesOf(db, other)];
  return mine.every((wishes, part) => same(wishes, its[part] ?? {}));
}

/** No type asks for nothing. */
function wishesOf(db: CinderDatabase, type: string | null): readonly JsonObject[] {
  if (type === null) return [{}, {}, {}];
  const { extra_specs } = volumeTypeGet(db, type);
  const qos = qosSpecsOfType(db, type);
  const encryption = encryptionGet(db, type);
  return [
    extra_specs,
    qos === null ? {} : plain(qos),
    encryption === undefined
      ? {}
      : {
          cipher: encryption.cipher,
          key_size: encryption.key_size,
          provider: encryption.provider,
          control_location: encryption.control_location,
        },
  ];
}

/** Without what it is called by. */
function plain({ id: _id, name: _name, specs = null, ...others }: QosSpecs): JsonObject {
  return { ...others, ...(isObject(specs) ? specs : {}) };
}

function same(one: JsonObject, other: JsonObject): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every(
    (key) => Object.hasOwn(one, key) && Object.hasOwn(other, key) && one[key] === other[key],
  );
}
