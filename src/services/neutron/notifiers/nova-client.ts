/**
 * Sends events to Nova with a token of its own, which it asks Keystone for at first use and after
 * a 401. Upstream: python-novaclient (client.py, server_external_events.py).
 */
import type { FlagsOf, Env } from "../../../framework/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception, type JsonObject } from "../../../python/index.js";
import { authenticate } from "../../keystone/client.js";
import { createServerExternalEvents, type ServerEvent } from "../../nova/client.js";
import type { novaNotifierFlags } from "../flags.js";

interface Login {
  readonly token: string;
  readonly tenantId: string;
}

export class NovaEventsClient {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof novaNotifierFlags>;
  #login: Login | undefined;

  constructor(env: Env, flags: FlagsOf<typeof novaNotifierFlags>) {
    this.#env = env;
    this.#flags = flags;
  }

  /** @throws Exception if Nova took none of them, or could not be asked */
  *create(events: readonly ServerEvent[]): Op<void> {
    let response = yield* this.#post(events);
    if (response.status === 401) {
      this.#login = undefined;
      response = yield* this.#post(events);
    }
    const { status, body } = response;
    if (status === 404) throw new Exception("Nova returned NotFound");
    if (status >= 300) throw new Exception(`Nova answered ${status}`);
    const taken = (body as { events?: readonly JsonObject[] } | null)?.events;
    if (taken === undefined) throw new Exception("Error response returned from nova");
    for (const event of taken) {
      if (event["code"] === 200) continue;
      this.#env.log("warning", `Nova event: ${JSON.stringify(event)} returned with failed status`);
    }
  }

  *#post(events: readonly ServerEvent[]): Op<HttpResponse> {
    const { nova_url, nova_admin_tenant_id } = this.#flags;
    this.#login ??= yield* this.#authenticate();
    const { token, tenantId } = this.#login;
    const url = `${nova_url}/${nova_admin_tenant_id ?? tenantId}`;
    return yield* createServerExternalEvents(this.#env.http, url, token, events);
  }

  *#authenticate(): Op<Login> {
    const flags = this.#flags;
    const { token } = yield* authenticate(this.#env.http, flags.nova_admin_auth_url, {
      username: flags.nova_admin_username,
      password: flags.nova_admin_password,
      tenantName: flags.nova_admin_tenant_name,
    });
    return { token: token.id, tenantId: token.tenant?.id ?? "" };
  }
}
