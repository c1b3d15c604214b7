/**
 * heat-api-cfn: the API of CloudFormation, as far as servers and alarms speak to it: wait conditions, policies and
 * deployments that are signalled, and metadata that are looked at. Its other queries (`Action=ListStacks`) are not
 * simulated. Upstream: bin/heat-api-cfn, etc/heat/api-paste.ini (pipeline:heat-api-cfn) at 2014.2.
 */
import { RpcClient, clientOf } from "../../../bus/index.js";
import {
  authToken,
  faults,
  shortcut,
  WsgiService,
  type Env,
  type Process,
} from "../../../framework/index.js";
import { pipeline } from "../../../framework/web/layers.js";
import { HttpFault, plainFault, unquote } from "../../../http/index.js";
import { contextMaker, heatSerializer } from "../context.js";
import { engineApi } from "../engine/rpcapi.js";
import { heatAuthFlags } from "../flags.js";
import { versionNegotiation } from "../versions.js";
import { ec2Token } from "./ec2-token.js";
import { HeatApiException } from "./faults.js";
import { heatApiCfnFlags } from "./flags.js";
import { signals } from "./signals.js";

export function heatApiCfn(env: Env): Process {
  const flags = env.flags.read(heatApiCfnFlags);
  const { auth_uri } = env.flags.read(heatAuthFlags);
  const port = flags.heat_api_cfn_bind_port;
  const host = (): string => env.hostAt(port);
  const engine = clientOf(engineApi, new RpcClient(env.bus, heatSerializer));
  const application = pipeline(
    [
      faults((error) => {
        if (error instanceof HttpFault) return plainFault(error.status);
        return error instanceof HeatApiException ? error.response() : undefined;
      }),
      shortcut((request) => versionNegotiation(`http://${host()}`, request)),
      // WSGI has the path without its quotes: those of an ARN's slashes and colons too.
      (next) => (request) =>
        next({ ...request, path: unquote(request.path).replace(/^\/+/u, "/") }),
      ec2Token(env, flags, auth_uri, host),
      authToken(env, heatAuthFlags),
    ],
    signals({ engine, contextOf: contextMaker(env) }),
  );
  return new WsgiService(env, { servers: [{ port, application }] });
}
