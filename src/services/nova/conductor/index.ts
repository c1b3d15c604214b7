/** nova-conductor: stands before the database and leads what spans services. Upstream: nova/cmd/conductor.py. */
import { endpoint, type Endpoint } from "../../../bus/index.js";
import {
  createService,
  serve,
  STATEMENT_LATENCY,
  StatementTime,
  workerCount,
  type Process,
  type RequestContext,
  type Env,
} from "../../../framework/index.js";
import type { Span } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import { DirectStore } from "../db/store/object-store.js";
import { InvalidInput } from "../exception.js";
import { FlavorsManager } from "../flavors-rpc/flavors-manager.js";
import { flavorsApi } from "../flavors-rpc/rpcapi.js";
import { objectSerializer } from "../objects/wire/serializer.js";
import { QuotaEngine } from "../quota/quota-engine.js";
import { StateChanges } from "../states/state-changes.js";
import { DatabaseServiceGroup } from "../servicegroup.js";
import { ComputeTaskManager } from "./compute-task-manager.js";
import { conductorFlags } from "./flags.js";
import { ConductorManager } from "./manager.js";

/**
 * A nova-conductor that has yet to be started.
 * @throws ImportError for a manager that there is not; InvalidInput for a number of workers below 0
 */
export function novaConductor(
  env: Env,
  database: NovaDatabase,
  latency: { readonly db: Span } = STATEMENT_LATENCY,
): Process {
  const { conductor_workers } = env.flags.read(conductorFlags);
  const workers = workerCount(
    "conductor",
    conductor_workers,
    (message) => new InvalidInput({}, message),
  );
  return serve(env, (around) => conductorService(around, database, latency.db), workers);
}

function conductorService(env: Env, database: NovaDatabase, statement: Span): Process {
  const statements = new StatementTime(env, statement);
  const store = new DirectStore(database, {
    statements,
    changes: new StateChanges(env),
    quotas: new QuotaEngine(env, database),
  });

  class Stock extends ConductorManager {
    constructor(around: Env) {
      super(around, store, new ComputeTaskManager(around, store));
    }
  }

  /** What somebody who wants flavors over the bus has to add: one endpoint (transcripts §T6). */
  class WithFlavors extends Stock {
    override endpoints(): Endpoint<RequestContext>[] {
      const flavors = new FlavorsManager(store, this.env.stream("flavor"));
      return [...super.endpoints(), endpoint(flavorsApi, flavors)];
    }
  }

  return createService(env, {
    flags: conductorFlags,
    classes: {
      "nova.conductor.manager.ConductorManager": Stock,
      "mymodule.flavors.FlavorsConductorManager": WithFlavors,
    },
    serializer: objectSerializer(store),
    group: new DatabaseServiceGroup(database, env.flags),
  });
}
