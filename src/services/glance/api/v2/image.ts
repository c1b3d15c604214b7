/**
 * An image as v2 works on it: read from the database, changed attribute by attribute under the rules
 * of its states and of whose it is, and written back whole. Upstream: glance/domain/__init__.py
 * (Image), glance/api/authorization.py, glance/db/__init__.py (ImageRepo) at 2014.2.
 */
import { ValueError, type Json } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import type { ImageRow, ImageStatus } from "../../database.js";
import {
  Forbidden,
  ImagePropertyLimitExceeded,
  ImageTagLimitExceeded,
  InvalidImageStatusTransition,
  InvalidParameterValue,
  NotFound,
} from "../../exception.js";
import type { ImageChanges } from "../../image-meta.js";
import type { Location } from "../../images.js";
import type { GlanceApp } from "../app.js";
import { requirePublicizing } from "../policy.js";

/** From where an image gets where. */
const TARGETS: Readonly<Record<ImageStatus, readonly ImageStatus[]>> = {
  queued: ["saving", "active", "deleted"],
  saving: ["active", "killed", "deleted", "queued"],
  active: ["queued", "pending_delete", "deleted"],
  killed: ["deleted"],
  pending_delete: ["deleted"],
  deleted: [],
};

/** What of an image a client may set by its name. */
const SETTABLE = [
  ...(["name", "visibility", "protected", "min_disk", "min_ram"] as const),
  ...(["disk_format", "container_format", "tags"] as const),
] as const;

export type Settable = (typeof SETTABLE)[number];

export const isSettable = (name: string): name is Settable =>
  (SETTABLE as readonly string[]).includes(name);

/** Names that belong to every image, so that no property of its own can have them. */
const ATTRIBUTES: readonly string[] = [
  ...SETTABLE,
  ...["status", "created_at", "updated_at", "checksum", "owner", "size", "virtual_size"],
  ...["image_id", "extra_properties", "locations", "base", "context", "resource_name"],
  ...["delete", "get_data", "set_data", "get_member_repo", "image"],
];

export const isAttribute = (name: string): boolean => ATTRIBUTES.includes(name);

export class DomainImage {
  readonly row: ImageRow;
  readonly #app: GlanceApp;
  readonly #ctxt: ImageContext;
  readonly #mutable: boolean;
  readonly #known: ReadonlySet<string>;
  readonly #changes: ImageChanges = {};
  readonly properties: Map<string, string | null>;
  locations: Location[];
  #tags: Set<string>;
  #status: ImageStatus;

  constructor(app: GlanceApp, ctxt: ImageContext, row: ImageRow) {
    const { is_admin, owner } = ctxt;
    this.row = row;
    this.#app = app;
    this.#ctxt = ctxt;
    this.#mutable = is_admin || (row.owner !== null && row.owner === owner);
    this.properties = new Map(Object.entries(app.images.properties(row)));
    this.#known = new Set(this.properties.keys());
    this.#tags = new Set(app.images.tags(row.uuid));
    this.locations = app.images
      .locations(row.uuid)
      .map(({ id, value, meta_data }) => ({ id, url: value, metadata: meta_data ?? {} }));
    this.#status = row.status;
  }

  get id(): string {
    return this.row.uuid;
  }

  get status(): ImageStatus {
    return this.#status;
  }

  /** What the store has said of the data, once it is there. */
  get data(): { readonly size: number | null; readonly checksum: string | null } {
    const { size, checksum } = this.#changes;
    return { size: size ?? null, checksum: checksum ?? null };
  }

  /** Null in a queued image, as it is in the database. */
  get size(): number | null {
    return this.#changes.size === undefined ? this.row.size : this.#changes.size;
  }

  get mutable(): boolean {
    return this.#mutable;
  }

  get tags(): ReadonlySet<string> {
    return this.#tags;
  }

