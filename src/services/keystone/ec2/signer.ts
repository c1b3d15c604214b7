/**
 * The signature that a request of EC2's must bear, in the four forms of AWS. What is not there or not
 * of the type that a line needs raises as Python does at it. SHA-1 in the second form is for Pythons without
 * SHA-256, and is left out. Upstream: python-keystoneclient 0.11.1 `keystoneclient/contrib/ec2/utils.py` (Ec2Signer).
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import {
  Exception,
  PythonTypeError,
  asDict,
  b64encode,
  contains,
  dictOrder,
  get,
  isObject,
  item,
  noAttribute,
  quote,
  str,
  typeName,
  type Json,
  type JsonObject,
} from "../../../python/index.js";

const V4 = "AWS4-HMAC-SHA256";

/** The signature of `credentials`, a request as a service hands it on. @throws whatever Python does */
export function signature(secret: Json, credentials: Json): string {
  const key = utf8ToBytes(text(secret, "encode"));
  const params = item(credentials, "params");
  const version = get(params, "SignatureVersion");
  const named = asDict(params, "get");
  if (version === "0") return b64encode(hmac(sha1, key, utf8ToBytes(oldest(named))));
  if (version === "1") return b64encode(hmac(sha1, key, utf8ToBytes(plain(named))));
  const part = (name: string): Json => item(credentials, name);
  if (version === "2") {
    const lines = [part("verb"), part("host"), part("path")].map(str);
    const query = canonicalQuery({ ...named, SignatureMethod: "HmacSHA256" });
    return b64encode(hmac(sha256, key, utf8ToBytes(`${lines.join("\n")}\n${query}`)));
  }
  if (isV4(credentials)) {
    const [verb, path, headers] = [part("verb"), part("path"), part("headers")];
    return new FourthSignature(named, headers).of(secret, verb, path, part("body_hash"));
  }
  if (version !== null) throw new Exception(`Unknown signature version: ${str(version)}`);
  throw new Exception("Unexpected signature format");
}

/** Upstream: _calc_signature_0. */
function oldest(params: JsonObject): string {
  const [action, timestamp] = [item(params, "Action"), item(params, "Timestamp")];
  if (typeof action === "string" && typeof timestamp === "string") return action + timestamp;
  if (typeof action === "string") {
    const type = typeName(timestamp);
    throw new PythonTypeError(`coercing to Unicode: need string or buffer, ${type} found`);
  }
  if (typeof action === "number" && typeof timestamp === "number")
    throw noAttribute(action, "encode");
  const types = `'${typeName(action)}' and '${typeName(timestamp)}'`;
  throw new PythonTypeError(`unsupported operand type(s) for +: ${types}`);
}

/** Upstream: _calc_signature_1. */
function plain(params: JsonObject): string {
  const keys = dictOrder(Object.keys(params));
  const lower = (key: string): string => key.toLowerCase();
  keys.sort((a, b) => (lower(a) < lower(b) ? -1 : lower(a) > lower(b) ? 1 : 0));
  return keys.map((key) => key + str(params[key] ?? null)).join("");
}

/** Upstream: _canonical_qs. A tilde is left alone in values only. */
function canonicalQuery(params: JsonObject): string {
  const pairs = Object.keys(params)
    .sort()
    .map((key) => `${quote(key)}=${quote(str(params[key] ?? null)).replaceAll("%7E", "~")}`);
  return pairs.join("&");
}

/** Upstream: _v4_creds. Only where no header says how it is authorized is it looked for in the parameters. */
function isV4(credentials: Json): boolean {
  const headers = contains(credentials, "headers") ? item(credentials, "headers") : {};
  if (!isObject(headers) || contains(headers, "Authorization")) {
    return text(item(headers, "Authorization"), "startswith").startsWith(V4);
  }
  return get(item(credentials, "params"), "X-Amz-Algorithm") === V4;
}

/** Upstream: _calc_signature_4. */
class FourthSignature {
  readonly #params: JsonObject;
  readonly #headers: JsonObject;

  constructor(params: JsonObject, headers: Json) {
    this.#params = params;
    this.#headers = asDict(headers, "items");
  }

  of(secret: Json, verb: Json, path: Json, bodyHash: Json): string {
    const upper = text(verb, "upper").toUpperCase();
    const request = [
      upper,
      path,
      upper === "POST" ? "" : canonicalQuery(this.#params),
      this.#canonicalHeaders(),
      this.#parameter("SignedHeaders"),
      bodyHash,
    ].map(joined);
    const credential = text(this.#parameter("Credential"), "split").split("/");
    const [, day, region, service] = credential;
    if (day === undefined) throw new Exception("list index out of range");
    const date = text(this.#date(), "startswith");
    if (!date.startsWith(day)) throw new Exception("Request date mismatch error");
    const hash = bytesToHex(sha256(utf8ToBytes(request.join("\n"))));
    const toSign = [V4, date, credential.slice(1).join("/"), hash].join("\n");
    if (region === undefined || service === undefined) {
      throw new Exception(`need more than ${String(credential.length - 2)} values to unpack`);
    }
    const derived = [day, region, service, "aws4_request", toSign].reduce(
      (key: Uint8Array, message) => hmac(sha256, key, utf8ToBytes(message)),
      utf8ToBytes(`AWS4${str(secret)}`),
    );
    return bytesToHex(derived);
  }

  /** Of the header, or of the query. Upstream: auth_param. */
  #parameter(name: string): Json {
    const header = this.#headers["Authorization"];
    if (header === undefined) return get(this.#params, `X-Amz-${name}`);
    const all = text(header, "partition");
    const at = all.indexOf(`${name}=`);
    return at < 0 ? "" : (all.slice(at + name.length + 1).split(",")[0] ?? "");
  }

  #date(): Json {
    return this.#headers["X-Amz-Date"] ?? get(this.#params, "X-Amz-Date");
  }

  /** Boto before 2.9.3 signs hosts without their ports. Upstream: canonical_header_str. */
  #canonicalHeaders(): string {
    const lower = new Map(
      Object.entries(this.#headers).map(([name, value]) => [
        name.toLowerCase().trim(),
        text(value ?? null, "strip").trim(),
      ]),
    );
    const old = /^Boto\/2.[0-9].[0-2]/.test(lower.get("user-agent") ?? "");
    const names = text(this.#parameter("SignedHeaders"), "split").split(";");
    const lines = names.flatMap((name) => {
      const value = lower.get(name);
      if (value === undefined) return [];
      return [`${name}:${name === "host" && old ? (value.split(":")[0] ?? "") : value}`];
    });
    return `${lines.join("\n")}\n`;
  }
}

/** `value`, on which a method of texts is called. @throws AttributeError */
function text(value: Json, method: string): string {
  if (typeof value === "string") return value;
  throw noAttribute(value, method);
}

/** What `"\n".join` takes. @throws PythonTypeError */
function joined(value: Json, at: number): string {
  if (typeof value === "string") return value;
  const found = typeName(value);
  throw new PythonTypeError(`sequence item ${String(at)}: expected string, ${found} found`);
}
