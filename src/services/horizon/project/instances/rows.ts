/**
 * The data of the Instances page: servers, then what the table says of them that Nova does not. Upstream:
 * openstack_dashboard/dashboards/project/instances/views.py (IndexView.get_data), tables.py (UpdateRow) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { GlanceHttpError } from "../../../glance/client/index.js";
import { imageGet, imageList } from "../../api/glance.js";
import { serverAddresses, type Addresses } from "../../api/neutron.js";
import {
  flavorGet,
  flavorList,
  serverGet,
  serverList,
  type NovaFlavor,
  type NovaServer,
} from "../../api/nova.js";
import type { Loaded } from "../../tables/view.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { instanceError } from "./states.js";

export interface InstanceRow {
  readonly server: NovaServer;
  readonly addresses: Addresses;
  /** Undefined: it could not be told. */
  readonly flavor: NovaFlavor | undefined;
  /** Undefined: Glance is to be asked. */
  readonly image: string | undefined;
}

/** Servers of the page that `marker` begins. */
export function* instanceRows(request: HorizonRequest): Op<Loaded<InstanceRow>> {
  const marker = request.query.get("marker") ?? "";
  let found: { readonly servers: readonly NovaServer[]; readonly more: boolean };
  try {
    found = yield* serverList(request, { paginate: true, marker });
  } catch (thrown) {
    handle(request, yield* caught(thrown), "Unable to retrieve instances.");
    return { rows: [] };
  }
  const { servers, more } = found;
  if (servers.length === 0) return { rows: [] };
  const addresses = yield* addressesOf(request, servers);
  const flavors = yield* silently(request, () => flavorList(request));
  const images = yield* silently(request, () => imageList(request));
  const rows: InstanceRow[] = [];
  for (const server of servers) {
    const { id } = server.flavor;
    let flavor = flavors?.find((one) => one.id === id);
    if (flavor === undefined) {
      try {
        flavor = yield* flavorGet(request, id);
      } catch (thrown) {
        const message = "Unable to retrieve instance size information.";
        handle(request, yield* caught(thrown), message);
      }
    }
    const image = images?.find((one) => server.image !== "" && one.id === server.image.id);
    rows.push({
      server,
      addresses: addresses?.get(server.id) ?? server.addresses,
      flavor,
      image: image?.name ?? undefined,
    });
  }
  const last = servers.at(-1)?.id ?? "";
  return { rows, more: more ? { param: "marker", last } : undefined };
}

/** As Neutron has them; undefined where it did not say, and there is no network service to ask. */
export function* addressesOf(
  request: HorizonRequest,
  servers: readonly NovaServer[],
  all = false,
): Op<ReadonlyMap<string, Addresses> | undefined> {
  if (!request.user.serviceEnabled("network")) return undefined;
  try {
    return yield* serverAddresses(
      request,
      servers.map(({ id }) => id),
      all,
    );
  } catch (thrown) {
    yield* caught(thrown);
    const message = "Unable to connect to Neutron.";
    request.env.log("error", message);
    request.message("error", message);
    return undefined;
  }
}

function* silently<T>(request: HorizonRequest, op: () => Op<T>): Op<T | undefined> {
  try {
    return yield* op();
  } catch (thrown) {
    handle(request, yield* caught(thrown), undefined, { ignore: true });
    return undefined;
  }
}

/** One of them, as a script asks for it again: nobody asks Neutron then. */
export function* instanceRow(request: HorizonRequest, id: string): Op<InstanceRow> {
  const server = yield* serverGet(request, id);
  const flavor = yield* flavorGet(request, server.flavor.id);
  const error = instanceError(server);
  if (error !== undefined) request.message("error", error);
  return { server, addresses: server.addresses, flavor, image: undefined };
}

/** Its name, which Glance is asked for if the list did not have it. Upstream: `image_name` of api/nova.py. */
export function* imageName(
  request: HorizonRequest,
  { server, image }: { readonly server: NovaServer; readonly image?: string | undefined },
): Op<string> {
  if (server.image === "") return "-";
  if (image !== undefined) return image;
  try {
    return (yield* imageGet(request, server.image.id)).name ?? "-";
  } catch (thrown) {
    // What Glance refuses makes a dash, and what nobody answers, no page.
    if (thrown instanceof GlanceHttpError) return "-";
    throw thrown;
  }
}
