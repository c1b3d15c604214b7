/**
 * Things of Nova by what a user calls them. What is found by name in a list without details is read once
 * more. Upstream: novaclient/base.py (ManagerWithFind.findall), novaclient/v1_1/hypervisors.py (NAME_ATTR), 2.20.0.
 */
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Lookup } from "../../find.js";

const inBrief = (
  what: string,
  get: (id: string) => Op<JsonObject>,
  list: (name: string) => Op<readonly JsonObject[]>,
): Lookup<JsonObject> => ({
  what,
  get,
  *named(name) {
    const found: JsonObject[] = [];
    for (const its of yield* list(name)) {
      if (its["name"] === name) found.push(yield* get(textOf(its, "id")));
    }
    return found;
  },
});

const inFull = (
  what: string,
  get: (id: string) => Op<JsonObject>,
  list: () => Op<readonly JsonObject[]>,
  by = "name",
): Lookup<JsonObject> => ({
  what,
  get,
  *named(name) {
    return (yield* list()).filter((its) => its[by] === name);
  },
});

export const serverLookup = (nova: NovaClient): Lookup<JsonObject> =>
  inBrief(
    "server",
    (id) => nova.server(id),
    (name) => nova.serversInBrief({ name }),
  );

export const flavorLookup = (nova: NovaClient): Lookup<JsonObject> =>
  inBrief(
    "flavor",
    (id) => nova.flavor(id),
    () => nova.flavorsInBrief(),
  );

/** Images as the compute API shows them. */
export const imageLookup = (nova: NovaClient): Lookup<JsonObject> =>
  inBrief(
    "image",
    (id) => nova.image(id),
    () => nova.imagesInBrief(),
  );

export const keypairLookup = ({ keypairs }: NovaClient): Lookup<JsonObject> =>
  inFull(
    "keypair",
    (id) => keypairs.one(id),
    () => keypairs.all(),
  );

export const securityGroupLookup = ({ securityGroups }: NovaClient): Lookup<JsonObject> =>
  inFull(
    "securitygroup",
    (id) => securityGroups.one(id),
    () => securityGroups.all(),
  );

/** They have no name, and so only an id finds one. */
export const floatingIpLookup = ({ floatingIps }: NovaClient): Lookup<JsonObject> =>
  inFull(
    "floatingip",
    (id) => floatingIps.one(id),
    () => floatingIps.all(false),
  );

export const hypervisorLookup = ({ hypervisors }: NovaClient): Lookup<JsonObject> =>
  inFull(
    "hypervisor",
    (id) => hypervisors.one(id),
    () => hypervisors.all(true),
    "hypervisor_hostname",
  );
