/**
 * OS::Cinder::VolumeAttachment. While it is deleted, nothing else of its stack moves. Upstream:
 * heat/engine/resources/volume.py (VolumeAttachment, CinderVolumeAttachment) at 2014.2.
 */
import type { Op, Stepped } from "../../../../../kernel/index.js";
import { str, type Json } from "../../../../../python/index.js";
import { schemata, text } from "../../properties/schema.js";
import { TaskRunner } from "../../scheduler/task.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, ServiceResource, type TypeFacts } from "../service-resource.js";
import { attachTask, detachTask, type VolumeTaskParts } from "./volume-tasks.js";

/** How the properties are called. */
export interface AttachmentWords {
  readonly server: string;
  readonly volume: string;
  readonly device: string;
}

const WORDS: AttachmentWords = {
  server: "instance_uuid",
  volume: "volume_id",
  device: "mountpoint",
};

const FACTS: TypeFacts = {
  className: "CinderVolumeAttachment",
  schemata: schemata({
    instance_uuid: text({ required: true, update: true }),
    volume_id: text({ required: true, update: true }),
    mountpoint: text({ update: true }),
  }),
};

export class CinderVolumeAttachment extends ServiceResource {
  protected get words(): AttachmentWords {
    return WORDS;
  }

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  get #parts(): VolumeTaskParts {
    return { clients: this.clients, log: this.stack.parts.log };
  }

  *#now(changed: ResourceChange["properties"], key: string): Op<Json> {
    return Object.hasOwn(changed, key) ? (changed[key] ?? null) : yield* this.properties.get(key);
  }

  *#attach(changed: ResourceChange["properties"], attached: (id: string) => void): Stepped {
    const { server, volume, device } = this.words;
    const [to, what] = [yield* this.#now(changed, server), yield* this.#now(changed, volume)];
    const where = yield* this.#now(changed, device);
    const at = typeof where === "string" ? where : null;
    yield* attachTask(this.#parts, str(to), str(what), at, attached);
  }

  *#detach(): Stepped {
    const server = str(yield* this.properties.get(this.words.server));
    yield* detachTask(this.#parts, server, this.ownId);
  }

  protected override createHandler(): Handler {
    return this.byTask(() =>
      this.#attach({}, (id) => {
        this.setResourceId(id);
      }),
    );
  }

  protected override deleteHandler(): Handler {
    const { kernel } = this.stack.parts;
    const detached = (): Stepped => this.#detach();
    return atOnce(() => new TaskRunner(kernel, this.toString(), detached).run());
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    let attachment: string | undefined;
    const attach = (): Stepped =>
      this.#attach(properties, (id) => {
        attachment = id;
      });
    return this.byTasks(
      function* (this: CinderVolumeAttachment): Op<readonly (() => Stepped)[]> {
        return Object.keys(properties).length === 0 ? [] : [() => this.#detach(), attach];
      }.bind(this),
      () => {
        if (attachment !== undefined) this.setResourceId(attachment);
      },
    );
  }
}
