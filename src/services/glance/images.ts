/**
 * Images in the database: who may see and change which, and from which state. The registry stands
 * before it for v1; the v2 API uses it directly. Upstream: glance/db/sqlalchemy/api.py at 2014.2.
 */
import type { Row } from "../../framework/index.js";
import type { JsonObject } from "../../python/index.js";
import type { ImageContext } from "./context.js";
import type {
  GlanceDatabase,
  ImageLocation,
  ImageMember,
  ImageRow,
  ImageStatus,
} from "./database.js";
import {
  Conflict,
  Duplicate,
  Forbidden,
  ForbiddenPublicImage,
  Invalid,
  NotFound,
} from "./exception.js";
import type { ImageChanges, ImageMeta, LocationData, Properties } from "./image-meta.js";

/** A place of an image's data; without an id it is not in the database yet. */
export interface Location {
  readonly id?: number;
  readonly url: string;
  readonly metadata: JsonObject;
}

export type Caller = Pick<ImageContext, "owner" | "is_admin">;

const COLUMNS = [
  ...["name", "status", "size", "virtual_size", "checksum", "disk_format", "container_format"],
  ...["min_disk", "min_ram", "owner", "is_public", "protected"],
] as const;

const STATUSES: readonly string[] = [
  ...["active", "saving", "queued", "killed", "pending_delete", "deleted"],
];

export class Images {
  readonly #db: GlanceDatabase;

  constructor(database: GlanceDatabase) {
    this.#db = database;
  }

  /** An admin sees deleted images, too. @throws NotFound, Forbidden */
  get(caller: Caller, id: string, { deleted = caller.is_admin } = {}): ImageRow {
    const { images } = this.#db;
    const image = deleted ? images.getAny(id) : images.get(id);
    if (image === undefined) throw new NotFound({}, `No image found with ID ${id}`);
    if (this.mayBeSeen(caller, image)) return image;
    throw new Forbidden({}, `Forbidding request, image ${id} not visible`);
  }

  mayBeSeen(caller: Caller, image: ImageRow): boolean {
    if (caller.is_admin || image.is_public || image.owner === null) return true;
    if (image.owner === caller.owner) return true;
    return this.members(caller, { image_id: image.uuid, member: caller.owner }).length > 0;
  }

  /** @throws Forbidden, ForbiddenPublicImage */
  requireMutable({ is_admin, owner }: Caller, image: ImageRow): void {
    if (is_admin || (image.owner !== null && image.owner === owner)) return;
    const message = "You do not own this image";
    throw image.is_public ? new ForbiddenPublicImage({}, message) : new Forbidden({}, message);
  }

  /** Memberships, as far as they are the caller's affair. */
  members(
    { is_admin, owner }: Caller,
    which: Partial<Pick<ImageMember, "image_id" | "member" | "status">>,
  ): Row<ImageMember>[] {
    const found = this.#db.members.find(which);
    if (is_admin) return found;
    return found.filter(
      ({ member, image_id }) =>
        member === owner || this.#db.images.getAny(image_id)?.owner === owner,
    );
  }

