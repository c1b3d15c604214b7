/**
 * The id of a thing by its id or its name. Upstream: neutronclient/neutron/v2_0/__init__.py
 * (find_resourceid_by_name_or_id) of 2.3.9, which commands and services have in common.
 */
import type { Op } from "../../../kernel/index.js";
import { str } from "../../../python/index.js";
import { NeutronClientException, NeutronClientNoUniqueMatch } from "./errors.js";
import type { Collection, NeutronClient } from "./neutron-client.js";

const HEX = "[0-9A-Fa-f]";
/** As upstream looks for it: at the start, whatever comes after it. */
const UUID = new RegExp(`^${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`, "u");

/**
 * @param resource `network`
 * @param project whose it must be to be found by its name; null: anybody's
 * @throws NeutronClientException, NeutronClientNoUniqueMatch
 */
export function* findIdByNameOrId(
  neutron: NeutronClient,
  resource: "network" | "subnet" | "port" | "router" | "security_group",
  wanted: string,
  project: string | null = null,
): Op<string> {
  const collection: Collection = `${resource}s`;
  if (UUID.test(wanted)) {
    try {
      const [found] = yield* neutron.list(collection, { fields: "id", id: wanted });
      if (found !== undefined) return str(found["id"] ?? null);
    } catch (error) {
      if (!(error instanceof NeutronClientException)) throw error;
    }
  }
  const own = project === null || project === "" ? {} : { tenant_id: project };
  const search = { ...own, fields: "id", name: wanted };
  const [found, ...others] = yield* neutron.list(collection, search);
  if (others.length > 0) throw new NeutronClientNoUniqueMatch(resource, wanted);
  if (found !== undefined) return str(found["id"] ?? null);
  const message = `Unable to find ${resource} with name '${wanted}'`;
  throw new NeutronClientException(404, "", message, "NeutronClientException");
}
