/** ceilometer-api: what users, alarms and Heat speak to, over REST. Upstream: ceilometer/cmd/api.py, ceilometer/api/app.py (build_server) at 2014.2. */
import { webService, type Env, type Process } from "../../../framework/index.js";
import type { PipelineFile } from "../pipeline/definition.js";
import type { CeilometerDatabase } from "../storage/database.js";
import { CeilometerApp } from "./app.js";
import { ceilometerWeb } from "./web.js";

/** @throws PipelineException for a pipeline that cannot be */
export const ceilometerApi = (env: Env, db: CeilometerDatabase, file: PipelineFile): Process =>
  webService(env, ceilometerWeb(new CeilometerApp(env, db, file)));
