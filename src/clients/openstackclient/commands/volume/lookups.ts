/**
 * Volumes, their types and snapshots by what a user calls them: volumes and snapshots by their display
 * name, among those of all projects. Upstream: openstackclient/volume/client.py (NAME_ATTR), 0.4.1;
 * cinderclient/base.py (ManagerWithFind.findall), 1.1.1.
 */
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { CinderClient } from "../../../../services/cinder/client/index.js";
import type { Lookup } from "../../find.js";

interface Manager {
  get(id: string): Op<JsonObject>;
  all(options?: JsonObject): Op<JsonObject[]>;
}

const byDisplayName = (what: string, manager: Manager): Lookup<JsonObject> => ({
  what,
  get: (id) => manager.get(id),
  *named(name) {
    const all = yield* manager.all({ all_tenants: 1 });
    return all.filter((thing) => thing["display_name"] === name);
  },
});

export const volumeLookup = ({ volumes }: CinderClient): Lookup<JsonObject> =>
  byDisplayName("volume", volumes);

export const volumeTypeLookup = ({ types }: CinderClient): Lookup<JsonObject> => ({
  what: "volumetype",
  get: (id) => types.get(id),
  *named(name) {
    return (yield* types.all()).filter((type) => type["name"] === name);
  },
});

export const snapshotLookup = ({ snapshots }: CinderClient): Lookup<JsonObject> =>
  byDisplayName("snapshot", snapshots);
