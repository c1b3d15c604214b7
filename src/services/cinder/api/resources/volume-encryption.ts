/**
 * How a volume is encrypted, for whoever attaches it. A single item is answered as bare text, and a
 * number not at all. Upstream: cinder/api/contrib/volume_encryption_metadata.py at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { bytesRepr, KeyError, type JsonObject } from "../../../../python/index.js";
import { encryptionGet } from "../../db/encryption.js";
import { volumeGet } from "../../db/volumes.js";
import { plainFault } from "../faults.js";
import { BOTH, inVersions, type CinderCall } from "../route.js";

const RULE = "volume_extension:volume_encryption_metadata";

export const volumeEncryptionRoutes = inVersions(BOTH, (route) => [
  route("GET", "/volumes/{id}/encryption", RULE, function* (call) {
    return respond(200, metadataOf(call));
  }),
  route("GET", "/volumes/{id}/encryption/{key}", RULE, show),
]);

/** @throws VolumeNotFound */
function metadataOf({ app: { db }, ctxt, params }: CinderCall<"id">): JsonObject {
  const { encryption_key_id, volume_type_id } = volumeGet(db, ctxt, params.id);
  const encryption = encryptionGet(db, volume_type_id);
  if (encryption === undefined) return { encryption_key_id: null };
  const { control_location, cipher, key_size, provider } = encryption;
  return { encryption_key_id, control_location, cipher, key_size, provider };
}

/** @throws KeyError for what is not there, HttpFault 500 for a number */
function* show(call: CinderCall<"id" | "key">): Op<HttpResponse> {
  const { key } = call.params;
  const metadata = metadataOf(call);
  if (!Object.hasOwn(metadata, key)) throw new KeyError(bytesRepr(key));
  const value = metadata[key] ?? null;
  if (value === null) return respond(200);
  if (typeof value !== "string") throw plainFault(500);
  return respond(200, value, { "content-type": "text/html; charset=UTF-8" });
}
