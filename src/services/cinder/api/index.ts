/** cinder-api: what users and Nova speak to, over REST. Upstream: bin/cinder-api, cinder/service.py at 2014.2. */
import {
  serve,
  webService,
  workerCount,
  type Env,
  type Process,
} from "../../../framework/index.js";
import type { CinderDatabase } from "../db/database.js";
import { InvalidInput } from "../exception.js";
import { CinderApp } from "./app.js";
import { cinderApiFlags } from "./flags.js";
import { cinderWeb } from "./web.js";

/** A cinder-api that has yet to be started. @throws InvalidInput for a number of workers below 0 */
export function cinderApi(env: Env, database: CinderDatabase): Process {
  const { osapi_volume_workers } = env.flags.read(cinderApiFlags);
  const workers = workerCount(
    "osapi_volume",
    osapi_volume_workers,
    (message) => new InvalidInput({}, message),
  );
  return serve(
    env,
    (around) => webService(around, cinderWeb(new CinderApp(around, database))),
    workers,
  );
}
