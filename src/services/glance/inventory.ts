/**
 * What Glance holds: images that shelved servers will come back from, uploads that nobody will finish,
 * data that no image speaks of. What people have uploaded themselves is nobody's leftover.
 */
import { glanceClaims, withoutFiles } from "./invariants/claims.js";
import type { Inventory, Thing } from "../../framework/inventory.js";
import { wentWrongSince } from "../../framework/mishaps.js";
import type { Premises } from "../../framework/project.js";
import type { GlanceDatabase } from "./database.js";
import type { ImageFiles } from "./stores/file-store.js";

export function glanceInventory(
  db: GlanceDatabase,
  files: ImageFiles,
  { mishaps }: Pick<Premises, "mishaps">,
): Inventory {
  const images = db.images.find();
  const located = new Set(db.locations.find().map(({ value }) => value));
  return {
    things: images.map(({ uuid }) => ({ kind: "image", id: uuid })),
    dependents: images.flatMap(({ uuid, name }) =>
      isOfShelved(db, uuid, name)
        ? [
            {
              what: `image ${uuid} (${name ?? ""})`,
              of: { kind: "shelved server's image", id: uuid },
              otherwise: "no shelved server knows of it",
              by: serverOf(db, uuid),
            },
          ]
        : [],
    ),
    spent: db.locations.findAny().flatMap(({ value, status, image_id }) => {
      const id = objectAt(value);
      if (id === undefined || status === "active") return [];
      return [{ kind: "object", id, why: `has the data of image ${image_id}, which is gone` }];
    }),
    claims: glanceClaims(db),
    broken: withoutFiles(db, files),
    wrong: [
      ...images
        .filter(({ status }) => status === "saving")
        .map(({ uuid, status }) => ({
          invariant: "at-rest" as const,
          what: `image ${uuid}: stays ${status}`,
          where: "glance.images",
          exception: wentWrongSince(mishaps, db.imageStatus.of(uuid) ?? Infinity)
            ? "upload-ends-with-its-process"
            : undefined,
        })),
      ...files.paths
        .filter((path) => !located.has(`file://${path}`))
        .map((path) => ({
          invariant: "owner" as const,
          what: `file ${path}: no image is there`,
          where: "glance.image_locations",
          exception: mishaps.length > 0 ? "upload-ends-with-its-process" : undefined,
        })),
    ],
  };
}

/** The server that a snapshot is of, as nova-api has written it there. */
const serverOf = (db: GlanceDatabase, image_id: string): Thing | undefined => {
  const [of] = db.properties.find({ image_id }).filter(({ name }) => name === "instance_uuid");
  const id = of?.value ?? undefined;
  return id === undefined ? undefined : { kind: "shelving of server", id };
};

/** As nova-api names and marks them (nova/compute/api.py: shelve). */
const isOfShelved = (db: GlanceDatabase, image_id: string, name: string | null): boolean =>
  name?.endsWith("-shelved") === true &&
  db.properties
    .find({ image_id })
    .some((property) => property.name === "image_type" && property.value === "snapshot");

/** `swift+http://user:key@auth/container/object`: the last two. */
function objectAt(location: string): string | undefined {
  return location.startsWith("swift") ? location.split("/").slice(-2).join("/") : undefined;
}
