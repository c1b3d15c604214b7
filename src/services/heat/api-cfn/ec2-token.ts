/**
 * A signature in the place of a token: Keystone is asked whose it is, and gives a token for it. Several
 * Keystones are asked one after the other. Upstream: heat/api/aws/ec2token.py (EC2Token) at 2014.2.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Env, FlagsOf, Layer } from "../../../framework/index.js";
import type { Headers, HttpRequest } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { dumps, isObject, textOf, wellFormed, type Json } from "../../../python/index.js";
import { HeatApiException } from "./faults.js";
import type { heatApiCfnFlags } from "./flags.js";

interface Signed {
  readonly access: string;
  readonly signature: string;
}

/** @param host as its clients call it: `controller:8000` */
export const ec2Token =
  (env: Env, flags: FlagsOf<typeof heatApiCfnFlags>, authUri: string, host: () => string): Layer =>
  (next) =>
    function* (request) {
      const own = flags.ec2_auth_uri ?? authUri;
      if (!flags.ec2_multi_cloud) return yield* next(yield* authorized(env, request, own, host()));
      let last = new HeatApiException("AccessDenied");
      for (const uri of flags.ec2_allowed_auth_uris) {
        try {
          return yield* next(yield* authorized(env, request, uri, host()));
        } catch (thrown) {
          const error = yield* caught(thrown);
          if (!(error instanceof HeatApiException)) throw error;
          last = error;
        }
      }
      throw last;
    };

/** The request with a token, or as it came if it has another way to say who it is from. @throws HeatApiException */
function* authorized(
  env: Env,
  request: HttpRequest,
  authUri: string,
  host: string,
): Op<HttpRequest> {
  env.log("info", "Checking AWS credentials..");
  const signed = signatureOf(env, request);
  if (signed === undefined) return request;
  env.log("info", "AWS credentials found, checking against keystone.");
  const url = authUri.endsWith("ec2tokens") ? authUri : `${authUri.replace(/\/$/u, "")}/ec2tokens`;
  env.log("info", `Authenticating with ${url}`);
  const body = { ec2Credentials: credentialsOf(request, signed, host) };
  const answer = yield* env.http.request("POST", url, { body });
  return { ...request, headers: headersFrom(env, request, signed, answer.body, authUri) };
}

/** @throws HeatApiException */
function signatureOf(env: Env, { query, headers }: HttpRequest): Signed | undefined {
  const authorization = headers["authorization"];
  const signature =
    query.get("Signature") ||
    query.get("X-Amz-Signature") ||
    (authorization === undefined ? undefined : fieldOf(authorization, "Signature="));
  const otherwise = headers["x-auth-user"] !== undefined;
  if (!signature) {
    if (otherwise) return undefined;
    env.log("info", "No AWS Signature found.");
    throw new HeatApiException("IncompleteSignature");
  }
  const credential =
    query.get("X-Amz-Credential") ||
    (authorization === undefined ? undefined : fieldOf(authorization, "Credential="));
  const access = query.get("AWSAccessKeyId") ?? credential?.split("/")[0];
  if (access) return { access, signature };
  if (otherwise) return undefined;
  env.log("info", "No AWSAccessKeyId/Authorization Credential");
  throw new HeatApiException("MissingAuthenticationToken");
}

/** What stands behind `name` in a header of several fields. */
const fieldOf = (header: string, name: string): string => {
  const at = header.indexOf(name);
  return at < 0 ? "" : (header.slice(at + name.length).split(",")[0] ?? "");
};

function credentialsOf(
  { method, path, query, headers, body }: HttpRequest,
  { access, signature }: Signed,
  host: string,
): Json {
  const names = query.names().filter((name) => name !== "Signature");
  const bytes = body === null ? "" : typeof body === "string" ? body : dumps(body);
  return {
    access,
    signature,
    host,
    verb: method,
    path,
    params: Object.fromEntries(names.map((name) => [name, query.get(name) ?? ""])),
    headers,
    body_hash: bytesToHex(sha256(utf8ToBytes(wellFormed(bytes)))),
  };
}

/** @throws HeatApiException if Keystone knows nobody */
function headersFrom(
  env: Env,
  { headers }: HttpRequest,
  { access, signature }: Signed,
  answer: Json,
  authUri: string,
): Headers {
  const said = memberOf(answer, "access");
  const token = memberOf(said, "token");
  const tenant = memberOf(token, "tenant");
  if (!isObject(token) || !isObject(tenant)) {
    env.log("info", "AWS authentication failure.");
    throw refusal(memberOf(memberOf(answer, "error"), "message"));
  }
  env.log("info", "AWS authentication successful.");
  const roles = memberOf(memberOf(said, "metadata"), "roles");
  return {
    ...headers,
    "x-auth-ec2-creds": dumps({ ec2Credentials: { access, signature } }),
    "x-auth-token": textOf(token, "id"),
    "x-tenant-name": textOf(tenant, "name"),
    "x-tenant-id": textOf(tenant, "id"),
    "x-auth-url": authUri,
    "x-roles": Array.isArray(roles) ? roles.join(",") : "",
  };
}

function refusal(reason: Json | undefined): HeatApiException {
  switch (reason) {
    case "EC2 access key not found.":
      return new HeatApiException("InvalidClientTokenId");
    case "EC2 signature not supplied.":
      return new HeatApiException("SignatureDoesNotMatch");
    default:
      return new HeatApiException("AccessDenied");
  }
}

const memberOf = (value: Json | undefined, key: string): Json | undefined =>
  isObject(value ?? null) ? (value as Readonly<Record<string, Json>>)[key] : undefined;
