/** An administrator who asks for whatever is thrown, and gets a new token for each request: the last may have taken it. */
import type { Cloud } from "../../../src/cloud/cloud.js";
import { HttpClient, type HttpResponse } from "../../../src/http/index.js";
import type { Asked } from "../thrown.js";

export class Visitor {
  readonly #cloud: Cloud;
  #token = "";

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.renew();
  }

  /** The project whose things these are. */
  get tenant(): string {
    return this.#cloud.id("project", "admin") ?? "";
  }

  renew(): void {
    const passwordCredentials = { username: "admin", password: "secret" };
    const body = { auth: { tenantName: "admin", passwordCredentials } };
    this.#token = "";
    const answer = this.ask({ method: "POST", url: "http://controller:5000/v2.0/tokens", body });
    const { access } = answer.body as { access?: { token: { id: string } } };
    if (access !== undefined) this.#token = access.token.id;
  }

  /** As Heat may be asked too, with a name and a password beside the token. */
  ask({ method, url, body }: Asked): HttpResponse {
    const http = new HttpClient(this.#cloud.network, "junk");
    const headers = {
      ...(this.#token !== "" && { "x-auth-token": this.#token }),
      "x-auth-user": "admin",
      "x-auth-key": "secret",
    };
    return this.#cloud.run(http.request(method, url, { headers, body }));
  }
}
