/**
 * What of a request's headers a database keeps, and what another replica says of it. Upstream: PUT and POST
 * of swift/{account,container}/server.py, swift/common/db.py (update_metadata) at 2.2.0.
 */
import type { Headers } from "../../../http/index.js";
import { isSysOrUserMeta } from "../common/headers.js";
import type { Timestamp } from "../common/timestamp.js";
import { isObject, type Json } from "../../../python/index.js";
import type { Metadata } from "./broker.js";

/** @param saved other headers that are kept, in lower case */
export const metadataIn = (
  type: "account" | "container",
  headers: Headers,
  at: Timestamp,
  saved: readonly string[] = [],
): Metadata =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => saved.includes(name) || isSysOrUserMeta(type, name))
      .map(([name, value]) => [name, [value, at] as const]),
  );

/** As replicas tell each other: each name with its value and when it was set. What is not so is left out. */
export const metadataOf = (told: Json | undefined): Metadata =>
  Object.fromEntries(
    Object.entries(told !== undefined && isObject(told) ? told : {}).flatMap(([name, entry]) => {
      const [value, at] = Array.isArray(entry) ? (entry as readonly Json[]) : [];
      return typeof value === "string" && typeof at === "string" ? [[name, [value, at]]] : [];
    }),
  );
