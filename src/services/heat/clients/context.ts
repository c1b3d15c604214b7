/**
 * What the clients of Heat are made of: a process's way out, and who asks by them. Upstream:
 * heat/engine/clients/client_plugin.py (ClientPlugin) at 2014.2.
 */
import type { Requester } from "../../../framework/apiclient/index.js";
import type { FlagsOf } from "../../../framework/index.js";
import type { Kernel, LogLine, Stream } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import type { clientFlags } from "./flags.js";

export interface ClientEnv {
  readonly kernel: Kernel;
  readonly http: Requester;
  readonly flags: FlagsOf<typeof clientFlags>;
  /** Where secrets and ids come from. */
  readonly ids: Stream;
  /** Keystone, for a context that names none. */
  readonly authUri: string;
  /** Heat's own user, who is the trustee of trusts. */
  readonly service: {
    readonly admin_user: string;
    readonly admin_password: string;
    readonly admin_tenant_name: string;
  };
  readonly log: (level: LogLine["level"], message: string) => void;
}

/** A request's context, as far as clients look at it. */
export interface ClientContext {
  readonly auth_token: string | null;
  /** What Keystone said of the token, in either version's words. */
  readonly auth_token_info: Json;
  readonly auth_url: string | null;
  readonly username: string | null;
  readonly password: string | null;
  /** The name. */
  readonly tenant: string | null;
  readonly tenant_id: string | null;
  readonly trust_id: string | null;
  readonly trustor_user_id: string | null;
}
