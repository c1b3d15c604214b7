/**
 * Knows which tokens let whom in to which consoles. Tokens are in the memory of the process, so that
 * they are gone when it ends. Upstream: nova/consoleauth/manager.py (ConsoleAuthManager 2.0) at
 * 2014.2.
 */
import {
  clientOf,
  endpoint,
  RpcClient,
  type ClientOf,
  type Endpoint,
  type Serves,
} from "../../../bus/index.js";
import { Manager, MemoryCache, type Env, type RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { bytesRepr, dumps, type Json } from "../../../python/index.js";
import { computeApi, computeHost } from "../compute/rpcapi.js";
import type { NovaDatabase } from "../db/database.js";
import { DirectStore } from "../db/store/object-store.js";
import { getInstance } from "../objects/instance.js";
import { objectSerializer } from "../objects/wire/serializer.js";
import { consoleauthFlags } from "./flags.js";
import { consoleauthApi, type ConsoleAccess, type ConsoleToken } from "./rpcapi.js";

const SECOND = 1_000_000;

export class ConsoleAuthManager
  extends Manager
  implements Serves<typeof consoleauthApi, RequestContext>
{
  readonly #store: DirectStore;
  readonly #compute: ClientOf<typeof computeApi, RequestContext>;
  readonly #cache: MemoryCache<string>;
  readonly #ttl: number;

  constructor(env: Env, db: NovaDatabase) {
    super(env);
    this.#store = new DirectStore(db);
    this.#compute = clientOf(computeApi, new RpcClient(env.bus, objectSerializer(this.#store)));
    this.#cache = new MemoryCache(env.kernel);
    this.#ttl = env.flags.read(consoleauthFlags).console_token_ttl;
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(consoleauthApi, this)];
  }

  *authorize_console(_ctxt: RequestContext, access: ConsoleAccess): Op<null> {
    const { token, instance_uuid, console_type, host, port, internal_access_path } = access;
    const { calendar, now } = this.env.kernel;
    const kept: ConsoleToken = {
      token,
      instance_uuid,
      console_type,
      host,
      port,
      internal_access_path,
      last_activity_at: (now - calendar.parse("1970-01-01T00:00:00")) / SECOND,
    };
    const data = { ...kept };
    this.#cache.set(token, dumps(data), this.#ttl);
    const uuid = String(instance_uuid);
    const tokens = this.#tokensOf(uuid);
    // Upstream takes out of the list what it walks along, and so looks past the one behind it.
    for (let at = 0; at < tokens.length; at++) {
      if (this.#cache.get(tokens[at] ?? "") === undefined) tokens.splice(at, 1);
    }
    this.#cache.set(uuid, dumps([...tokens, token]));
    this.env.log("info", `Received Token: ${token}, ${bytesRepr(data)}`);
    return null;
  }

  /** @throws InstanceNotFound; NovaException if its server is on no host; what its host says */
  *check_token(ctxt: RequestContext, { token }: { token: string }): Op<ConsoleToken | null> {
    const data = this.#cache.get(token);
    const valid = data !== undefined;
    this.env.log("info", `Checking Token: ${token}, ${valid ? "True" : "False"}`);
    if (!valid) return null;
    const kept = JSON.parse(data) as ConsoleToken;
    return (yield* this.#validate(ctxt, kept)) ? kept : null;
  }

  *delete_tokens_for_instance(
    _ctxt: RequestContext,
    { instance_uuid }: { instance_uuid: string },
  ): Op<void> {
    for (const token of this.#tokensOf(instance_uuid)) this.#cache.delete(token);
    this.#cache.delete(instance_uuid);
  }

  /** Whether its host has that server's console at that port still. */
  *#validate(
    ctxt: RequestContext,
    { instance_uuid, port, console_type }: ConsoleToken,
  ): Op<boolean> {
    if (instance_uuid === null) return false;
    const instance = yield* getInstance(this.#store, ctxt, instance_uuid);
    const compute = this.#compute.prepare({ server: computeHost(instance) });
    return yield* compute.validate_console_port(ctxt, { instance, port, console_type });
  }

  #tokensOf(uuid: string): string[] {
    const text = this.#cache.get(uuid);
    return text === undefined ? [] : [...(JSON.parse(text) as Json[] as string[])];
  }
}
