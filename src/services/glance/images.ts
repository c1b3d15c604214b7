/**
 * Images in the database: who may see and change which, and from which state. The registry stands
 * before it for v1; the v2 API uses it directly. Upstream: glance/db/sqlalchemy/api.py.
 */
import { HttpFault } from "../../http/index.js";
import type { ImageContext } from "./context.js";
import type { GlanceDatabase, ImageRow, ImageStatus } from "./database.js";
import { imageNotFound } from "./faults.js";
import type { ImageChanges, ImageMeta, Properties } from "./image-meta.js";

type Caller = Pick<ImageContext, "owner" | "is_admin">;

const COLUMNS = [
  ...["name", "status", "size", "checksum", "disk_format", "container_format"],
  ...["min_disk", "min_ram", "owner", "is_public", "protected"],
] as const;

export class Images {
  readonly #db: GlanceDatabase;

  constructor(database: GlanceDatabase) {
    this.#db = database;
  }

  /** Those that the caller may see, the newest first. */
  visible(caller: Caller): ImageRow[] {
    return this.#db.images
      .find()
      .filter((image) => this.mayBeSeen(caller, image))
      .reverse();
  }

  /** An admin sees deleted images, too. @throws HttpFault 404 */
  get(caller: Caller, id: string): ImageRow {
    const { images } = this.#db;
    const image = caller.is_admin ? images.getAny(id) : images.get(id);
    if (image === undefined || !this.mayBeSeen(caller, image)) throw imageNotFound(id);
    return image;
  }

  mayBeSeen({ is_admin, owner }: Caller, image: ImageRow): boolean {
    if (is_admin || image.is_public || image.owner === null || image.owner === owner) return true;
    return this.#db.members.first({ image_id: image.uuid, member: owner }) !== undefined;
  }

  /** An image that the caller may change. @throws HttpFault 403, 404 */
  getMutable(caller: Caller, id: string): ImageRow {
    const image = this.get(caller, id);
    if (caller.is_admin || image.owner === caller.owner) return image;
    throw new HttpFault(403, "You do not own this image");
  }

  /** @throws HttpFault 409 if the id is taken */
  create(values: ImageChanges & { readonly id: string }): ImageRow {
    const { id, properties, location } = values;
    if (this.#db.images.getAny(id) !== undefined) {
      throw new HttpFault(409, `Image with identifier ${id} already exists!`);
    }
    const image = this.#db.images.insert({
      uuid: id,
      name: values.name ?? null,
      status: values.status ?? "queued",
      size: values.size ?? null,
      checksum: values.checksum ?? null,
      disk_format: values.disk_format ?? null,
      container_format: values.container_format ?? null,
      min_disk: values.min_disk ?? 0,
      min_ram: values.min_ram ?? 0,
      owner: values.owner ?? null,
      is_public: values.is_public ?? false,
      protected: values.protected ?? false,
    });
    this.#setProperties(id, properties ?? {}, false);
    if (location) this.setLocation(id, location);
    return image;
  }

  /**
   * Change an image, if it is in the state that the writer thinks it is in.
   * @throws HttpFault 404, 409
   */
  update(
    id: string,
    changes: ImageChanges,
    { fromState, purge = false }: { fromState?: ImageStatus | undefined; purge?: boolean } = {},
  ): ImageRow {
    const before = this.#db.images.get(id);
    if (before === undefined) throw imageNotFound(id);
    if (fromState !== undefined && before.status !== fromState) {
      throw new HttpFault(
        409,
        `cannot transition from ${before.status} to ${changes.status ?? before.status} in update ` +
          `(wanted from_state=${fromState})`,
      );
    }
    const columns: Record<string, unknown> = {};
    for (const column of COLUMNS) {
      const value = changes[column as keyof ImageChanges];
      if (value !== undefined) columns[column] = value;
    }
    const after = this.#db.images.update(id, columns) as ImageRow;
    if (changes.properties !== undefined) this.#setProperties(id, changes.properties, purge);
    if (changes.location) this.setLocation(id, changes.location);
    return after;
  }

  /** Mark an image and all that belongs to it as deleted. @throws HttpFault 403, 404 */
  destroy(id: string): ImageRow {
    const image = this.#db.images.get(id);
    if (image === undefined) throw imageNotFound(id);
    if (image.protected)
      throw new HttpFault(403, `Image ${id} is protected and cannot be deleted.`);
    const { properties, locations, members, tags } = this.#db;
    for (const row of properties.find({ image_id: id })) properties.softDelete(row.id);
    for (const row of locations.find({ image_id: id })) {
      locations.softDelete(row.id, { status: "deleted" });
    }
    for (const row of members.find({ image_id: id })) members.softDelete(row.id);
    for (const row of tags.find({ image_id: id })) tags.softDelete(row.id);
    // The API has set it to `deleted`, or to `pending_delete` for the scrubber.
    const status = image.status === "pending_delete" ? "pending_delete" : "deleted";
    return this.#db.images.softDelete(id, { status }) as ImageRow;
  }

  setLocation(id: string, value: string): void {
    const { locations } = this.#db;
    if (locations.first({ image_id: id, value }) !== undefined) return;
    locations.insert({ image_id: id, value, status: "active" });
  }

  location(id: string): string | null {
    return this.#db.locations.first({ image_id: id })?.value ?? null;
  }

  properties(image: ImageRow): Record<string, string> {
    const { properties } = this.#db;
    // Those of a deleted image went with it and are shown with it.
    const rows =
      image.deleted === 0
        ? properties.find({ image_id: image.uuid })
        : properties.findAny({ image_id: image.uuid });
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  }

  /** The image as v1 and the registry speak of it. */
  meta(image: ImageRow): ImageMeta {
    const seconds = (stamp: string): string => stamp.slice(0, 19);
    return {
      id: image.uuid,
      name: image.name,
      status: image.status,
      size: image.size,
      checksum: image.checksum,
      disk_format: image.disk_format,
      container_format: image.container_format,
      min_disk: image.min_disk,
      min_ram: image.min_ram,
      owner: image.owner,
      is_public: image.is_public,
      protected: image.protected,
      deleted: image.deleted !== 0,
      created_at: seconds(image.created_at),
      updated_at: seconds(image.updated_at ?? image.created_at),
      deleted_at: image.deleted_at === null ? null : seconds(image.deleted_at),
      properties: this.properties(image),
      location: this.location(image.uuid),
    };
  }

  /** `purge`: those that are not named go. */
  #setProperties(id: string, values: Properties, purge: boolean): void {
    const { properties } = this.#db;
    for (const [name, value] of Object.entries(values)) {
      const known = properties.first({ image_id: id, name });
      if (known === undefined) properties.insert({ image_id: id, name, value: value ?? "" });
      else if (known.value !== value) properties.update(known.id, { value: value ?? "" });
    }
    if (!purge) return;
    for (const { id: row, name } of properties.find({ image_id: id })) {
      if (!Object.hasOwn(values, name)) properties.remove(row);
    }
  }
}
