/** What the answer about an account says in its headers. Upstream: swift/account/utils.py at 2.2.0. */
import type { Headers } from "../../../http/index.js";
import { timestamp } from "../common/timestamp.js";
import type { AccountBroker } from "./account-broker.js";

/** The one storage policy that there is (swift/common/storage_policy.py). */
export const POLICY = "Policy-0";

/** An account, or the one that is made up where there is none. */
export type Totals = Pick<
  AccountBroker,
  "containerCount" | "objectCount" | "bytesUsed" | "createdAt" | "putTimestamp"
> &
  Partial<Pick<AccountBroker, "shownMetadata">>;

export function accountHeaders(account: Totals): Headers {
  const { containerCount, objectCount, bytesUsed, createdAt, putTimestamp } = account;
  const policy = `x-account-storage-policy-${POLICY.toLowerCase()}`;
  // A policy has a row of its own from its first container on.
  const used = containerCount > 0 || objectCount > 0;
  return Object.fromEntries<string>([
    ["x-account-container-count", String(containerCount)],
    ["x-account-object-count", String(objectCount)],
    ["x-account-bytes-used", String(bytesUsed)],
    ["x-timestamp", timestamp(createdAt)],
    ["x-put-timestamp", timestamp(putTimestamp)],
    ...(used
      ? ([
          [`${policy}-container-count`, String(containerCount)],
          [`${policy}-object-count`, String(objectCount)],
          [`${policy}-bytes-used`, String(bytesUsed)],
        ] as const)
      : []),
    ...(account.shownMetadata?.() ?? []),
  ]);
}
