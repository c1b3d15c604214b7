/** Cinder's v1 API for programs, as novaclient's and Juno's own `cinder` ask it. Upstream: cinderclient/v1/client.py, 1.1.1. */
import type { Op } from "../../kernel/index.js";
import type { Json } from "../../python/index.js";
import { getList, getOne, type Asker } from "./asking.js";
import { Collection } from "./collection.js";
import { ApiPart } from "./part.js";
import { number, object } from "./shape.js";
import {
  VOLUME,
  SNAPSHOT,
  TYPE,
  SERVICE,
  type CinderVolume,
  type CinderSnapshot,
  type CinderVolumeType,
  type CinderService,
  type NewCinderVolume,
  type NewCinderSnapshot,
  type Names,
} from "./shapes/cinder.js";

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
    return yield* getList(this.#asker, "/os-services", SERVICE, "services");
  }

  /** What a project may have of each resource, by its id; -1 for no limit. @throws ClientException */
  *quota(
    projectId: string,
  ): Op<{ readonly volumes: number; readonly snapshots: number; readonly gigabytes: number }> {
    const shape = object({ volumes: number, snapshots: number, gigabytes: number });
    const path = `/os-quota-sets/${projectId}`;
    return yield* getOne(this.#asker, path, shape, "a quota", "quota_set");
  }
}
