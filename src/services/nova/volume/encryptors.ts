/**
 * How a volume is encrypted, which Cinder is asked for wherever the volume comes to a guest or leaves it, if its
 * connection says that it is. What an encryptor then does on the host, with keys and cryptsetup, is not modelled and
 * never fails. Upstream: nova/volume/encryptors/__init__.py (get_encryption_metadata) at 2014.2.
 */
import { originalMessage } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { isObject, truth, type Json, type JsonObject } from "../../../python/index.js";
import type { VolumeApi } from "./cinder.js";

/** A way to Cinder, and a log. */
export interface EncryptionAsker {
  readonly volumes: Pick<VolumeApi, "get_volume_encryption_metadata">;
  log(level: "error", message: string): void;
}

/** Empty where nothing is encrypted. @throws what Cinder's client raises */
export function* encryptionMetadata(
  asker: EncryptionAsker,
  ctxt: RequestContext,
  volumeId: string,
  connection: JsonObject | null,
): Op<JsonObject> {
  if (!encrypted(connection)) return {};
  try {
    return yield* asker.volumes.get_volume_encryption_metadata(ctxt, volumeId);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const said = originalMessage(error);
    asker.log("error", `Failed to retrieve encryption metadata for volume ${volumeId}: ${said}`);
    throw error;
  }
}

const dataOf = (connection: JsonObject | null): JsonObject => {
  const data = connection?.["data"];
  return isObject(data) ? data : {};
};

const encrypted = (connection: JsonObject | null): boolean =>
  truth(dataOf(connection)["encrypted"] ?? null);

/** The volume, as its connection says; null: it does not. */
export const volumeIn = (connection: JsonObject | null): Json =>
  dataOf(connection)["volume_id"] ?? null;
