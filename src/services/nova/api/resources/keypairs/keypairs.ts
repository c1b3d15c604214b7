/**
 * Key pairs of users. Upstream: contrib/keypairs.py, nova/compute/api.py (KeypairAPI) at 2014.2;
 * nova §5.6.
 */
import { storedDate, type RequestContext, type Row } from "../../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  contains,
  Exception,
  item,
  iterate,
  type Json,
  type JsonObject,
  KeyError,
  PythonTypeError,
  typeName,
} from "../../../../../python/index.js";
import { createKeyPair, deleteKeyPair, keyPairByName, keyPairs } from "../../../db/key-pairs.js";
import type { KeyPairRow } from "../../../db/schema.js";
import {
  InvalidInput,
  InvalidKeypair,
  KeyPairExists,
  KeypairLimitExceeded,
  KeypairNotFound,
  OverQuota,
} from "../../../exception.js";
import type { NovaApp } from "../../app.js";
import { wrapException } from "../../compute/wrap-exception.js";
import { badRequest, stringOfLength } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { fingerprint, generateKeyPair } from "./key-material.js";

const POLICY = "compute_extension:keypairs";

export const keypairRoutes: readonly NovaRoute[] = [
  route("GET", "/os-keypairs", `${POLICY}:index`, function* ({ app, ctxt }) {
    const keypairs = keyPairs(app.db, ctxt.user_id ?? "").map((row) => ({
      keypair: filtered(row),
    }));
    return respond(200, { keypairs });
  }),
  route(
    "GET",
    "/os-keypairs/{name}",
    `${POLICY}:show`,
    function* ({ app, ctxt, params: { name } }) {
      const row = answered(() => keyPairByName(app.db, ctxt.user_id ?? "", name));
      return respond(200, { keypair: whole(row) });
    },
  ),
  route("POST", "/os-keypairs", `${POLICY}:create`, create),
  route("DELETE", "/os-keypairs/{name}", `${POLICY}:delete`, function* (call) {
    const { app, ctxt, params } = call;
    const args = { user_id: ctxt.user_id, key_name: params.name };
    yield* wrapException(
      call,
      "delete_key_pair",
      args,
      function* () {
        yield* notify(call, "delete.start", params.name);
        deleteKeyPair(app.db, ctxt.user_id ?? "", params.name);
        yield* notify(call, "delete.end", params.name);
      },
      faultOf,
    );
    return respond(202);
  }),
];

const filtered = ({ name, public_key, fingerprint }: Row<KeyPairRow>) => ({
  name,
  public_key,
  fingerprint,
});

/** The object itself, with all of its fields. */
const whole = (row: Row<KeyPairRow>): JsonObject => ({
  ...filtered(row),
  id: row.id,
  user_id: row.user_id,
  created_at: storedDate(row.created_at),
  updated_at: storedDate(row.updated_at),
  deleted_at: storedDate(row.deleted_at),
  deleted: false,
});

/** An import if there is a key, whatever it is. */
function* create(call: NovaCall): Op<HttpResponse> {
  const { app, ctxt } = call;
  const user_id = ctxt.user_id ?? "";
  const { name, public_key } = paramsOf(call.request.body);
  const imported = public_key !== undefined;
  const [method, event] = imported ? ["import_key_pair", "import"] : ["create_key_pair", "create"];
  const args = { user_id, key_name: name, ...(imported && { public_key }) };
  return yield* wrapException(
    call,
    method,
    args,
    function* () {
      const key_name = validName(app, ctxt, name);
      yield* notify(call, `${event}.start`, key_name);
      const made = imported ? undefined : generateKeyPair(app.env.stream("key pair"));
      const row = insert(app, user_id, key_name, made?.public_key ?? public_key ?? null);
      yield* notify(call, `${event}.end`, key_name);
      const secret = made && { private_key: made.private_key };
      return respond(200, { keypair: { ...filtered(row), user_id, ...secret } });
    },
    faultOf,
  );
}

/** `create_key_pair` as nova-api itself calls it, for the user of `call`. @throws KeyPairExists and others */
export function* createKeyPairOf(call: NovaCall, name: string): Op<void> {
  const { app, ctxt } = call;
  const user_id = ctxt.user_id ?? "";
  const key_name = validName(app, ctxt, name);
  yield* notify(call, "create.start", key_name);
  insert(app, user_id, key_name, generateKeyPair(app.env.stream("key pair")).public_key);
  yield* notify(call, "create.end", key_name);
}

interface Params {
  readonly name: Json;
  readonly public_key: Json | undefined;
}

/** @throws HttpFault 400, PythonTypeError */
function paramsOf(body: Json): Params {
  try {
    const params = item(body, "keypair");
    const name = item(params, "name");
    const given = contains(params, "public_key");
    return { name, public_key: given ? item(params, "public_key") : undefined };
  } catch (error) {
    throw error instanceof KeyError ? badRequest("Invalid request body") : error;
  }
}

const SAFE = /^[A-Za-z0-9_\- ]*$/;

/**
 * `_validate_new_key_pair`: its characters, its length, and then how many there are.
 * @throws InvalidKeypair, KeypairLimitExceeded; PythonTypeError for what has no characters
 */
function validName(app: NovaApp, ctxt: RequestContext, name: Json): string {
  for (const part of iterate(name)) {
    if (typeof part === "string") continue;
    const given = `'in <string>' requires string as left operand, not ${typeName(part)}`;
    throw new PythonTypeError(given);
  }
  if (typeof name !== "string" || !SAFE.test(name)) {
    throw new InvalidKeypair({ reason: "Keypair name contains unsafe characters" });
  }
  try {
    stringOfLength(name, "name", 1, 255);
    app.quotas.limitCheck(ctxt, {
      key_pairs: keyPairs(app.db, ctxt.user_id ?? "").length + 1,
    });
    return name;
  } catch (error) {
    if (error instanceof OverQuota) throw new KeypairLimitExceeded();
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidKeypair({
      reason: "Keypair name must be string and between 1 and 255 characters long",
    });
  }
}

/** @throws InvalidKeypair, KeyPairExists */
function insert({ db }: NovaApp, user_id: string, name: string, key: Json): Row<KeyPairRow> {
  const print = fingerprint(key);
  const public_key = typeof key === "string" ? key : "";
  return createKeyPair(db, { name, user_id, public_key, fingerprint: print });
}

function notify({ app, ctxt }: NovaCall, event: string, key_name: string): Op<void> {
  const { project_id: tenant_id, user_id } = ctxt;
  return app.apiNotifier.info(ctxt, `keypair.${event}`, { tenant_id, user_id, key_name });
}

function answered<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Exception ? faultOf(error) : error;
  }
}

/** What the controller makes of an error; others as they are. */
function faultOf(error: Exception): Exception {
  if (error instanceof KeypairLimitExceeded) {
    return new HttpFault(403, "Quota exceeded, too many key pairs.");
  }
  if (error instanceof InvalidKeypair) return badRequest(error.message);
  if (error instanceof KeyPairExists) return new HttpFault(409, error.message);
  return error instanceof KeypairNotFound ? new HttpFault(404, error.message) : error;
}
