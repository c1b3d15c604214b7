/** trove-api: what users speak to, over REST. Upstream: trove/cmd/api.py at 2014.2. */
import {
  serve,
  webService,
  workerCount,
  type Env,
  type Process,
} from "../../../framework/index.js";
import type { TroveDatabase } from "../db/database.js";
import { TroveError } from "../exception.js";
import { troveApiFlags } from "../flags.js";
import { TroveApp } from "./app.js";
import { troveWeb } from "./web.js";

/** A trove-api that has yet to be started. */
export function troveApi(env: Env, database: TroveDatabase): Process {
  const { trove_api_workers } = env.flags.read(troveApiFlags);
  const workers = workerCount(
    "trove_api",
    trove_api_workers,
    (message) => new TroveError({}, message),
  );
  return serve(
    env,
    (around) => webService(around, troveWeb(new TroveApp(around, database))),
    workers,
  );
}
