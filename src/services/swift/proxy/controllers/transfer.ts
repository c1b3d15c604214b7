/**
 * Of a client's headers, what goes on to the storage servers: metadata, and what takes some away.
 * Upstream: swift/proxy/controllers/base.py (transfer_headers) at 2.2.0.
 */
import { isSysOrUserMeta, type EntityType, type HeaderMap } from "../../common/headers.js";

const PASSED: Readonly<Record<EntityType, readonly string[]>> = {
  account: [],
  container: [
    "x-container-read",
    "x-container-write",
    "x-container-sync-key",
    "x-container-sync-to",
    "x-versions-location",
  ],
  object: [],
};

const REMOVED: Readonly<Record<EntityType, readonly string[]>> = {
  account: [],
  container: ["x-remove-container-read", "x-remove-container-write", "x-remove-versions-location"],
  object: [],
};

export function transferred(type: EntityType, headers: HeaderMap): HeaderMap {
  const sent: HeaderMap = new Map();
  for (const name of headers.keys()) {
    if (name.startsWith(`x-remove-${type}-meta-`) || REMOVED[type].includes(name)) {
      sent.set(name.replace("-remove", ""), "");
    }
  }
  for (const [name, value] of headers) {
    if (PASSED[type].includes(name) || isSysOrUserMeta(type, name)) sent.set(name, value);
  }
  return sent;
}
