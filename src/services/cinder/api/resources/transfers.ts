/**
 * The requests about offers of volumes. Upstream: cinder/api/contrib/volume_transfer.py,
 * cinder/api/views/transfers.py at 2014.2.
 */
import { storedDate, type RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { KeyError, item, str, type Json, type JsonObject } from "../../../../python/index.js";
import type { Transfer } from "../../db/transfers.js";
import {
  TransferNotFound,
  VolumeNotFound,
  VolumeSizeExceedsAvailableQuota,
} from "../../exception.js";
import type { CinderApp } from "../app.js";
import { badRequest, notFound, plainFault } from "../faults.js";
import { bodyOf, limited, validEntity } from "../input.js";
import { BOTH, inVersions, type ApiVersion, type CinderCall } from "../route.js";
import { linksOf, nextLinks } from "../views/links.js";
import {
  acceptTransfer,
  createTransfer,
  deleteTransfer,
  getTransfer,
  listTransfers,
} from "../volumes/transfers.js";

const COLLECTION = "os-volume-transfer";
const LISTING = { inside: "volume:get_all_transfers" } as const;
const ACCEPTING = { inside: "volume:accept_transfer" } as const;

export const transferRoutes = inVersions(BOTH, (route, version) => [
  route("GET", `/${COLLECTION}`, LISTING, (call) => list(call, version, summary)),
  route("GET", `/${COLLECTION}/detail`, LISTING, (call) => list(call, version, detail)),
  route("POST", `/${COLLECTION}`, { inside: "volume:create_transfer" }, (call) =>
    create(call, version),
  ),
  route("GET", `/${COLLECTION}/{id}`, null, (call) => show(call, version)),
  route("DELETE", `/${COLLECTION}/{id}`, { inside: "volume:delete_transfer" }, remove),
  route("POST", `/${COLLECTION}/{id}/accept`, ACCEPTING, (call) => accept(call, version)),
]);

interface Where {
  readonly app: CinderApp;
  readonly ctxt: RequestContext;
  readonly version: ApiVersion;
}

type View = (where: Where, transfer: Transfer, fresh?: boolean) => JsonObject;

const links = ({ app, ctxt, version }: Where, id: string): JsonObject[] =>
  linksOf(app, ctxt, { version, collection: COLLECTION, id });

const summary: View = (where, { uuid: id, volume_id, display_name: name }) => ({
  id,
  volume_id,
  name,
  links: links(where, id),
});

const detail: View = (where, transfer, fresh = false) => {
  const { uuid: id, created_at, display_name: name, volume_id } = transfer;
  const made = fresh ? created_at : storedDate(created_at);
  return { id, created_at: made, name, volume_id, links: links(where, id) };
};

function* list(call: CinderCall, version: ApiVersion, view: View): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const all = listTransfers(call, request.query.get("all_tenants") !== undefined);
  const page = limited(all, request.query, app.flags.osapi_max_limit);
  const next = nextLinks(call, {
    version,
    collection: COLLECTION,
    ids: page.map(({ uuid }) => uuid),
  });
  const transfers = page.map((transfer) => view({ app, ctxt, version }, transfer));
  return respond(200, { transfers, ...(next.length > 0 && { transfers_links: next }) });
}

function* show(call: CinderCall<"id">, version: ApiVersion): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const transfer = found(() => getTransfer(call, params.id));
  return respond(200, { transfer: detail({ app, ctxt, version }, transfer) });
}

/** @throws HttpFault 404 in the exception's words */
function found<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw error instanceof TransferNotFound ? notFound(error.message) : error;
  }
}

/** @throws HttpFault 400 */
function memberOf(call: CinderCall, entity: string, key: string): [JsonObject, Json] {
  const body = validEntity(bodyOf(call.request), entity);
  if (body === undefined) throw plainFault(400);
  try {
    return [body, item(body, key)];
  } catch (error) {
    throw error instanceof KeyError ? badRequest("Incorrect request body format") : error;
  }
}

function* create(call: CinderCall, version: ApiVersion): Op<HttpResponse> {
  const { app, ctxt } = call;
  const [body, id] = memberOf(call, "transfer", "volume_id");
  app.env.log("info", `Creating transfer of volume ${str(id)}`);
  try {
    const { transfer, auth_key } = createTransfer(call, str(id), body["name"] ?? null);
    const { links: its, ...view } = detail({ app, ctxt, version }, transfer, true);
    return respond(202, { transfer: { ...view, auth_key, links: its ?? [] } });
  } catch (error) {
    throw error instanceof VolumeNotFound ? notFound(error.message) : error;
  }
}

function* accept(call: CinderCall<"id">, version: ApiVersion): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const [, key] = memberOf(call, "accept", "auth_key");
  app.env.log("info", `Accepting transfer ${params.id}`);
  try {
    const transfer = yield* acceptTransfer(call, params.id, key);
    return respond(202, { transfer: summary({ app, ctxt, version }, transfer) });
  } catch (error) {
    if (!(error instanceof VolumeSizeExceedsAvailableQuota)) throw error;
    throw new HttpFault(413, error.message, { "Retry-After": "0" });
  }
}

function* remove(call: CinderCall<"id">): Op<HttpResponse> {
  const { id } = call.params;
  call.app.env.log("info", `Delete transfer with id: ${id}`);
  found(() => {
    deleteTransfer(call, id);
  });
  return respond(202);
}
