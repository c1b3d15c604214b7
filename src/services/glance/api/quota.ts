/**
 * How much a tenant may keep, in bytes: looked at before an upload, when the size may not be known, and
 * after it. Upstream: glance/api/common.py (get_remaining_quota, check_quota) at 2014.2.
 */
import { StorageQuotaFull } from "../exception.js";
import type { ImageContext } from "../context.js";
import type { Op } from "../../../kernel/index.js";
import type { Stored } from "../stores/store.js";
import type { GlanceApp } from "./app.js";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["B", 1],
  ["KB", 1024],
  ["MB", 1_048_576],
  ["GB", 1_073_741_824],
  ["TB", 1_099_511_627_776],
]);

/** What is left, when there is room for so much; undefined without a quota. @throws StorageQuotaFull */
export function checkStorage(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  size: number | null,
): number | undefined {
  const quota = quotaOf(app);
  if (quota === undefined) return undefined;
  const remaining = quota - app.images.usage(ctxt.owner, id);
  const fits = size === null ? remaining > 0 : size <= remaining;
  if (fits) return remaining;
  const what = size === null ? "of unknown size" : `of size ${String(size)}`;
  app.env.log(
    "info",
    `User ${ctxt.user_id} attempted to upload an image ${what} that will exceeed the quota. ` +
      `${String(remaining)} bytes remaining.`,
  );
  throw new StorageQuotaFull({ image_size: size, remaining });
}

/** Whoever uploaded meanwhile may have taken what was left: then it goes. @throws StorageQuotaFull */
export function* checkStored(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  { size, location }: Pick<Stored, "size" | "location">,
): Op<void> {
  try {
    checkStorage(app, ctxt, id, size);
  } catch (error) {
    if (!(error instanceof StorageQuotaFull)) throw error;
    app.env.log("info", `Cleaning up ${id} after exceeding the quota`);
    yield* app.removeData(id, { url: location });
    throw error;
  }
}

function quotaOf({ env, flags: { user_storage_quota } }: GlanceApp): number | undefined {
  const [all, digits = "", unit = "B"] = /^(\d+)((?:K|M|G|T)?B)?$/.exec(user_storage_quota) ?? [];
  if (all === undefined) {
    env.log("warning", `Invalid value for option user_storage_quota: ${user_storage_quota}`);
    return undefined;
  }
  const quota = Number(digits) * (UNITS.get(unit) ?? 1);
  return quota > 0 ? quota : undefined;
}
