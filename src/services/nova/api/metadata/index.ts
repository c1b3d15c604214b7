/**
 * The metadata API as nova-api serves it: with the database, and the conductor for what that knows. Upstream:
 * nova/service.py (WSGIService `metadata`), etc/nova/api-paste.ini (composite:metadata) at 2014.2.
 */
import { clientOf, RpcClient } from "../../../../bus/index.js";
import { contextSerializer, type WsgiServer } from "../../../../framework/index.js";
import { conductorApi } from "../../conductor/rpcapi.js";
import type { NovaApp } from "../app.js";
import { metadataFlags } from "./flags.js";
import { metadataApplication } from "./handler.js";

export function metadataServer({ env, store, network, flags: api }: NovaApp): WsgiServer {
  const flags = env.flags.read(metadataFlags);
  return {
    port: flags.metadata_listen_port,
    application: metadataApplication({
      env,
      store,
      flags,
      conductor: clientOf(conductorApi, new RpcClient(env.bus, contextSerializer)),
      defaultZone: api.default_availability_zone,
      serversAt: (ctxt, address) => network.get_instance_uuids_by_ip_filter(ctxt, address),
    }),
  };
}
