/**
 * nova-api: what users and other services speak to, over REST, and at a port of its own what guests ask. It has
 * the database and no RPC server of its own. Its APIs share the workers of the first; ec2 is not modelled. Upstream:
 * nova/cmd/api.py (osapi_compute, metadata) at 2014.2; nova §0.1.
 */
import {
  serve,
  serverOf,
  WsgiService,
  workerCount,
  type MakeProcess,
  type Process,
  type Env,
} from "../../../framework/index.js";
import type { Span } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import { InvalidInput } from "../exception.js";
import type { Hooks } from "../hooks.js";
import { ImageApi } from "../image/api.js";
import { NeutronV2Api } from "../network-api/neutronv2/api.js";
import { VolumeApi } from "../volume/cinder.js";
import { NovaApp, type Collaborators } from "./app.js";
import { novaApiFlags } from "./flags.js";
import { enabledApisFlags } from "./metadata/flags.js";
import type { AuthorityFiles } from "../crypto/authority.js";
import { metadataServer } from "./metadata/index.js";
import { novaWeb } from "./web.js";

export interface NovaApiOptions {
  /** What runs before and after servers are made and deleted. */
  readonly hooks?: Hooks;
  /** Other ways to images and networks than over REST. */
  readonly collaborators?: Collaborators;
  readonly latency?: { readonly db: Span };
  /** What nova-cert has on this host. */
  readonly authority?: AuthorityFiles;
}

/** The process `nova-api` on its host. @throws InvalidInput for a number of workers below 0 */
export function novaApi(
  env: Env,
  database: NovaDatabase,
  { hooks, collaborators, latency, authority }: NovaApiOptions = {},
): Process {
  const { osapi_compute_workers } = env.flags.read(novaApiFlags);
  const { enabled_apis } = env.flags.read(enabledApisFlags);
  const workers = workerCount(
    "osapi_compute",
    osapi_compute_workers,
    (message) => new InvalidInput({}, message),
  );
  const make: MakeProcess = (around) => {
    const app = new NovaApp(around, database, collaborators ?? overRest(around), {
      hooks,
      statement: latency?.db,
      authority,
    });
    return new WsgiService(around, {
      servers: [
        ...(enabled_apis.includes("osapi_compute") ? [serverOf(novaWeb(app))] : []),
        ...(enabled_apis.includes("metadata") ? [metadataServer(app)] : []),
      ],
    });
  };
  return serve(env, make, workers);
}

function overRest(env: Env): Collaborators {
  const network = new NeutronV2Api(env);
  const { floatingIps, securityGroups } = network;
  const [images, volumes] = [new ImageApi(env), new VolumeApi(env)];
  return { images, network, volumes, floatingIps, securityGroups };
}
