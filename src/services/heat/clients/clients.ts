/**
 * The clients of one context, each made when it is asked for and kept, with its token. Upstream:
 * heat/engine/clients/__init__.py (OpenStackClients) at 2014.2.
 */
import { CeilometerPlugin } from "./os/ceilometer.js";
import { CinderPlugin } from "./os/cinder.js";
import type { ClientContext, ClientEnv } from "./context.js";
import { GlancePlugin } from "./os/glance.js";
import { HeatPlugin } from "./os/heat.js";
import { KeystonePlugin } from "./keystone.js";
import { NeutronPlugin } from "./os/neutron.js";
import { NovaPlugin } from "./os/nova.js";
import { SwiftPlugin } from "./os/swift.js";
import { TrovePlugin } from "./os/trove.js";
import { StackUsers } from "./stack-users.js";

export class Clients {
  readonly #env: ClientEnv;
  readonly #context: ClientContext;
  #keystone: KeystonePlugin | undefined;
  #stackUsers: StackUsers | undefined;
  #nova: NovaPlugin | undefined;
  #neutron: NeutronPlugin | undefined;
  #cinder: CinderPlugin | undefined;
  #glance: GlancePlugin | undefined;
  #heat: HeatPlugin | undefined;
  #ceilometer: CeilometerPlugin | undefined;
  #swift: SwiftPlugin | undefined;
  #trove: TrovePlugin | undefined;

  constructor(env: ClientEnv, context: ClientContext) {
    this.#env = env;
    this.#context = context;
  }

  /** Whose they are. */
  get context(): ClientContext {
    return this.#context;
  }

  get flags(): ClientEnv["flags"] {
    return this.#env.flags;
  }

  /** @throws HeatError for a domain of users without an administrator */
  get keystone(): KeystonePlugin {
    return (this.#keystone ??= new KeystonePlugin(this.#env, this.#context));
  }

  /** Of Keystone's as well. @throws as it */
  get stackUsers(): StackUsers {
    return (this.#stackUsers ??= new StackUsers(this.#env, this.#context, this.keystone));
  }

  get nova(): NovaPlugin {
    return (this.#nova ??= new NovaPlugin(this.#env, this.#context, this.keystone));
  }

  get neutron(): NeutronPlugin {
    return (this.#neutron ??= new NeutronPlugin(this.#env, this.#context, this.keystone));
  }

  get cinder(): CinderPlugin {
    return (this.#cinder ??= new CinderPlugin(this.#env, this.#context, this.keystone));
  }

  get glance(): GlancePlugin {
    return (this.#glance ??= new GlancePlugin(this.#env, this.keystone));
  }

  get heat(): HeatPlugin {
    return (this.#heat ??= new HeatPlugin(this.#env, this.#context, this.keystone));
  }

  get trove(): TrovePlugin {
    return (this.#trove ??= new TrovePlugin(this.#env, this.keystone));
  }

  get swift(): SwiftPlugin {
    return (this.#swift ??= new SwiftPlugin(this.#env, this.#context, this.keystone));
  }

  get ceilometer(): CeilometerPlugin {
    return (this.#ceilometer ??= new CeilometerPlugin(this.#env, this.keystone));
  }
}
