/**
 * The v1 API's link to the registry: HTTP with the user's own token. What it refuses with is raised
 * with its page for a text; its absence is a 500. Upstream: glance/registry/client/v1/,
 * glance/common/client.py at 2014.2.
 */
import { ConnectionError, HttpFault, type HttpResponse } from "../../../http/index.js";
import type { Env, FlagsOf } from "../../../framework/index.js";
import { seconds, type Duration, type Op } from "../../../kernel/index.js";
import type { Exception } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import type { ImageStatus } from "../database.js";
import { Duplicate, Forbidden, Invalid, NotFound } from "../exception.js";
import type { glanceApiFlags } from "../flags.js";
import type { ImageChanges, ImageMeta } from "../image-meta.js";

export class RegistryClient {
  readonly #env: Env;
  readonly #base: string;
  readonly #timeout: Duration;

  constructor(env: Env, flags: FlagsOf<typeof glanceApiFlags>) {
    this.#env = env;
    this.#base = `http://${flags.registry_host}:${flags.registry_port}`;
    this.#timeout = seconds(flags.registry_client_timeout);
  }

  /** @throws NotFound */
  *show(ctxt: ImageContext, id: string): Op<ImageMeta> {
    return imageOf(yield* this.ask(ctxt, "GET", pathOf(id)));
  }

  /** @throws Duplicate, Invalid */
  *add(ctxt: ImageContext, image: ImageChanges): Op<ImageMeta> {
    return imageOf(yield* this.ask(ctxt, "POST", "/images", { image }));
  }

  /** @throws Forbidden, NotFound, Invalid; Duplicate if the image is not in `fromState` */
  *update(
    ctxt: ImageContext,
    id: string,
    image: ImageChanges,
    { fromState, purge = false }: { fromState?: ImageStatus; purge?: boolean } = {},
  ): Op<ImageMeta> {
    const body = { image, from_state: fromState ?? null };
    const headers: Record<string, string> = purge
      ? { "x-glance-registry-purge-props": "true" }
      : {};
    return imageOf(yield* this.ask(ctxt, "PUT", pathOf(id), body, headers));
  }

  *delete(ctxt: ImageContext, id: string): Op<ImageMeta> {
    return imageOf(yield* this.ask(ctxt, "DELETE", pathOf(id)));
  }

  /** Any request. @throws what the registry's status stands for; HttpFault 500 if it has none */
  *ask(
    ctxt: ImageContext,
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Op<HttpResponse> {
    try {
      const response = yield* this.#env.http.request(method, this.#base + path, {
        body,
        headers: { "x-auth-token": ctxt.auth_token, ...headers },
        timeout: this.#timeout,
      });
      if (response.status < 400) return response;
      throw refusal(response);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      this.#env.log("error", `Unable to reach the registry: ${error.message}`);
      throw new HttpFault(500, FAILED);
    }
  }
}

const FAILED = "The server has either erred or is incapable of performing.";

/** Ids come from users, who may type anything. */
const pathOf = (id: string): string => `/images/${encodeURIComponent(id)}`;

const imageOf = ({ body }: HttpResponse): ImageMeta =>
  (body as unknown as { image: ImageMeta }).image;

function refusal({ status, body }: HttpResponse): Exception {
  const text = typeof body === "string" ? body : "";
  switch (status) {
    case 400:
      return new Invalid({}, text);
    case 401:
      return new HttpFault(401, text);
    case 403:
      return new Forbidden({}, text);
    case 404:
      return new NotFound({}, text);
    case 409:
      return new Duplicate({}, text);
    default:
      return new HttpFault(500, FAILED);
  }
}
