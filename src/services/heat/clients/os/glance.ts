/** Glance, of which Heat wants ids of images. Upstream: heat/engine/clients/os/glance.py at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import { asLibrary } from "../../../../framework/apiclient/index.js";
import { caught } from "../../../../kernel/index.js";
import { isUuidLike } from "../../../../python/index.js";
import {
  GlanceClient,
  GlanceHttpError,
  HTTPNotFound,
  type GlanceImage,
} from "../../../glance/client/index.js";
import { HeatError, ImageNotFound, PhysicalResourceNameAmbiguity } from "../../exception.js";
import type { ClientEnv } from "../context.js";
import type { KeystonePlugin } from "../keystone.js";

interface Login {
  readonly client: GlanceClient;
  readonly auth_token: string;
}

export class GlancePlugin {
  readonly #env: ClientEnv;
  readonly #keystone: KeystonePlugin;
  #login: Login | undefined;

  constructor(env: ClientEnv, keystone: KeystonePlugin) {
    this.#env = env;
    this.#keystone = keystone;
  }

  *#client(): Op<Login> {
    if (this.#login !== undefined) return this.#login;
    const kind = this.#env.flags.clients_glance_endpoint_type;
    const url = yield* this.#keystone.urlFor("image", kind);
    const auth_token = yield* this.#keystone.authToken();
    // The library takes the version off an address, and puts its own there.
    const address = url.replace(/\/v[0-9.]+\/*$/u, "");
    const client = new GlanceClient(asLibrary(this.#env.http, "python-glanceclient"), address);
    return (this.#login = { client, auth_token });
  }

  /** By id or name. @throws ImageNotFound, PhysicalResourceNameAmbiguity, HeatError */
  *imageId(image: string): Op<string> {
    if (!isUuidLike(image)) return yield* this.#idByName(image);
    try {
      const login = yield* this.#client();
      return (yield* login.client.get(login, image)).id;
    } catch (error) {
      if (!(error instanceof HTTPNotFound)) throw error;
      return yield* this.#idByName(image);
    }
  }

  *#idByName(name: string): Op<string> {
    const login = yield* this.#client();
    let images: readonly GlanceImage[];
    try {
      images = yield* login.client.list(login, { name });
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (!(error instanceof GlanceHttpError)) throw error;
      throw new HeatError(`Error retrieving image list from glance: ${error.message}`);
    }
    const [found, ...others] = images;
    if (found === undefined) {
      this.#env.log("info", `Image ${name} was not found in glance`);
      throw new ImageNotFound({ image_name: name });
    }
    if (others.length > 0) {
      this.#env.log("info", `Multiple images ${name} were found in glance with name`);
      throw new PhysicalResourceNameAmbiguity({ name });
    }
    return found.id;
  }
}
