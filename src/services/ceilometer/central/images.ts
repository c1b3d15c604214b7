/** How many images there are, and how large they are. Upstream: ceilometer/image/glance.py at 2014.2. */
import { asLibrary } from "../../../framework/apiclient/index.js";
import type { Env } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { str, toJson, type Json } from "../../../python/index.js";
import { GlanceClient, type GlanceImage } from "../../glance/client/index.js";
import { PerCycle, type Cycle, type Pollster } from "../agent/pollster.js";
import type { Measurement } from "../sample.js";
import type { CentralKeystone } from "./keystone.js";

const DISCOVERY = "endpoint:image";

export function imagePollsters(env: Env, keystone: CentralKeystone): readonly Pollster[] {
  const listed = new PerCycle<readonly GlanceImage[]>();

  /** Public ones and then private ones, each once. */
  function* images(url: string): Op<readonly GlanceImage[]> {
    const glance = new GlanceClient(asLibrary(env.http, "python-glanceclient"), url);
    const bearer = { auth_token: keystone.access.token };
    const all = [
      ...(yield* glance.list(bearer, { is_public: "True" })),
      ...(yield* glance.list(bearer, { is_public: "False" })),
    ];
    return [...new Map(all.toReversed().map((image) => [image.id, image])).values()].toReversed();
  }

  const pollster = (
    name: string,
    said: (image: GlanceImage) => { readonly unit: string; readonly volume: Json },
  ): Pollster => ({
    name,
    defaultDiscovery: DISCOVERY,
    *samples(cycle: Cycle, resources) {
      const measured: Measurement[] = [];
      for (const url of resources.map(str)) {
        for (const image of yield* listed.get(cycle, url, () => images(url))) {
          measured.push({
            name,
            type: "gauge",
            ...said(image),
            user_id: null,
            project_id: image.owner,
            resource_id: image.id,
            timestamp: env.kernel.calendar.iso(env.kernel.now),
            resource_metadata: metadataOf(image),
          });
        }
      }
      return measured;
    },
  });

  return [
    pollster("image", () => ({ unit: "image", volume: 1 })),
    pollster("image.size", ({ size }) => ({ unit: "B", volume: size })),
  ];
}

const metadataOf = (image: GlanceImage): Json =>
  toJson({
    status: image.status,
    is_public: image.is_public,
    name: image.name,
    deleted: image.deleted,
    container_format: image.container_format,
    created_at: image.created_at,
    disk_format: image.disk_format,
    updated_at: image.updated_at,
    properties: image.properties,
    min_disk: image.min_disk,
    protected: image.protected,
    checksum: image.checksum,
    deleted_at: image.deleted_at,
    min_ram: image.min_ram,
    size: image.size,
  });
