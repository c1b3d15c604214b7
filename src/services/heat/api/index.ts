/** heat-api: what users speak to, over REST. Upstream: bin/heat-api at 2014.2. */
import { serve, webService, type Env, type Process } from "../../../framework/index.js";
import { HeatApp } from "./app.js";
import { heatApiFlags } from "./flags.js";
import { heatWeb } from "./web.js";

/** A heat-api that has yet to be started. */
export function heatApi(env: Env): Process {
  const { heat_api_workers } = env.flags.read(heatApiFlags);
  return serve(
    env,
    (around) => webService(around, heatWeb(new HeatApp(around))),
    Math.max(1, heat_api_workers),
  );
}
