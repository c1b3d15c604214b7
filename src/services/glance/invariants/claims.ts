/**
 * What Glance's rows say of others: in whose project an image is, and that the data of one that is active lies where its
 * location says. Upstream: glance/store/__init__.py (get_from_backend) at 2014.2.
 */
import type { Finding } from "../../../framework/invariants.js";
import type { Claim } from "../../../framework/inventory.js";
import { inProject } from "../../../framework/ownership.js";
import type { GlanceDatabase } from "../database.js";
import type { ImageFiles } from "../stores/file-store.js";

const FILE = "file://";

export const glanceClaims = (db: GlanceDatabase): readonly Claim[] => [
  ...db.images
    .find()
    .flatMap(({ uuid, owner }) => inProject(`image ${uuid}`, "glance.images", owner)),
  ...db.images.find({ status: "active" }).flatMap(({ uuid }) =>
    db.locations
      .find({ image_id: uuid })
      .filter(({ value, status }) => status === "active" && value.startsWith("swift"))
      .map(({ value }) => ({
        ...{ invariant: "made" as const, what: `image ${uuid}`, where: "glance.image_locations" },
        // `swift+http://user:key@auth/container/object`: the last two.
        of: { kind: "object", id: value.split("/").slice(-2).join("/") },
      })),
  ),
];

/** Images that are active, and whose files are gone. */
export function withoutFiles(db: GlanceDatabase, files: ImageFiles): readonly Finding[] {
  const there = new Set(files.paths);
  return db.images.find({ status: "active" }).flatMap(({ uuid }) =>
    db.locations
      .find({ image_id: uuid })
      .filter(({ value, status }) => status === "active" && value.startsWith(FILE))
      .filter(({ value }) => !there.has(value.slice(FILE.length)))
      .map(({ value }) => ({
        ...{ invariant: "made" as const, where: "glance.image_locations" },
        what: `image ${uuid}: there is no file ${value.slice(FILE.length)}`,
      })),
  );
}
