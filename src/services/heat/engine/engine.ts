/**
 * What all methods of an engine work with: its database, its id among other engines, its threads, and stacks
 * out of their rows. Upstream: heat/engine/service.py (EngineService), heat/engine/stack.py (load) at 2014.2.
 */
import { RpcClient, clientOf, type ClientOf } from "../../../bus/index.js";
import type { Row } from "../../../framework/database/row.js";
import type { Env, FlagsOf } from "../../../framework/index.js";
import { InvariantError } from "../../../kernel/index.js";
import { heatSerializer, type HeatContext } from "../context.js";
import type { HeatDatabase } from "../db/database.js";
import { stackGet } from "../db/queries.js";
import type { StackRow } from "../db/schema.js";
import { InvalidTenant, StackNotFound } from "../exception.js";
import { commonFlags, heatAuthFlags } from "../flags.js";
import { Clients, clientFlags } from "../clients/index.js";
import type { StackIdentity } from "../identifier.js";
import { engineFlags } from "./flags.js";
import { stackNotifications } from "./notification.js";
import { resourceTypes } from "./resources/registry.js";
import type { ResourceTypes } from "./resources/resource-class.js";
import type { Resource } from "./resources/resource.js";
import type { EngineParts } from "./resources/stack-view.js";
import { listenerApi } from "./rpcapi.js";
import { StackLock, type LockParts } from "./stack-lock.js";
import { storedContext } from "./stack/credentials.js";
import { loadedValues } from "./stack/load.js";
import { Stack, type NewStack } from "./stack/stack.js";
import { Template } from "./template/template.js";
import { StackThreads } from "./threads.js";

export class Engine implements LockParts {
  readonly env: Env;
  readonly db: HeatDatabase;
  readonly flags: FlagsOf<typeof engineFlags>;
  readonly revision: string;
  readonly engineId: string;
  readonly threads: StackThreads;
  readonly engines: ClientOf<typeof listenerApi, HeatContext>;
  readonly lifeCheckTimeout: number;
  readonly types: ResourceTypes = resourceTypes;
  readonly parts: EngineParts;

  constructor(env: Env, db: HeatDatabase) {
    const flags = env.flags.read(engineFlags);
    this.env = env;
    this.db = db;
    this.flags = flags;
    this.revision = env.flags.read(commonFlags).heat_revision;
    this.engineId = env.stream("engine id").uuid();
    this.threads = new StackThreads(env);
    this.engines = clientOf(listenerApi, new RpcClient(env.bus, heatSerializer));
    this.lifeCheckTimeout = flags.engine_life_check_timeout;
    const most = flags.max_events_per_stack;
    const log: EngineParts["log"] = (level, message) => {
      env.log(level, message);
    };
    const service = env.flags.read(heatAuthFlags);
    const clientEnv = {
      kernel: env.kernel,
      http: env.http,
      flags: env.flags.read(clientFlags),
      ids: env.stream("heat clients"),
      authUri: service.auth_uri,
      service,
      log,
    };
    this.parts = {
      kernel: env.kernel,
      db,
      ids: env.stream("heat ids"),
      chance: env.stream("heat chance"),
      clientsFor: (context) => new Clients(clientEnv, context),
      deferredAuthMethod: flags.deferred_auth_method,
      retryLimit: flags.action_retry_limit,
      actionTimeout: flags.stack_action_timeout,
      limits: {
        templateSize: env.flags.read(commonFlags).max_template_size,
        nestedDepth: flags.max_nested_stack_depth,
        resources: flags.max_resources_per_stack,
      },
      log,
      addEvent: (event) => {
        db.addEvent(event, most === 0 ? Infinity : most, flags.event_purge_batch_size);
      },
      stackEvents: flags.enable_stack_events,
      notify: stackNotifications(env),
    };
  }

  /** The row of a stack. @throws StackNotFound, InvalidTenant */
  row(ctxt: HeatContext, identity: StackIdentity, showDeleted = false): Row<StackRow> {
    const { stack_id, stack_name, tenant, path } = identity;
    const row = stackGet(this.db, ctxt, stack_id, showDeleted);
    if (row === undefined) throw new StackNotFound({ stack_name });
    if (ctxt.tenant_id !== tenant && ctxt.tenant_id !== row.stack_user_project_id) {
      throw new InvalidTenant({ target: tenant, actual: ctxt.tenant_id });
    }
    if (path !== "" || row.name !== stack_name) throw new StackNotFound({ stack_name });
    return row;
  }

  /** A stack that is not there yet. @throws what is wrong with its name, its template, its outputs */
  stack(values: NewStack): Stack {
    return new Stack(this.parts, values, this.types);
  }

  /** The same, in the name of who made it and not of who asks. @throws HeatError */
  stored(ctxt: HeatContext, identity: StackIdentity): Stack {
    const row = this.row(ctxt, identity);
    return this.load(storedContext(this.db, ctxt, row.user_creds_id), row);
  }

  /** A stack out of its row. @param listed only to be shown in a list */
  load(ctxt: HeatContext, row: Row<StackRow>, listed = false): Stack {
    return this.stack(loadedValues(this.db, ctxt, row, listed));
  }

  /** A stack that is there. @throws StackNotFound, InvalidTenant */
  existing(ctxt: HeatContext, identity: StackIdentity, showDeleted = false): Stack {
    return this.load(ctxt, this.row(ctxt, identity, showDeleted));
  }

  /**
   * A resource of a type, in a stack of its own that is nowhere, to see what the type is like.
   * @throws StackValidationFailed for a type that there is not
   */
  readonly sample = (type: string, name = "sample"): Resource => {
    const source = { heat_template_version: "2013-05-23", resources: { [name]: { type } } };
    const template = new Template(source);
    const stack = this.stack({ ...NOBODYS, name: "sample", template });
    const resource = stack.resource(name);
    if (resource !== undefined) return resource;
    throw new InvariantError(`a stack of one resource has no ${name}`);
  };

  lock(ctxt: HeatContext, stack: Stack): StackLock {
    return new StackLock(this, ctxt, stack);
  }
}

const NOBODYS = { parameters: {}, tenant: null, username: null };
