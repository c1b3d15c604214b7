/**
 * Who provides load balancing, as `service_provider` says; the only driver here has HAProxy run on the hosts of
 * agents. Upstream: neutron/services/provider_configuration.py, neutron/services/service_base.py (load_drivers),
 * neutron/db/servicetype_db.py (ServiceTypeManager) at 2014.2.
 */
import { FlagError } from "../../../../framework/flags/index.js";
import { AttributeError, type JsonObject } from "../../../../python/index.js";
import {
  DefaultServiceProviderNotFound,
  ServiceProviderNotFound,
} from "../../load-balancing/errors.js";
import type { NeutronApp } from "../app.js";

const SERVICE = "LOADBALANCER";
const DRIVER =
  "neutron.services.loadbalancer.drivers.haproxy.plugin_driver.HaproxyOnHostPluginDriver";

interface Provider {
  readonly name: string;
  readonly isDefault: boolean;
}

export class ServiceProviders {
  readonly #providers: readonly Provider[];

  /** @throws FlagError for what ends the server at its start */
  constructor({ flags, hasLoadBalancers }: NeutronApp) {
    const said = hasLoadBalancers ? flags.service_provider : [];
    this.#providers = said.map(parsed).filter((provider) => provider !== undefined);
    if (!hasLoadBalancers) return;
    if (this.#providers.length === 0) {
      throw wrong(`No providers specified for '${SERVICE}' service, exiting`);
    }
    if (this.#providers.length > 1) throw wrong(`Driver ${DRIVER} is not unique across providers`);
  }

  /** The provider of a pool, in small letters. @throws ServiceProviderNotFound, DefaultServiceProviderNotFound */
  nameFor(asked: string | undefined): string {
    if (asked === undefined) {
      const found = this.#providers.find(({ isDefault }) => isDefault);
      if (found !== undefined) return found.name;
      throw new DefaultServiceProviderNotFound({ service_type: SERVICE });
    }
    const provider = asked.toLowerCase();
    if (this.#providers.some(({ name }) => name === provider)) return provider;
    throw new ServiceProviderNotFound({ provider, service_type: SERVICE });
  }

  list(): JsonObject[] {
    return this.#providers.map(({ name, isDefault }) => ({
      service_type: SERVICE,
      name,
      driver: DRIVER,
      default: isDefault,
    }));
  }

  /** @throws AttributeError: there is a route, and nothing behind it */
  get(): JsonObject {
    throw new AttributeError("'ServiceTypeManager' has no attribute 'get_service_provider'");
  }
}

/** `<service_type>:<name>:<driver>[:default]`; undefined for other services. @throws FlagError */
function parsed(definition: string): Provider | undefined {
  const [type, name, driver, last = ""] = definition.split(":");
  if (type === undefined || name === undefined || driver === undefined) {
    throw wrong("Invalid service provider format");
  }
  if (type !== SERVICE) return undefined;
  if (last !== "" && last !== "default") {
    throw wrong(`Invalid provider format. Last part should be 'default' or empty: ${definition}`);
  }
  if (driver !== DRIVER) throw wrong(`of the drivers only ${DRIVER} is simulated`);
  return { name: name.toLowerCase(), isDefault: last === "default" };
}

const wrong = (why: string): FlagError =>
  new FlagError(`flag service_providers.service_provider: ${why}`);
