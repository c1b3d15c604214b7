/** Cinder as Horizon asks it, by version 1. Upstream: openstack_dashboard/api/cinder.py at 2014.2. */
import type { Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { CinderClient, CinderHttpClient } from "../../cinder/client/index.js";
import type { HorizonRequest } from "../web/request.js";
import { urlFor } from "./base.js";
import { serverGet } from "./nova.js";

export function cinderClient(request: HorizonRequest): CinderClient {
  const { user, env } = request;
  const endpoint = new CinderHttpClient({
    http: env.http,
    url: urlFor(request, "volume"),
    user: user.username,
    project: user.tenantId,
    token: user.token.id,
  });
  return new CinderClient(endpoint, "v1");
}

export const volumeList = (request: HorizonRequest): Op<JsonObject[]> =>
  cinderClient(request).volumes.all();

export const volumeSnapshotList = (request: HorizonRequest): Op<JsonObject[]> =>
  cinderClient(request).snapshots.all();

/** Limits by name, once in a request; -1 is none, be it of what is used. */
export const volumeLimits = (request: HorizonRequest): Op<Readonly<Record<string, number>>> =>
  request.memoized("cinder.tenant_absolute_limits", function* () {
    const { absolute } = yield* cinderClient(request).limits.get();
    const pairs = Object.entries(isObject(absolute) ? absolute : {});
    return Object.fromEntries(
      pairs.map(([name, value]) => [name, value === -1 ? Infinity : Number(value)]),
    );
  });

/** A volume, with whoever it is attached to asked for by the way, so that its failure is the volume's. Upstream: `volume_get`. */
export function* volumeGet(request: HorizonRequest, id: string): Op<JsonObject> {
  const volume = yield* cinderClient(request).volumes.get(id);
  const attachments: JsonObject[] = [];
  for (const one of attachmentsOf(volume)) {
    const { server_id } = one;
    const instance_name =
      typeof server_id === "string"
        ? (yield* serverGet(request, server_id)).name
        : "Unknown instance";
    attachments.push({ ...one, instance_name });
  }
  return { ...volume, attachments };
}

export const attachmentsOf = (volume: JsonObject): readonly JsonObject[] => {
  const list = volume["attachments"];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
};

/** Of a volume or a snapshot: its name, or its id if it has none. */
export const nameOf = (thing: JsonObject): string => {
  const name = thing["display_name"];
  return typeof name === "string" && name !== "" ? name : textOf(thing, "id");
};

export const descriptionOf = ({ display_description: text }: JsonObject): string | null =>
  typeof text === "string" && text !== "" ? text : null;

/** Its extensions, once in a request. */
export function* volumeExtension(request: HorizonRequest, name: string): Op<boolean> {
  const extensions = yield* request.memoized("cinder.list_extensions", () =>
    cinderClient(request).extensions.all(),
  );
  return extensions.some((extension) => extension["name"] === name);
}
