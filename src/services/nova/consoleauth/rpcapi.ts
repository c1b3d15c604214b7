/** The contract of topic `consoleauth`. Upstream: nova/consoleauth/rpcapi.py (2.0) at 2014.2. */
import { call, cast, defineRpcApi, otherwise, required } from "../../../bus/index.js";

/** What a token lets in to. */
export interface ConsoleAccess {
  readonly token: string;
  /** `novnc`, `xvpvnc`, `spice-html5`, `rdp-html5`, `serial`. */
  readonly console_type: string;
  readonly host: string;
  readonly port: string | number;
  readonly internal_access_path: string | null;
  readonly instance_uuid: string | null;
}

/** The same as it is kept, with the time at which it was made, in seconds since 1970. */
export type ConsoleToken = ConsoleAccess & { readonly last_activity_at: number };

export const consoleauthApi = defineRpcApi({
  topic: "consoleauth",
  version: "2.0",
  methods: {
    /** There is no answer, but whoever asks waits until it is done. */
    authorize_console: call<ConsoleAccess, null>(undefined, {
      token: required(),
      console_type: required(),
      host: required(),
      port: required(),
      internal_access_path: required(),
      instance_uuid: otherwise(null),
    }),
    /** null for a token that is not known, is too old, or leads to another port by now. */
    check_token: call<{ token: string }, ConsoleToken | null>(undefined, { token: required() }),
    delete_tokens_for_instance: cast<{ instance_uuid: string }>(undefined, {
      instance_uuid: required(),
    }),
  },
});
