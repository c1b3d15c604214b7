/**
 * How many requests of a kind a tenant may make in a minute: buckets that leak. PATCH has none, and the one for
 * `/mgmt` never acts, since it is compared with whole URLs. Upstream: trove/common/limits.py at 2014.2.
 */
import type { Env, FlagsOf } from "../../../framework/index.js";
import { respond, type HttpResponse } from "../../../http/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { troveApiFlags } from "../flags.js";
import { unixMicros } from "../../../kernel/index.js";
import { isoTime } from "../times.js";

interface Limit {
  readonly verb: string;
  readonly uri: string;
  readonly regex: string;
  readonly value: number;
}

/** What has run into a bucket and not out of it yet, in seconds. */
interface Level {
  water: number;
  last: number;
  remaining: number;
}

const MINUTE = 60;

export class RateLimits {
  readonly #env: Env;
  readonly #limits: readonly Limit[];
  /** By tenant and limit. */
  readonly #levels = new Map<string, readonly Level[]>();

  constructor(env: Env, flags: FlagsOf<typeof troveApiFlags>) {
    this.#env = env;
    const all = { uri: "*", regex: ".*" };
    this.#limits = [
      { verb: "POST", ...all, value: flags.http_post_rate },
      { verb: "PUT", ...all, value: flags.http_put_rate },
      { verb: "DELETE", ...all, value: flags.http_delete_rate },
      { verb: "GET", ...all, value: flags.http_get_rate },
      { verb: "POST", uri: "*/mgmt", regex: "^/mgmt", value: 200 },
    ];
  }

  /** Count a request. @returns the refusal of one too many */
  refusal(tenant: string, method: string): HttpResponse | undefined {
    const levels = this.#of(tenant);
    for (const [index, { verb, regex, uri, value }] of this.#limits.entries()) {
      const level = levels[index];
      if (level === undefined || verb !== method || regex !== ".*") continue;
      const now = this.#now();
      const water = Math.max(level.water - (now - level.last), 0) + MINUTE / value;
      level.last = now;
      if (water > MINUTE) {
        level.water = water - MINUTE / value;
        const what = `${String(value)} ${verb} request(s) can be made to ${uri} every minute.`;
        return tooMany(`Only ${what}`, Math.ceil(water - MINUTE));
      }
      level.water = water;
      level.remaining = Math.floor(((MINUTE - water) / MINUTE) * value);
    }
    return undefined;
  }

  /** As `/limits` shows them. */
  shown(tenant: string): JsonObject[] {
    const levels = this.#of(tenant);
    return this.#limits.map(({ verb, uri, regex, value }, index) => ({
      nextAvailable: isoTime(this.#env.utcnow()),
      remaining: levels[index]?.remaining ?? value,
      unit: "MINUTE",
      value,
      verb,
      uri,
      regex,
    }));
  }

  #of(tenant: string): readonly Level[] {
    const known = this.#levels.get(tenant);
    if (known !== undefined) return known;
    const last = this.#now();
    const levels = this.#limits.map(({ value }) => ({ water: 0, last, remaining: value }));
    this.#levels.set(tenant, levels);
    return levels;
  }

  #now(): number {
    return unixMicros(this.#env.utcnow()) / 1e6;
  }
}

const tooMany = (details: string, after: number): HttpResponse => {
  const retryAfter = String(after);
  const message = "This request was rate-limited.";
  return respond(
    413,
    { overLimit: { code: 413, message, details, retryAfter } },
    { "content-type": "application/json", "retry-after": retryAfter },
  );
};
