/**
 * Key pairs of users. Upstream: contrib/keypairs.py, nova/compute/api.py (KeypairAPI) at 2014.2;
 * nova §5.6.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, type Json } from "../../../../python/index.js";
import { createKeyPair, deleteKeyPair, keyPairByName, keyPairs } from "../../db/key-pairs.js";
import type { KeyPairRow } from "../../db/schema.js";
import {
  InvalidKeypair,
  KeyPairExists,
  KeypairLimitExceeded,
  KeypairNotFound,
} from "../../exception.js";
import type { NovaApp } from "../app.js";
import { badRequest } from "../input.js";
import { route, type NovaCall, type NovaRoute } from "../route.js";
import { fingerprint, generateKeyPair } from "./key-material.js";

const POLICY = "compute_extension:keypairs";

export const keypairRoutes: readonly NovaRoute[] = [
  route("GET", "/os-keypairs", `${POLICY}:index`, function* ({ app, ctxt }) {
    const keypairs = keyPairs(app.db, ctxt.user_id ?? "").map(
      ({ name, public_key, fingerprint }) => ({ keypair: { name, public_key, fingerprint } }),
    );
    return respond(200, { keypairs });
  }),
  route(
    "GET",
    "/os-keypairs/{name}",
    `${POLICY}:show`,
    function* ({ app, ctxt, params: { name } }) {
      return respond(200, { keypair: { ...own(app, ctxt, name), deleted: false } });
    },
  ),
  route("POST", "/os-keypairs", `${POLICY}:create`, function* (call) {
    const {
      app,
      ctxt,
      request: { body },
    } = call;
    const { name, public_key } = keypairOf(body);
    yield* notify(call, public_key === undefined ? "create.start" : "import.start", name);
    const answer = create(app, ctxt, name, public_key);
    yield* notify(call, public_key === undefined ? "create.end" : "import.end", name);
    return answer;
  }),
  route("DELETE", "/os-keypairs/{name}", `${POLICY}:delete`, function* (call) {
    const {
      app,
      ctxt,
      params: { name },
    } = call;
    yield* notify(call, "delete.start", name);
    own(app, ctxt, name);
    deleteKeyPair(app.db, ctxt.user_id ?? "", name);
    yield* notify(call, "delete.end", name);
    return respond(202);
  }),
];

function notify({ app, ctxt }: NovaCall, event: string, key_name: string): Op<void> {
  const { project_id: tenant_id, user_id } = ctxt;
  return app.apiNotifier.info(ctxt, `keypair.${event}`, { tenant_id, user_id, key_name });
}

/** @throws HttpFault 404 */
function own({ db }: NovaApp, ctxt: RequestContext, name: string): Row<KeyPairRow> {
  try {
    return keyPairByName(db, ctxt.user_id ?? "", name);
  } catch (error) {
    if (error instanceof KeypairNotFound) throw new HttpFault(404, error.message);
    throw error;
  }
}

/** @throws HttpFault 400 */
function keypairOf(body: Json): { readonly name: string; readonly public_key: string | undefined } {
  const given = isObject(body) ? body["keypair"] : undefined;
  if (!isObject(given) || given["name"] === undefined) throw badRequest("Invalid request body");
  const { name, public_key } = given;
  if (typeof name !== "string" || name.trim() === "" || name.length > 255) {
    throw invalid("Keypair name must be string and between 1 and 255 characters long");
  }
  if (!/^[\w\- ]+$/.test(name)) throw invalid("Keypair name contains unsafe characters");
  return { name, public_key: typeof public_key === "string" ? public_key : undefined };
}

const invalid = (reason: string): HttpFault => badRequest(new InvalidKeypair({ reason }).message);

function create(
  app: NovaApp,
  ctxt: RequestContext,
  name: string,
  given: string | undefined,
): HttpResponse {
  const user_id = ctxt.user_id ?? "";
  const limit = app.quotas.limits(ctxt.project_id ?? "").key_pairs;
  if (limit >= 0 && keyPairs(app.db, user_id).length >= limit) {
    throw new HttpFault(403, new KeypairLimitExceeded().message);
  }
  const made = given === undefined ? generateKeyPair(app.env.stream("key pair")) : undefined;
  const public_key = made?.public_key ?? given ?? "";
  const values = { name, user_id, public_key, fingerprint: fingerprint(public_key) };
  try {
    createKeyPair(app.db, values);
  } catch (error) {
    if (error instanceof KeyPairExists) throw new HttpFault(409, error.message);
    throw error;
  }
  const { fingerprint: print } = values;
  const keypair = { name, public_key, fingerprint: print, user_id };
  return respond(200, {
    keypair: { ...keypair, ...(made && { private_key: made.private_key }) },
  });
}
