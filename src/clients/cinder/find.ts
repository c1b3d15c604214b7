/**
 * Things by what a user calls them. A name is looked for as a human id, which nothing has, as a name and
 * twice as a display name, with a list for each. An id that is not there ends the command, since its 404
 * is not the one that the look-up expects. Upstream: cinderclient/utils.py (find_resource),
 * cinderclient/base.py (ManagerWithFind.findall), 1.1.1.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { isUuid, parseInteger, type JsonObject } from "../../python/index.js";
import {
  isResource,
  type CinderClient,
  type Resource,
} from "../../services/cinder/client/index.js";

interface Manager {
  get(id: string): Op<Resource>;
  all(options?: JsonObject): Op<JsonObject[]>;
}

/** @throws CommandError, KeystoneClientError */
export const findVolume = ({ volumes }: CinderClient, nameOrId: string): Op<Resource> =>
  find(volumes, "volume", nameOrId);

/** @throws CommandError, KeystoneClientError */
export const findSnapshot = ({ snapshots }: CinderClient, nameOrId: string): Op<Resource> =>
  find(snapshots, "snapshot", nameOrId);

/** @throws CommandError, KeystoneClientError */
export const findType = ({ types }: CinderClient, nameOrId: string): Op<Resource> =>
  find(types, "volumetype", nameOrId);

/** @throws CommandError, KeystoneClientError */
export const findTransfer = ({ transfers }: CinderClient, nameOrId: string): Op<Resource> =>
  find(transfers, "volumetransfer", nameOrId);

/** By id alone: the library's list takes no options. @throws PythonTypeError, KeystoneClientError */
export const findQosSpecs = ({ qosSpecs }: CinderClient, nameOrId: string): Op<Resource> =>
  find(qosSpecs, "qosspecs", nameOrId);

function* find(manager: Manager, what: string, nameOrId: string): Op<Resource> {
  const number = /^\d+$/u.test(nameOrId) ? parseInteger(nameOrId) : undefined;
  if (number !== undefined) return yield* manager.get(String(number));
  if (isUuid(nameOrId)) return yield* manager.get(nameOrId);
  for (const attribute of ["human_id", "name", "display_name", "display_name"]) {
    const things = (yield* manager.all(OF_ALL_TENANTS)).filter(isResource);
    const [found, ...others] = things.filter((thing) => thing[attribute] === nameOrId);
    if (others.length > 0) {
      throw new CommandError(
        `Multiple ${what} matches found for '${nameOrId}', use an ID to be more specific.`,
      );
    }
    if (found !== undefined) return found;
  }
  throw new CommandError(`No ${what} with a name or ID of '${nameOrId}' exists.`);
}

const OF_ALL_TENANTS: JsonObject = { all_tenants: 1 };
