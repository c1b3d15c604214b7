/**
 * The password of a guest, which it posts once, encrypted for the owner's key, and which is kept in four pieces.
 * Upstream: nova/api/metadata/password.py at 2014.2.
 */
import { adminContext, type Env } from "../../../../framework/index.js";
import {
  explanation,
  HttpFault,
  respond,
  type HttpRequest,
  type HttpResponse,
} from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { ObjectStore } from "../../objects/base/versioned-object.js";
import { getInstance } from "../../objects/instance.js";
import type { ServerFacts } from "./facts.js";

const CHUNKS = 4;
const CHUNK_LENGTH = 255;
const MAX_SIZE = CHUNKS * CHUNK_LENGTH;

/** What webob answers with where nobody names a type. */
const HTML = { "content-type": "text/html; charset=UTF-8" };

/** @throws HttpFault for another method, one that is there already, and one too long */
export function* handlePassword(
  env: Env,
  store: ObjectStore,
  { method, body }: HttpRequest,
  { password, instance: { uuid } }: ServerFacts,
): Op<HttpResponse> {
  if (method === "GET") return respond(200, password ?? "", HTML);
  if (method !== "POST") throw new HttpFault(400, explanation(400));
  if (password !== null) throw new HttpFault(409, explanation(409));
  const posted = body === null ? "" : typeof body === "string" ? body : JSON.stringify(body);
  if (posted.length > MAX_SIZE) throw new HttpFault(400, "Request is too large.");
  const ctxt = adminContext(env);
  const instance = yield* getInstance(store, ctxt, uuid);
  const pieces = Array.from({ length: CHUNKS }, (_, at) => [
    `password_${at}`,
    posted.slice(at * CHUNK_LENGTH, (at + 1) * CHUNK_LENGTH),
  ]);
  instance.system_metadata = {
    ...instance.system_metadata,
    ...(Object.fromEntries(pieces) as Record<string, string>),
  };
  yield* instance.save(ctxt);
  return respond(200, "", HTML);
}
