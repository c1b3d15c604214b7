/**
 * What administrators may ask of a host itself: that it takes servers or none, is under maintenance, goes up or down, how
 * long it has been up. Upstream: nova/compute/api.py (HostAPI), nova/compute/utils.py (notify_about_host_update) at
 * 2014.2.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import type { Op } from "../../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../../python/index.js";
import { serviceByComputeHost } from "../../../db/services.js";
import { ComputeServiceUnavailable } from "../../../exception.js";
import { novaNotifier } from "../../../notifications.js";
import type { NovaApp } from "../../app.js";
import { wrapException } from "../../compute/wrap-exception.js";

export type PowerAction = "startup" | "shutdown" | "reboot";

export class HostApi {
  readonly #app: NovaApp;
  readonly #ctxt: RequestContext;

  constructor(app: NovaApp, ctxt: RequestContext) {
    this.#app = app;
    this.#ctxt = ctxt;
  }

  /** @throws ComputeHostNotFound, NotImplementedException */
  setEnabled(host_name: string, enabled: boolean): Op<Json> {
    const payload = { host_name, enabled };
    return this.#told("set_host_enabled", "set_enabled", payload, ({ server, api }) =>
      api.#app.computeRpc.prepare({ server }).set_host_enabled(api.#ctxt, { enabled }),
    );
  }

  /** @throws ComputeHostNotFound, NotImplementedException */
  setMaintenance(host_name: string, mode: boolean): Op<Json> {
    const payload = { host_name, mode };
    return this.#told("set_host_maintenance", "set_maintenance", payload, ({ server, api }) =>
      api.#app.computeRpc
        .prepare({ server })
        .host_maintenance_mode(api.#ctxt, { host: server, mode }),
    );
  }

  /** @throws ComputeHostNotFound, NotImplementedException */
  powerAction(host_name: string, action: PowerAction): Op<Json> {
    const payload = { host_name, action };
    return this.#told("host_power_action", "power_action", payload, ({ server, api }) =>
      api.#app.computeRpc.prepare({ server }).host_power_action(api.#ctxt, { action }),
    );
  }

  /** What `uptime` prints there. @throws ComputeHostNotFound, ComputeServiceUnavailable, NotImplementedException */
  *uptime(host: string): Op<string> {
    const { db, services, computeRpc } = this.#app;
    if (!services.isUp(serviceByComputeHost(db, host))) {
      throw new ComputeServiceUnavailable({ host });
    }
    return yield* computeRpc.prepare({ server: host }).get_host_uptime(this.#ctxt, {});
  }

  /** Published by the host that it is about; where it fails, only its start. */
  #told(
    method: string,
    event: string,
    payload: JsonObject & { readonly host_name: string },
    ask: (to: { readonly server: string; readonly api: HostApi }) => Op<Json>,
  ): Op<Json> {
    const [app, ctxt] = [this.#app, this.#ctxt];
    const ask_ = (server: string): Op<Json> => ask({ server, api: this });
    return wrapException(
      { app, ctxt, notifier: app.notifier },
      method,
      payload,
      function* (): Op<Json> {
        const { host } = serviceByComputeHost(app.db, payload.host_name);
        const notifier = novaNotifier(app.env, "api", payload.host_name);
        yield* notifier.info(ctxt, `HostAPI.${event}.start`, payload);
        const result = yield* ask_(host);
        yield* notifier.info(ctxt, `HostAPI.${event}.end`, payload);
        return result;
      },
    );
  }
}
