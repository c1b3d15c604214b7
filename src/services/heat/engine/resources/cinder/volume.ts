/** OS::Cinder::Volume. Upstream: heat/engine/resources/volume.py (CinderVolume) at 2014.2. */
import type { Op, Stepped } from "../../../../../kernel/index.js";
import { dumps, isObject, str, textOf, type Json } from "../../../../../python/index.js";
import type { NewVolume } from "../../../../cinder/client/index.js";
import { NotSupported } from "../../../exception.js";
import { custom, range } from "../../parameters/constraints.js";
import { integer, map, schemata, text } from "../../properties/schema.js";
import type { Handler, ResourceChange } from "../resource.js";
import { either, objectsOf, type TypeFacts } from "../service-resource.js";
import { BaseVolume } from "./base-volume.js";
import { attachTask, detachTask, extendTask } from "./volume-tasks.js";

const FACTS: TypeFacts = {
  className: "CinderVolume",
  schemata: schemata({
    availability_zone: text(),
    size: integer({ update: true, constraints: [range("Range", [1, null])] }),
    snapshot_id: text(),
    backup_id: text(),
    name: text({ update: true }),
    description: text({ update: true }),
    volume_type: text(),
    metadata: map({ update: true }),
    imageRef: text(),
    image: text({ constraints: [custom("glance.image")] }),
    source_volid: text(),
  }),
  attributes: [
    "availability_zone",
    "size",
    "snapshot_id",
    "display_name",
    "display_description",
    "volume_type",
    "metadata",
    "source_volid",
    "status",
    "created_at",
    "bootable",
    "metadata_values",
  ],
};

export class CinderVolume extends BaseVolume {
  protected readonly creating: readonly string[] = ["creating", "restoring-backup", "downloading"];
  protected readonly backupProperty = "backup_id";

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override *displayName(): Op<Json> {
    return (yield* this.text("name")) ?? this.physicalName();
  }

  protected override displayDescription(): Op<Json> {
    return this.properties.get("description");
  }

  protected override *createArguments(): Op<NewVolume> {
    const wanted: Record<string, Json> = {};
    const image = yield* this.text("image");
    const ref = yield* this.text("imageRef");
    if (image !== undefined) wanted["imageRef"] = yield* this.clients.glance.imageId(image);
    else if (ref !== undefined) wanted["imageRef"] = ref;
    for (const key of ["snapshot_id", "volume_type", "source_volid"]) {
      const value = yield* this.text(key);
      if (value !== undefined) wanted[key] = value;
    }
    const metadata = yield* this.object("metadata");
    if (metadata !== undefined && Object.keys(metadata).length > 0) wanted["metadata"] = metadata;
    return {
      size: yield* this.properties.get("size"),
      availability_zone: yield* this.properties.get("availability_zone"),
      ...wanted,
    };
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    const volume = yield* this.volume();
    if (name === "metadata") return dumps(volume["metadata"] ?? null);
    if (name === "metadata_values") return volume["metadata"] ?? null;
    return str(volume[name] ?? null);
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return this.byTasks(() => this.#changes(properties));
  }

  *#changes(changed: ResourceChange["properties"]): Op<readonly (() => Stepped)[]> {
    const { volumes } = yield* this.clients.cinder.client();
    const has = (key: string): boolean => Object.hasOwn(changed, key);
    const volume = Object.keys(changed).length > 0 ? yield* this.volume() : {};
    if (has("name") || has("description")) {
      const name = yield* this.properties.get("name");
      const description = yield* this.properties.get("description");
      yield* volumes.update(this.ownId, {
        display_name: either(changed["name"], name),
        display_description: either(changed["description"], description),
      });
    }
    const { metadata } = changed;
    if (isObject(metadata)) yield* volumes.updateAllMetadata(this.ownId, metadata);
    const [size, current] = [Number(changed["size"]), Number(volume["size"])];
    if (!has("size") || size === current) return [];
    if (size < current) throw new NotSupported({ feature: "Shrinking volume" });
    const { clients, ownId } = this;
    const parts = { clients, log: this.stack.parts.log };
    const extend = (): Stepped => extendTask(parts, ownId, size);
    const [attachment] = objectsOf(volume["attachments"]);
    if (attachment === undefined) return [extend];
    // The id of an attachment is that of its volume, and so it stays the same.
    const [server, id] = [textOf(attachment, "server_id"), textOf(attachment, "id")];
    const device = attachment["device"];
    return [
      () => detachTask(parts, server, id),
      extend,
      () =>
        attachTask(parts, server, ownId, typeof device === "string" ? device : null, () => {
          // It stays the same.
        }),
    ];
  }
}
