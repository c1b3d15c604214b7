/** What of a request's headers a database keeps. Upstream: PUT and POST of swift/{account,container}/server.py. */
import type { Headers } from "../../../http/index.js";
import { isSysOrUserMeta } from "../common/headers.js";
import type { Timestamp } from "../common/timestamp.js";
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
