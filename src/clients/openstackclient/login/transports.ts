/**
 * How each of the libraries that `openstack` is made of sends its requests: under a name of its own, and
 * all but Glance's wait for an answer for ever. Upstream: USER_AGENT of keystoneclient, novaclient,
 * cinderclient, neutronclient and glanceclient/common/http.py.
 */
import type { Env } from "../../../framework/index.js";
import { Transport, type TransportOptions } from "../../openstack/transport.js";

/** What asks with no library but requests. */
export const REQUESTS_AGENT = "python-requests";

const WAITS: ReadonlyMap<string, number> = new Map([["python-glanceclient", 600]]);

export class Transports {
  readonly env: Env;
  readonly #options: Omit<TransportOptions, "userAgent" | "timeout">;
  readonly #byAgent = new Map<string, Transport>();

  constructor(env: Env, options: Omit<TransportOptions, "userAgent" | "timeout">) {
    this.env = env;
    this.#options = options;
  }

  of(userAgent: string): Transport {
    const known = this.#byAgent.get(userAgent);
    if (known !== undefined) return known;
    const timeout = WAITS.get(userAgent) ?? null;
    const made = new Transport(this.env, {
      ...this.#options,
      userAgent,
      timeout,
      json: userAgent !== REQUESTS_AGENT,
    });
    this.#byAgent.set(userAgent, made);
    return made;
  }
}