  /** @throws Duplicate if the id is taken, Invalid */
  create(values: ImageChanges & { readonly id: string }): ImageRow {
    const { id, properties, location } = values;
    if (this.#db.images.getAny(id) !== undefined) {
      throw new Duplicate({}, `Image ID ${id} already exists!`);
    }
    const image = this.#db.images.insert({
      uuid: id,
      name: values.name ?? null,
      status: checkedStatus(values.status ?? "queued"),
      size: values.size ?? null,
      virtual_size: null,
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
   * @throws NotFound, Forbidden, Conflict, Invalid
   */
  update(
    caller: Caller,
    id: string,
    changes: ImageChanges,
    { fromState, purge = false }: { fromState?: ImageStatus | undefined; purge?: boolean } = {},
  ): ImageRow {
    const before = this.get(caller, id);
    this.requireMutable(caller, before);
    if (changes.status !== undefined) checkedStatus(changes.status);
    if (fromState !== undefined && before.status !== fromState) {
      throw new Conflict(
        {},
        `cannot transition from ${before.status} to ${changes.status ?? "None"} in update ` +
          `(wanted from_state=${fromState})`,
      );
    }
    const columns: Record<string, unknown> = {};
    for (const column of COLUMNS) {
      const value = changes[column as keyof ImageChanges];
      if (value !== undefined) columns[column] = value;
    }
    const after = this.#write(id, columns, before);
    if (changes.properties !== undefined) this.#setProperties(id, changes.properties, purge);
    if (changes.location) this.setLocation(id, changes.location);
    return after;
  }

  /** Mark an image and all that belongs to it as deleted. @throws NotFound, Forbidden */
  destroy(caller: Caller, id: string): ImageRow {
    const image = this.get(caller, id);
    this.requireMutable(caller, image);
    const { properties, locations, members, tags } = this.#db;
    for (const row of properties.find({ image_id: id })) properties.softDelete(row.id);
    for (const row of locations.find({ image_id: id })) {
      locations.softDelete(row.id, { status: "deleted" });
    }
    for (const row of members.find({ image_id: id })) members.softDelete(row.id);
    for (const row of tags.find({ image_id: id })) tags.softDelete(row.id);
    return this.#db.images.softDelete(id) ?? image;
  }

  setLocation(id: string, value: string): void {
    const { locations } = this.#db;
    if (locations.first({ image_id: id, value }) !== undefined) return;
    locations.insert({ image_id: id, value, meta_data: null, status: "active" });
  }

  /**
   * Instead of those that there are: a place without a row is new. Those with one keep it, gone or not.
   * Upstream: _image_locations_set.
   */
  setLocations(id: string, wanted: readonly Location[]): Location[] {
    const { locations } = this.#db;
    for (const row of locations.find({ image_id: id })) {
      if (!wanted.some((place) => place.id === row.id)) {
        locations.softDelete(row.id, { status: "deleted" });
      }
    }
    return wanted.map((place) => {
      if (place.id !== undefined) return place;
      const { url, metadata } = place;
      const meta_data = Object.keys(metadata).length > 0 ? metadata : null;
      const row = locations.insert({ image_id: id, value: url, meta_data, status: "active" });
      return { ...place, id: row.id };
    });
  }

  /** A place is no longer the image's; its data goes now or later. Upstream: image_location_delete. */
  dropLocation(row: number, status: "deleted" | "pending_delete"): void {
    this.#db.locations.softDelete(row, { status });
  }

  /** A place that never had a row, for the scrubber to find. Upstream: image_location_add. */
  leaveToScrubber(id: string, { url, metadata }: Location): void {
    const { locations } = this.#db;
    const meta_data = Object.keys(metadata).length > 0 ? metadata : null;
    const row = locations.insert({ image_id: id, value: url, meta_data, status: "active" });
    locations.softDelete(row.id, { status: "pending_delete" });
  }

  /** What a tenant's images take up, but for one. Upstream: _image_get_disk_usage_by_owner. */
  usage(owner: string, except: string): number {
    return this.#db.images
      .findAny({ owner })
      .filter(({ uuid, status }) => uuid !== except && status !== "killed" && status !== "deleted")
      .reduce((sum, { uuid, size }) => {
        const rows = this.#db.locations.findAny({ image_id: uuid });
        const held = rows.filter(({ status }) => status !== "deleted").length;
        return sum + (size ?? 0) * held;
      }, 0);
  }

  locations(id: string): Row<ImageLocation>[] {
    return this.#db.locations.find({ image_id: id, status: "active" });
  }

  location(id: string): string | null {
    return this.locations(id)[0]?.value ?? null;
  }

  properties(image: ImageRow): Record<string, string | null> {
    const { properties } = this.#db;
    // Those of a deleted image went with it and are shown with it.
    const rows =
      image.deleted === 0
        ? properties.find({ image_id: image.uuid })
        : properties.findAny({ image_id: image.uuid });
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  }

  tags(id: string): string[] {
    return this.#db.tags.find({ image_id: id }).map(({ value }) => value);
  }

  /** Instead of those that there are. */
  setTags(id: string, wanted: Iterable<string>): void {
    const { tags } = this.#db;
    const values = new Set(wanted);
    for (const row of tags.find({ image_id: id })) {
      if (!values.delete(row.value)) tags.softDelete(row.id);
    }
    for (const value of values) tags.insert({ image_id: id, value });
  }

  /** The image as v1 and the registry speak of it. */
  meta(image: ImageRow): ImageMeta {
    const seconds = (stamp: string): string => stamp.slice(0, 19);
    return {
      id: image.uuid,
      name: image.name,
      status: image.status,
      size: image.size,
      virtual_size: image.virtual_size,
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
      location_data: this.#locationData(image),
    };
  }

  /** A deleted image has those that it had, for the scrubber. Upstream: _normalize_locations. */
  #locationData({ uuid, deleted }: ImageRow): LocationData[] {
    const { locations } = this.#db;
    const rows =
      deleted === 0 ? locations.find({ image_id: uuid }) : locations.findAny({ image_id: uuid });
    return rows.map(({ id, value, meta_data, status }) => {
      return { id, url: value, metadata: meta_data ?? {}, status };
    });
  }

  /** The data of a place is gone. */
  scrubbed(location: number): void {
    this.#db.locations.updateAny(location, { status: "deleted" });
  }

  /** A deleted image, which an admin still sees, is written as well. */
  #write(id: string, columns: Record<string, unknown>, before: ImageRow): ImageRow {
    return this.#db.images.touch(id, columns) ?? this.#db.images.updateAny(id, columns) ?? before;
  }

  /** `purge`: those that are not named go. */
  #setProperties(id: string, values: Properties, purge: boolean): void {
    const { properties } = this.#db;
    for (const [name, value] of Object.entries(values)) {
      const known = properties.first({ image_id: id, name });
      if (known === undefined) properties.insert({ image_id: id, name, value });
      else if (known.value !== value) properties.update(known.id, { value });
    }
    if (!purge) return;
    for (const { id: row, name } of properties.find({ image_id: id })) {
      if (!Object.hasOwn(values, name)) properties.remove(row);
    }
  }
}

/** @throws Invalid */
function checkedStatus(status: ImageStatus): ImageStatus {
  if (STATUSES.includes(status)) return status;
  throw new Invalid({}, `Invalid image status '${status}' for image.`);
}
