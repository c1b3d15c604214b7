/**
 * AWS::IAM::User, AWS::IAM::AccessKey and OS::Heat::AccessPolicy: a user in Keystone, a key of his to sign requests with,
 * and which resources of the stack he may look at. Upstream: heat/engine/resources/user.py at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import { isObject, repr, str, type Json } from "../../../../../../python/index.js";
import {
  InvalidTemplateAttribute,
  NotFound,
  StackValidationFailed,
} from "../../../../exception.js";
import { allowedValues } from "../../../parameters/constraints.js";
import { list, map, notImplemented, schemata, text } from "../../../properties/schema.js";
import type { Handler } from "../../resource.js";
import { atOnce, itemsOf, ServiceResource, type TypeFacts } from "../../service-resource.js";
import { StackUser } from "../../stack-user.js";

const POLICIES = "Policies";
const ALLOWED = "AllowedResources";
/** What is said where there is no secret. */
const NO_SECRET = "000-000-000";

const USER: TypeFacts = {
  className: "User",
  schemata: schemata({
    Path: text(),
    Groups: list(),
    LoginProfile: map({}, { Password: text() }),
    [POLICIES]: list(),
  }),
};

const KEY: TypeFacts = {
  className: "AccessKey",
  schemata: schemata({
    Serial: notImplemented("INTEGER"),
    UserName: text({ required: true }),
    Status: text({
      constraints: [allowedValues(["Active", "Inactive"])],
      implemented: false,
    }),
  }),
  attributes: ["UserName", "SecretAccessKey"],
};

const POLICY: TypeFacts = {
  className: "AccessPolicy",
  schemata: schemata({ [ALLOWED]: list({ required: true }) }),
};

export class IamUser extends StackUser {
  declare private profilePassword: string | undefined;

  protected override get facts(): TypeFacts {
    return USER;
  }

  protected override get password(): string | null {
    return this.profilePassword ?? null;
  }

  override refId(): string {
    return this.physicalName() ?? super.refId();
  }

  /** Those that are named; a policy that is written out is none. */
  *#policies(): Op<readonly (AccessPolicy | undefined)[]> {
    const resources = [...this.stack.siblings()];
    return itemsOf(yield* this.properties.get(POLICIES))
      .filter((policy) => typeof policy === "string")
      .map((policy) => resources.find(({ name }) => name === policy))
      .map((found) => (found instanceof AccessPolicy ? found : undefined));
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const profile = yield* this.properties.get("LoginProfile");
    const password = isObject(profile) ? profile["Password"] : undefined;
    if (typeof password === "string") this.profilePassword = password;
    if ((yield* this.#policies()).includes(undefined)) {
      throw new InvalidTemplateAttribute({ resource: this.name, key: POLICIES });
    }
    yield* this.createUser();
    this.setResourceId(this.userId() ?? null);
  }

  /** Whether all of his policies allow it. */
  *mayLookAt(resource: string): Op<boolean> {
    for (const policy of yield* this.#policies()) {
      if (policy === undefined || !(yield* policy.covers(resource))) return false;
    }
    return true;
  }

  /** @returns its id and its secret, which the user keeps as well */
  *makeKey(): Op<{ readonly access: string; readonly secret: string; readonly id: string }> {
    yield* this.createKeypair();
    const kept = (key: string): string => this.data(key) ?? "";
    return {
      access: kept("access_key"),
      secret: kept("secret_key"),
      id: kept("credential_id"),
    };
  }

  *removeKey(): Op<void> {
    yield* this.deleteKeypair();
  }
}

export class AccessKey extends ServiceResource {
  protected override get facts(): TypeFacts {
    return KEY;
  }

  /** `_get_user`. */
  *#user(): Op<IamUser | undefined> {
    const found = yield* this.stack.byRefId(yield* this.properties.get("UserName"));
    return found instanceof IamUser ? found : undefined;
  }

  override *allows(credential: string | null, resource: string): Op<boolean> {
    if (credential === null || credential !== this.resourceId) return false;
    const user = yield* this.#user();
    return user !== undefined && (yield* user.mayLookAt(resource));
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const user = yield* this.#user();
    if (user === undefined) {
      const name = str(yield* this.properties.get("UserName"));
      throw new NotFound({}, `could not find user ${name}`);
    }
    const { access, secret, id } = yield* user.makeKey();
    this.setResourceId(access);
    this.setData("secret_key", secret);
    this.setData("credential_id", id);
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    const user = yield* this.#user();
    if (user !== undefined) yield* user.removeKey();
    else this.stack.parts.log("debug", `Error deleting ${this.toString()} - user not found`);
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    if (name === "UserName") return yield* this.properties.get("UserName");
    const secret = this.data("secret_key");
    if (secret !== undefined) return secret;
    const user = str(yield* this.properties.get("UserName"));
    const why = "Error:resource_id not yet set";
    this.stack.parts.log("info", `could not get secret for ${user} ${why}`);
    return NO_SECRET;
  }
}

export class AccessPolicy extends ServiceResource {
  protected override get facts(): TypeFacts {
    return POLICY;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    const names = [...this.stack.siblings()].map(({ name }) => name);
    for (const resource of itemsOf(yield* this.properties.get(ALLOWED))) {
      if (typeof resource === "string" && names.includes(resource)) continue;
      const message = `AccessPolicy resource ${str(resource)} not in stack`;
      throw new StackValidationFailed({ message });
    }
  }

  protected override createHandler(): Handler {
    return atOnce(function* () {
      // It is in the template.
    });
  }

  /** `access_allowed`. */
  *covers(resource: string): Op<boolean> {
    const allowed = yield* this.properties.get(ALLOWED);
    return itemsOf(allowed).some((name) => repr(name) === repr(resource));
  }
}
