/**
 * What a user has said of a server for Ceilometer's sake: metadata with a prefix. Upstream:
 * ceilometer/compute/util.py at 2014.2.
 */
import { integer, list, type FlagsOf } from "../../framework/index.js";
import { setMember, type Json, type JsonObject } from "../../python/index.js";

export const userMetadataFlags = {
  reserved_metadata_namespace: list(
    ["metering."],
    "List of metadata prefixes reserved for metering use",
  ),
  reserved_metadata_length: integer(256, "Limit on length of reserved metadata values"),
};

/** `add_reserved_user_metadata`: `properties`, with what of `metadata` has a prefix. */
export function withUserMetadata(
  flags: FlagsOf<typeof userMetadataFlags>,
  metadata: JsonObject,
  properties: JsonObject,
): JsonObject {
  const limit = flags.reserved_metadata_length;
  const kept: Record<string, Json> = {};
  for (const prefix of flags.reserved_metadata_namespace) {
    for (const [key, value] of Object.entries(metadata)) {
      const name = key.slice(prefix.length).replaceAll(".", "_");
      if (!key.startsWith(prefix) || Object.hasOwn(properties, name)) continue;
      setMember(kept, name, typeof value === "string" ? value.slice(0, limit) : value);
    }
  }
  return Object.keys(kept).length === 0 ? properties : { ...properties, user_metadata: kept };
}
