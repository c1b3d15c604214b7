/**
 * A resource with a user of its own in Keystone, and maybe a key to sign requests with. Upstream:
 * heat/engine/stack_user.py (StackUser) at 2014.2.
 */
import { NotFound } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import { str, ValueError } from "../../../../python/index.js";
import type { Handler } from "./resource.js";
import { atOnce, ServiceResource } from "./service-resource.js";

const KEYS = ["credential_id", "access_key", "secret_key"] as const;

export abstract class StackUser extends ServiceResource {
  /** That of the user; null for one without. */
  protected get password(): string | null {
    return null;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.createUser());
  }

  protected *createUser(): Op<void> {
    const { stackUsers } = this.clients;
    if (this.stack.userProjectId === null || this.stack.userProjectId === "") {
      const project = yield* stackUsers.createStackDomainProject(str(this.stack.id));
      this.stack.setUserProjectId(project);
    }
    const name = this.physicalName() ?? "";
    const project = this.stack.userProjectId ?? "";
    this.setData("user_id", yield* stackUsers.createStackDomainUser(name, project, this.password));
  }

  /** A token of the user. @throws ValueError, HeatError */
  protected *userToken(): Op<string> {
    const { userProjectId: project } = this.stack;
    if (project === null || project === "") {
      throw new ValueError("Can't get user token, user not yet created");
    }
    const { password } = this;
    if (password === null) throw new ValueError("Can't get user token without password");
    const name = this.physicalName() ?? "";
    return yield* this.clients.stackUsers.stackDomainUserToken(name, project, password);
  }

  protected userId(): string | undefined {
    const id = this.data("user_id");
    if (id !== undefined && id !== "") return id;
    if (this.resourceId === null || this.resourceId === "") return undefined;
    this.setData("user_id", this.resourceId);
    return this.resourceId;
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.deleteUser());
  }

  protected *deleteUser(): Op<void> {
    const id = this.userId();
    if (id === undefined) return;
    const { stackUsers } = this.clients;
    try {
      yield* stackUsers.deleteStackDomainUser(id, this.stack.userProjectId ?? "");
    } catch (error) {
      if (error instanceof ValueError) {
        this.stack.parts.log("warning", "Reverting to legacy user delete path");
        yield* stackUsers.deleteStackUser(id);
      } else if (!(error instanceof NotFound)) throw error;
    }
    this.deleteData(...KEYS);
  }

  protected override suspendHandler(): Handler | undefined {
    return atOnce(() => this.#setEnabled(false));
  }

  protected override resumeHandler(): Handler | undefined {
    return atOnce(() => this.#setEnabled(true));
  }

  *#setEnabled(enabled: boolean): Op<void> {
    const { stackUsers } = this.clients;
    const id = this.userId() ?? "None";
    const project = this.stack.userProjectId ?? "";
    try {
      yield* stackUsers.setStackDomainUserEnabled(id, project, enabled);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      yield* stackUsers.setStackUserEnabled(id, enabled);
    }
  }

  protected *createKeypair(): Op<void> {
    const project = this.stack.userProjectId ?? "";
    const { stackUsers } = this.clients;
    const key = yield* stackUsers.createStackDomainUserKeypair(this.userId() ?? "", project);
    this.setData("credential_id", key.id);
    this.setData("access_key", key.access);
    this.setData("secret_key", key.secret);
  }

  protected *deleteKeypair(): Op<void> {
    const credential = this.data("credential_id");
    if (credential === undefined || credential === "") return;
    const { stackUsers } = this.clients;
    const project = this.stack.userProjectId ?? "";
    try {
      yield* stackUsers.deleteStackDomainUserKeypair(this.userId() ?? "", project, credential);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      yield* stackUsers.deleteEc2Keypair(credential);
    }
    this.deleteData(...KEYS);
  }
}
