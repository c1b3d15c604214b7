/**
 * How many requests of a kind a user may make in a minute, where `api_rate_limit` says so: buckets that leak, counted by each process
 * for itself, and for `/v2` and `/v1.1` apart. The limits of `/servers` and `/os-fping` never act, since whole URLs are compared with
 * them. Other limits than these, which api-paste.ini may have, are not there. Upstream: nova/api/openstack/compute/limits.py
 * (RateLimitingMiddleware), views/limits.py at 2014.2.
 */
import type { Env } from "../../../../../framework/index.js";
import { respond, type HttpRequest, type HttpResponse } from "../../../../../http/index.js";
import type { JsonObject } from "../../../../../python/index.js";

const MINUTE = 60;
const SECOND = 1_000_000;

interface Limit {
  readonly verb: string;
  readonly uri: string;
  readonly regex: string;
  readonly value: number;
}

const LIMITS: readonly Limit[] = [
  { verb: "POST", uri: "*", regex: ".*", value: 120 },
  { verb: "POST", uri: "*/servers", regex: "^/servers", value: 120 },
  { verb: "PUT", uri: "*", regex: ".*", value: 120 },
  { verb: "GET", uri: "*changes-since*", regex: ".*changes-since.*", value: 120 },
  { verb: "DELETE", uri: "*", regex: ".*", value: 120 },
  { verb: "GET", uri: "*/os-fping", regex: "^/os-fping", value: 12 },
];

/** What has run into a bucket and not out of it yet, in seconds of the minute that it holds; dates are seconds of virtual time. */
interface Bucket extends Limit {
  water: number;
  last: number | undefined;
  next: number | undefined;
  remaining: number;
}

export class RateLimits {
  readonly #env: Env;
  /** By version of the API and user. */
  readonly #buckets = new Map<string, readonly Bucket[]>();

  constructor(env: Env) {
    this.#env = env;
  }

  /** Count a request. @returns the refusal of one too many; v2.1 has no limits */
  refusal(request: HttpRequest): HttpResponse | undefined {
    const user = request.headers["x-user-id"] ?? request.headers["x-user"];
    const version = versionOf(request);
    if (user === undefined || version === undefined) return undefined;
    const url = urlOf(request);
    const refused = this.#of(version, user)
      .filter(({ verb, regex }) => verb === request.method && new RegExp(regex, "su").test(url))
      .map((bucket) => ({ bucket, delay: this.#pour(bucket) }))
      .filter(({ delay }) => delay > 0)
      .sort((a, b) => a.delay - b.delay);
    const [first] = refused;
    if (first === undefined) return undefined;
    const { value, verb, uri } = first.bucket;
    const only = `Only ${String(value)} ${verb} request(s) can be made to ${uri} every minute.`;
    return tooMany(only, Math.ceil(first.delay));
  }

  /** As `/limits` shows them: by what they are about. */
  shown(version: string, user: string): JsonObject[] {
    const buckets = this.#of(version, user);
    const kinds = [...new Set(buckets.map(({ regex }) => regex))];
    return kinds.map((kind) => {
      const own = buckets.filter(({ regex }) => regex === kind);
      return { uri: own[0]?.uri ?? "", regex: kind, limit: own.map((one) => this.#shown(one)) };
    });
  }

  #shown({ verb, value, remaining, next }: Bucket): JsonObject {
    const at = Math.floor((next ?? this.#now()) * SECOND);
    const available = this.#env.kernel.calendar.iso(at);
    return { verb, value, remaining, unit: "MINUTE", "next-available": available };
  }

  /** @returns after how many seconds there would be room, 0 where there is */
  #pour(bucket: Bucket): number {
    const now = this.#now();
    const share = MINUTE / bucket.value;
    const water = Math.max(bucket.water - (now - (bucket.last ?? now)), 0) + share;
    bucket.last = now;
    if (water > MINUTE) {
      bucket.water = water - share;
      bucket.next = now + water - MINUTE;
      return water - MINUTE;
    }
    bucket.water = water;
    bucket.remaining = Math.floor(((MINUTE - water) / MINUTE) * bucket.value);
    bucket.next = now;
    return 0;
  }

  #of(version: string, user: string): readonly Bucket[] {
    const key = `${version} ${user}`;
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const buckets = LIMITS.map((limit) => ({
      ...limit,
      water: 0,
      last: undefined,
      next: undefined,
      remaining: limit.value,
    }));
    this.#buckets.set(key, buckets);
    return buckets;
  }

  #now(): number {
    return this.#env.kernel.now / SECOND;
  }
}

/** Under which of the paths that have limits it came. */
const versionOf = ({ path }: HttpRequest): string | undefined =>
  /^\/(v2|v1\.1)(?:\/|$)/u.exec(path)?.[1];

/** `req.url`, which begins with the host's name. */
const urlOf = ({ path, query }: HttpRequest): string =>
  `http://host${path}?${query.pairs.map((pair) => pair.join("=")).join("&")}`;

const tooMany = (details: string, after: number): HttpResponse => {
  const retryAfter = String(after);
  const message = "This request was rate-limited.";
  return respond(
    429,
    { overLimit: { code: 429, message, details, retryAfter } },
    { "content-type": "application/json", "retry-after": retryAfter },
  );
};
