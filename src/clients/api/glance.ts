/** Glance's v2 API for programs. Upstream: glanceclient/v2/images.py, 0.14.1. */
import type { Op } from "../../kernel/index.js";
import type { Json, JsonObject } from "../../python/index.js";
import { getList, type Asker } from "./asking.js";
import { Collection } from "./collection.js";
import { ApiPart } from "./part.js";
import { flag, list, maybe, nullable, number, object, shaped, text, type Shaped } from "./shape.js";

const IMAGE = object({
  id: text,
  name: maybe(nullable(text)),
  status: text,
  visibility: text,
  owner: maybe(nullable(text)),
  protected: flag,
  /** Bytes, once there are any. */
  size: maybe(nullable(number)),
  checksum: maybe(nullable(text)),
  disk_format: maybe(nullable(text)),
  container_format: maybe(nullable(text)),
  min_disk: number,
  min_ram: number,
  tags: list(text),
  created_at: text,
  updated_at: text,
});

const MEMBER = object({ image_id: text, member_id: text, status: text });

/**
 * An image, as `GET /v2/images` answers it. Properties of its own stand beside these.
 *
 * @example
 * ```ts
 * import { Cloud, type GlanceImage } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const [image]: readonly GlanceImage[] = cloud.run(demo.glance.images.list());
 * image?.status; // → "active"
 * ```
 */
export type GlanceImage = Shaped<typeof IMAGE>;
/**
 * A project that an image is shared with.
 *
 * @example
 * ```ts
 * import { Cloud, type GlanceMember } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * cloud.run(demo.glance.images.create({ name: "tiny", disk_format: "raw", container_format: "bare" }));
 * const members: readonly GlanceMember[] = cloud.run(demo.glance.images.members("tiny"));
 * members.length; // → 0
 * ```
 */
export type GlanceMember = Shaped<typeof MEMBER>;

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewGlanceImage } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const wanted: NewGlanceImage = { name: "tiny", disk_format: "raw", container_format: "bare" };
 * cloud.run(demo.glance.images.create(wanted)).status; // → "queued"
 * ```
 */
export interface NewGlanceImage {
  readonly name?: string;
  readonly disk_format?: string;
  readonly container_format?: string;
  readonly visibility?: "public" | "private";
  /** GB. */
  readonly min_disk?: number;
  /** MB. */
  readonly min_ram?: number;
  readonly tags?: readonly string[];
}

const PATCH = { "Content-Type": "application/openstack-images-v2.1-json-patch" };
const DATA = { "Content-Type": "application/octet-stream" };

/**
 * Images: `demo.glance.images`. v2 has no member around one, and changes are patches.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { images } = cloud.user("demo").glance;
 * cloud.run(images.create({ name: "tiny", disk_format: "raw", container_format: "bare" }));
 * cloud.run(images.show("tiny")).status; // → "queued"
 * ```
 */
export class GlanceImages extends Collection<GlanceImage, NewGlanceImage> {
  override *create(members: NewGlanceImage): Op<GlanceImage> {
    const body = { ...members } as JsonObject;
    return this.read(yield* this.asker.request("POST", this.place.path, body));
  }

  override *update(nameOrId: string, changes: Partial<NewGlanceImage>): Op<GlanceImage> {
    const image = yield* this.show(nameOrId);
    const body = Object.entries(changes).map(([name, value]: [string, Json]) => ({
      // What is there already cannot be added.
      op: name in image ? "replace" : "add",
      path: `/${name}`,
      value,
    }));
    const path = `${this.place.path}/${image.id}`;
    return this.read(yield* this.asker.request("PATCH", path, body, PATCH));
  }

  /**
   * Send the data of an image, which makes it active. The bytes themselves do not exist: only how many they are.
   * @throws ClientException
   */
  *upload(nameOrId: string, bytes: number): Op<void> {
    const id = yield* this.idOf(nameOrId);
    yield* this.asker.request("PUT", `${this.place.path}/${id}/file`, { $data: { bytes } }, DATA);
  }

  /** Those that it is shared with. @throws ClientException */
  *members(nameOrId: string): Op<readonly GlanceMember[]> {
    const id = yield* this.idOf(nameOrId);
    return yield* getList(this.asker, `${this.place.path}/${id}/members`, MEMBER, "members");
  }

  /** Share it with a project, by its id. @throws ClientException */
  *share(nameOrId: string, member: string): Op<GlanceMember> {
    const id = yield* this.idOf(nameOrId);
    const answer = yield* this.asker.request("POST", `${this.place.path}/${id}/members`, {
      member,
    });
    return shaped(MEMBER, answer.body, "the answer about a member");
  }
}

/**
 * Glance for programs: `demo.glance`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { glance } = cloud.user("demo");
 * cloud.run(glance.images.create({ name: "tiny", disk_format: "raw", container_format: "bare" }));
 * cloud.run(glance.images.upload("tiny", 1_000_000));
 * cloud.run(glance.images.show("tiny")).status; // → "active"
 * ```
 */
export class GlanceApi extends ApiPart {
  readonly images: GlanceImages;

  constructor(asker: Asker) {
    super();
    this.images = new GlanceImages(asker, {
      what: "image",
      one: "",
      many: "images",
      path: "/v2/images",
      shape: IMAGE,
    });
  }
}
