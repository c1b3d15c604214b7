/** Cinder's v1 API for programs, as novaclient's and Juno's own `cinder` ask it. Upstream: cinderclient/v1/client.py, 1.1.1. */
import type { Op } from "../../kernel/index.js";
import type { Json } from "../../python/index.js";
import { Collection, memberOf, type Asker } from "./collection.js";
import { ApiPart } from "./part.js";
import {
  anything,
  either,
  list,
  nullable,
  number,
  object,
  record,
  shaped,
  text,
  type Shaped,
} from "./shape.js";

const VOLUME = object({
  id: text,
  display_name: nullable(text),
  display_description: nullable(text),
  status: text,
  /** GB. */
  size: number,
  availability_zone: nullable(text),
  created_at: text,
  volume_type: nullable(text),
  snapshot_id: nullable(text),
  source_volid: nullable(text),
  /** `true` or `false`, as a text. */
  bootable: text,
  /** `true` or `false`, as a text. */
  encrypted: either(text, anything),
  attachments: list(record(anything)),
  metadata: record(text),
});

const SNAPSHOT = object({
  id: text,
  display_name: nullable(text),
  display_description: nullable(text),
  volume_id: text,
  status: text,
  /** GB. */
  size: number,
  created_at: text,
  metadata: record(text),
});

const TYPE = object({ id: text, name: text, extra_specs: record(text) });

const SERVICE = object({
  binary: text,
  host: text,
  zone: text,
  status: text,
  state: text,
  updated_at: nullable(text),
});

/**
 * A volume, as `GET /volumes/detail` answers it.
 *
 * @example
 * ```ts
 * import { Cloud, type CinderVolume } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const volumes: readonly CinderVolume[] = cloud.run(demo.cinder.volumes.list());
 * volumes.length; // → 0
 * ```
 */
export type CinderVolume = Shaped<typeof VOLUME>;
/**
 * A snapshot of a volume.
 *
 * @example
 * ```ts
 * import { Cloud, type CinderSnapshot } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const snapshots: readonly CinderSnapshot[] = cloud.run(demo.cinder.snapshots.list());
 * snapshots.length; // → 0
 * ```
 */
export type CinderSnapshot = Shaped<typeof SNAPSHOT>;
/**
 * A type of volumes.
 *
 * @example
 * ```ts
 * import { Cloud, type CinderVolumeType } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const types: readonly CinderVolumeType[] = cloud.run(demo.cinder.types.list());
 * types.every(({ name }) => name !== ""); // → true
 * ```
 */
export type CinderVolumeType = Shaped<typeof TYPE>;
/**
 * A process of Cinder and whether it is up; for administrators.
 *
 * @example
 * ```ts
 * import { Cloud, type CinderService } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const services: readonly CinderService[] = cloud.run(cloud.user("admin").cinder.services());
 * services.every(({ state }) => state === "up"); // → true
 * ```
 */
export type CinderService = Shaped<typeof SERVICE>;

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewCinderVolume } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const wanted: NewCinderVolume = { size: 1, display_name: "data" };
 * cloud.run(demo.cinder.volumes.create(wanted)).status; // → "creating"
 * ```
 */
export interface NewCinderVolume {
  /** GB. */
  readonly size: number;
  readonly display_name?: string;
  readonly display_description?: string;
  readonly volume_type?: string;
  readonly snapshot_id?: string;
  readonly source_volid?: string;
  readonly imageRef?: string;
  readonly availability_zone?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewCinderSnapshot } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const { id } = cloud.run(demo.cinder.volumes.create({ size: 1 }));
 * cloud.settle();
 * const wanted: NewCinderSnapshot = { volume_id: id, display_name: "before" };
 * cloud.run(demo.cinder.snapshots.create(wanted)).status; // → "creating"
 * ```
 */
export interface NewCinderSnapshot {
  readonly volume_id: string;
  readonly display_name?: string;
  readonly display_description?: string;
  /** Though it is attached. */
  readonly force?: boolean;
}

type Names = { readonly display_name?: string; readonly display_description?: string };

/**
 * Volumes, and what is done with one: `demo.cinder.volumes`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const { volumes } = cloud.user("demo").cinder;
 * cloud.run(volumes.create({ size: 1, display_name: "data" }));
 * cloud.settle();
 * cloud.run(volumes.extend("data", 2));
 * cloud.settle();
 * cloud.run(volumes.show("data")).size; // → 2
 * ```
 */
export class CinderVolumes extends Collection<CinderVolume, NewCinderVolume, Names> {
  /** Make it larger. @param size GB, in all @throws ClientException */
  extend(nameOrId: string, size: number): Op<void> {
    return this.#act(nameOrId, { "os-extend": { new_size: size } });
  }

  /** Say what its status is, whatever it is; for administrators. @throws ClientException */
  resetState(nameOrId: string, status: string): Op<void> {
    return this.#act(nameOrId, { "os-reset_status": { status } });
  }

  /** Delete it, whatever its status is; for administrators. @throws ClientException */
  forceDelete(nameOrId: string): Op<void> {
    return this.#act(nameOrId, { "os-force_delete": {} });
  }

  /** Make an image of it. @throws ClientException */
  uploadToImage(nameOrId: string, image: string): Op<void> {
    return this.#act(nameOrId, {
      "os-volume_upload_image": {
        image_name: image,
        force: false,
        container_format: "bare",
        disk_format: "raw",
      },
    });
  }

  *#act(nameOrId: string, body: Json): Op<void> {
    const id = yield* this.idOf(nameOrId);
    yield* this.asker.request("POST", `${this.place.path}/${id}/action`, body);
  }
}

/**
 * Cinder for programs: `demo.cinder`. A cloud has it that was told to: `services: ["cinder"]`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const { cinder } = cloud.user("demo");
 * cloud.run(cinder.volumes.create({ size: 1, display_name: "data" }));
 * cloud.settle();
 * cloud.run(cinder.volumes.show("data")).status; // → "available"
 * ```
 */
export class CinderApi extends ApiPart {
  readonly volumes: CinderVolumes;
  readonly snapshots: Collection<CinderSnapshot, NewCinderSnapshot, Names>;
  readonly types: Collection<CinderVolumeType, { readonly name: string }>;
  readonly #asker: Asker;

  constructor(asker: Asker) {
    super();
    this.#asker = asker;
    const name = "display_name";
    this.volumes = new CinderVolumes(asker, {
      what: "volume",
      path: "/volumes",
      detail: "/volumes/detail",
      shape: VOLUME,
      name,
    });
    this.snapshots = new Collection(asker, {
      what: "snapshot",
      path: "/snapshots",
      detail: "/snapshots/detail",
      shape: SNAPSHOT,
      name,
    });
    this.types = new Collection(asker, { what: "volume_type", path: "/types", shape: TYPE });
  }

  /** Its processes; for administrators. @throws ClientException */
  *services(): Op<readonly CinderService[]> {
    const answer = yield* this.#asker.request("GET", "/os-services");
    return shaped(list(SERVICE), memberOf(answer, "services"), "the list of services");
  }

  /** What a project may have of each resource, by its id; -1 for no limit. @throws ClientException */
  *quota(
    projectId: string,
  ): Op<{ readonly volumes: number; readonly snapshots: number; readonly gigabytes: number }> {
    const answer = yield* this.#asker.request("GET", `/os-quota-sets/${projectId}`);
    const shape = object({ volumes: number, snapshots: number, gigabytes: number });
    return shaped(shape, memberOf(answer, "quota_set"), "the answer about a quota");
  }
}