  /** @throws Forbidden, InvalidImageStatusTransition; ValueError for an image without formats */
  setStatus(status: ImageStatus): void {
    this.requireMutable("status");
    if (!TARGETS[this.#status].includes(status)) {
      throw new InvalidImageStatusTransition({ cur_status: this.#status, new_status: status });
    }
    if (this.#status === "queued" && (status === "saving" || status === "active")) {
      this.#requireFormats();
    }
    if (status === "queued") this.#changes.size = null;
    this.#status = this.#changes.status = status;
  }

  /** @throws Forbidden, InvalidParameterValue, ImageTagLimitExceeded */
  set(name: Settable, value: Json): void {
    this.requireMutable(name);
    switch (name) {
      case "name":
        this.#changes.name = value as string;
        return;
      case "protected":
        this.#changes.protected = value as boolean;
        return;
      case "visibility":
        if (value === "public") requirePublicizing(this.#ctxt);
        this.#changes.is_public = value === "public";
        return;
      case "min_disk":
      case "min_ram":
        checkNotNegative(name, value as number);
        this.#changes[name] = value as number;
        return;
      case "disk_format":
      case "container_format":
        if (this.#status !== "queued") {
          throw new Forbidden({}, `Attribute ${name} can be only replaced for a queued image.`);
        }
        this.#changes[name] = value as string;
        return;
      case "tags":
        this.#tags = new Set(value as readonly string[]);
        checkTagQuota(this.#app, this.#tags.size);
        return;
      default:
        name satisfies never;
    }
  }

  /** @throws Forbidden */
  setProperty(name: string, value: string): void {
    this.requireMutable(name);
    this.properties.set(name, value);
  }

  /** @throws Forbidden */
  removeProperty(name: string): void {
    this.requireMutable(name);
    this.properties.delete(name);
  }

  /** What another view of it has of its data. */
  takeSize(data: DomainImage["data"]): void {
    Object.assign(this.#changes, data);
  }

  /** What its first place says. @throws Forbidden */
  setSize(size: number): void {
    this.requireMutable("size");
    this.#changes.size = size;
  }

  /** What the store has taken. */
  setData(size: number, checksum: string, url: string): void {
    Object.assign(this.#changes, { size, checksum });
    this.locations = [{ url, metadata: {} }];
    this.setStatus("active");
  }

  /** @throws Forbidden */
  addTag(tag: string): void {
    if (!this.#mutable) {
      throw new Forbidden({}, "You are not permitted to modify tags on this image.");
    }
    this.#tags.add(tag);
    checkTagQuota(this.#app, this.#tags.size);
  }

  /** @throws Forbidden */
  removeTag(tag: string): void {
    if (!this.#mutable) {
      throw new Forbidden({}, "You are not permitted to modify tags on this image.");
    }
    this.#tags.delete(tag);
  }

  /** @throws Forbidden */
  requireMutable(attribute: string): void {
    if (this.#mutable) return;
    throw new Forbidden({}, `You are not permitted to modify '${attribute}' on this image.`);
  }

  /** @throws Forbidden if it is another's, or protected */
  delete(): void {
    if (!this.#mutable) throw new Forbidden({}, "You are not permitted to delete this image.");
    if (this.row.protected) {
      throw new Forbidden({}, `Image ${this.id} is protected and cannot be deleted.`);
    }
    const delayed = this.#app.flags.delayed_delete && this.locations.length > 0;
    this.setStatus(delayed ? "pending_delete" : "deleted");
  }

  /** Write it back whole. @throws NotFound, ImagePropertyLimitExceeded */
  save(): ImageRow {
    const { images } = this.#app;
    if ([...this.properties.keys()].some((name) => !this.#known.has(name))) {
      checkPropertyQuota(this.#app, this.properties.size);
    }
    const properties = Object.fromEntries(this.properties);
    const row = this.#written({ ...this.#changes, properties });
    this.locations = images.setLocations(this.id, this.locations);
    images.setTags(this.id, this.#tags);
    return row;
  }

  #written(changes: ImageChanges): ImageRow {
    try {
      return this.#app.images.update(this.#ctxt, this.id, changes, { purge: true });
    } catch (error) {
      if (!(error instanceof NotFound) && !(error instanceof Forbidden)) throw error;
      throw new NotFound({}, `No image found with ID ${this.id}`);
    }
  }

  #requireFormats(): void {
    const missing = (["disk_format", "container_format"] as const).filter(
      (key) => !(this.#changes[key] ?? this.row[key]),
    );
    if (missing.length === 0) return;
    const what = missing.length === 1 ? "Property" : "Properties";
    throw new ValueError(`${what} ${missing.join(", ")} must be set prior to saving data.`);
  }
}

/** @throws NotFound for what is not there, is deleted, or is not the caller's to see */
export function liveImage(app: GlanceApp, ctxt: ImageContext, id: string): DomainImage {
  const image = app.database.images.get(id);
  if (image === undefined || !app.images.mayBeSeen(ctxt, image)) {
    throw new NotFound({}, `No image found with ID ${id}`);
  }
  return new DomainImage(app, ctxt, image);
}

/** @throws InvalidParameterValue */
export function checkNotNegative(param: string, value: number): void {
  if (value >= 0) return;
  throw new InvalidParameterValue({ value, param, extra_msg: "Cannot be a negative value" });
}

/** @throws ImagePropertyLimitExceeded */
export function checkPropertyQuota({ flags }: GlanceApp, attempted: number): void {
  const maximum = flags.image_property_quota;
  if (maximum >= 0 && attempted > maximum) {
    throw new ImagePropertyLimitExceeded({ attempted, maximum });
  }
}

/** @throws ImageTagLimitExceeded */
export function checkTagQuota({ flags }: GlanceApp, attempted: number): void {
  const maximum = flags.image_tag_quota;
  if (maximum >= 0 && attempted > maximum) throw new ImageTagLimitExceeded({ attempted, maximum });
}
