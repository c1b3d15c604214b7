/**
 * Finds resources by the names of discoveries; what was found once in a cycle is found. One that fails finds
 * nothing. Upstream: ceilometer/agent.py (AgentManager.discover, _parse_discoverer) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import type { Discovery } from "./pollster.js";

export type Found = Map<string, readonly Json[]>;

export class Discoveries {
  readonly #env: Env;
  readonly #known: ReadonlyMap<string, Discovery>;

  constructor(env: Env, known: ReadonlyMap<string, Discovery>) {
    this.#env = env;
    this.#known = known;
  }

  /** @param found what is remembered of this cycle, if anything is to be */
  *discover(urls: readonly string[], found?: Found): Op<readonly Json[]> {
    const resources: Json[] = [];
    for (const url of urls) resources.push(...(found?.get(url) ?? (yield* this.#one(url, found))));
    return resources;
  }

  *#one(url: string, found: Found | undefined): Op<readonly Json[]> {
    const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/)?([^?#]*)/.exec(url) ?? [];
    const name = scheme ?? url;
    const discovery = this.#known.get(name);
    if (discovery === undefined) {
      this.#env.log("warning", `Unknown discovery extension: ${name}`);
      return [];
    }
    try {
      const resources = yield* discovery(rest);
      found?.set(url, resources);
      return resources;
    } catch (thrown) {
      const { message } = yield* caught(thrown);
      this.#env.log("error", `Unable to discover resources: ${message}`);
      return [];
    }
  }
}
