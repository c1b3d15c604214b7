/**
 * A resource that can be signalled by who has its URL, which leads to heat-api-cfn and is signed with a key of
 * a user of its own. Upstream: heat/engine/signal_responder.py (SignalResponder) at 2014.2.
 */
import { unquote } from "../../../../http/query.js";
import type { Op } from "../../../../kernel/index.js";
import { dictOrder, quote, quotePlus } from "../../../../python/index.js";
import { ec2Signature } from "../../../keystone/client/index.js";
import { arnOf } from "../../identifier.js";
import type { Handler } from "./resource.js";
import { atOnce } from "./service-resource.js";
import { StackUser } from "./stack-user.js";

const VERBS = { "/waitcondition": "PUT", "/signal": "POST" } as const;
const URL_DATA = "ec2_signed_url";

export abstract class SignalResponder extends StackUser {
  override get requiresDeferredAuth(): boolean {
    return true;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.createSigner());
  }

  protected *createSigner(): Op<void> {
    yield* this.createUser();
    yield* this.createKeypair();
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.deleteSigner());
  }

  protected *deleteSigner(): Op<void> {
    yield* this.deleteUser();
    this.deleteData(URL_DATA);
  }

  /** `_get_signed_url`: made once. Null without a key. */
  protected signedUrl(kind: keyof typeof VERBS = "/signal"): string | null {
    const stored = this.data(URL_DATA);
    if (stored !== undefined) return stored;
    const [access, secret] = [this.data("access_key"), this.data("secret_key")];
    if (access === undefined || secret === undefined) {
      const words = "Cannot generate signed url, no stored access/secret key";
      this.stack.parts.log("warning", words);
      return null;
    }
    const server = this.clients.flags.heat_waitcondition_server_url;
    const base = server.replace("/waitcondition", kind);
    const path = `/${quote(arnOf(this.identity()))}`;
    const [, host = "", root = ""] = /^\w+:\/\/([^/]*)(.*)$/u.exec(base) ?? [];
    const params = {
      SignatureMethod: "HmacSHA256",
      SignatureVersion: "2",
      AWSAccessKeyId: access,
      Timestamp: `${(this.createdTime ?? "").slice(0, 19).replace(" ", "T")}Z`,
    };
    const request = {
      host: host.toLowerCase(),
      verb: VERBS[kind],
      path: unquote(root + path),
      params,
    };
    const signed: Record<string, string> = {
      ...params,
      Signature: ec2Signature(secret, request),
    };
    const query = dictOrder(Object.keys(signed))
      .map((key) => `${quotePlus(key)}=${quotePlus(signed[key] ?? "")}`)
      .join("&");
    const url = `${base.toLowerCase()}${path}?${query}`;
    this.setData(URL_DATA, url);
    return url;
  }
}
