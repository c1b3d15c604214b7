/** Servers, images and flavors by what a user calls them. Upstream: novaclient/v1_1/shell.py (_find_*). */
import type { Op } from "../../kernel/index.js";
import type {
  Flavor,
  Image,
  NovaClient,
  OnTheWire,
  Server,
} from "../../services/nova/client/index.js";
import type { JsonObject } from "../../python/index.js";
import { findResource } from "../openstack/find.js";

/** A server by name or id. @throws CommandError if there is none, or more than one */
export const findServer = (nova: NovaClient, nameOrId: string): Op<OnTheWire<Server>> =>
  findResource(nameOrId, {
    what: "server",
    anyId: false,
    get: (id) => nova.server(id),
    candidates: (name) => nova.serversInBrief({ name }),
  });

/** An image by name or id. @throws CommandError */
export const findImage = (nova: NovaClient, nameOrId: string): Op<OnTheWire<Image>> =>
  findResource(nameOrId, {
    what: "image",
    anyId: false,
    get: (id) => nova.image(id),
    candidates: () => nova.imagesInBrief(),
  });

/** A flavor by name or id, private ones too. @throws CommandError */
export const findFlavor = (nova: NovaClient, nameOrId: string): Op<OnTheWire<Flavor>> =>
  findResource(nameOrId, {
    what: "flavor",
    anyId: true,
    get: (id) => nova.flavor(id),
    candidates: () => nova.flavorsInBrief(null),
  });

/** A keypair of the user, by its name. @throws CommandError */
export const findKeypair = ({ keypairs }: NovaClient, name: string): Op<JsonObject> =>
  findResource(name, {
    what: "keypair",
    anyId: true,
    get: (id) => keypairs.one(id),
    candidates: () => keypairs.all(),
    called: { by: "name", before: () => keypairs.all() },
  });

/** A volume by id or name. @throws CommandError */
export const findVolume = ({ volumes }: NovaClient, name: string): Op<JsonObject> =>
  findResource(name, {
    what: "volume",
    anyId: false,
    get: (id) => volumes.one(id),
    candidates: () => volumes.all(),
    called: { by: "display_name", before: () => volumes.all() },
  });

/** A snapshot of a volume, by id or name. @throws CommandError */
export const findSnapshot = ({ volumes }: NovaClient, name: string): Op<JsonObject> =>
  findResource(name, {
    what: "snapshot",
    anyId: false,
    get: (id) => volumes.snapshot(id),
    candidates: () => volumes.snapshots(),
    called: { by: "display_name", before: () => volumes.snapshots() },
  });

/** A hypervisor by id or host name. @throws CommandError */
export const findHypervisor = ({ hypervisors }: NovaClient, name: string): Op<JsonObject> =>
  findResource(name, {
    what: "hypervisor",
    anyId: false,
    get: (id) => hypervisors.one(id),
    candidates: () => hypervisors.all(true),
    called: { by: "hypervisor_hostname", before: () => hypervisors.all(false) },
  });

/** A network by id or label. @throws CommandError */
export const findNetwork = ({ networks }: NovaClient, name: string): Op<JsonObject> =>
  findResource(name, {
    what: "network",
    anyId: false,
    get: (id) => networks.one(id),
    candidates: () => networks.all(),
    called: { by: "label" },
  });

/** A host aggregate by number or name. @throws CommandError */
export const findAggregate = ({ aggregates }: NovaClient, name: string): Op<JsonObject> =>
  findResource(name, {
    what: "aggregate",
    anyId: false,
    get: (id) => aggregates.one(id),
    candidates: () => aggregates.all(),
    called: { by: "name", before: () => aggregates.all() },
  });
