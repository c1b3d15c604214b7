/**
 * nova-cert's manager: it makes certificates, and keeps on record whose they are. Upstream: nova/cert/manager.py (2.0),
 * nova/crypto.py at 2014.2.
 */
import { endpoint, type ArgsIn, type Endpoint, type Serves } from "../../../bus/index.js";
import { Manager, type Env, type RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { Authority, type AuthorityFiles } from "../crypto/authority.js";
import { userCertificate } from "../crypto/user-certificate.js";
import type { NovaDatabase } from "../db/database.js";
import { certApi } from "./rpcapi.js";

export class CertManager extends Manager implements Serves<typeof certApi, RequestContext> {
  readonly #db: NovaDatabase;
  readonly #authority: Authority;

  constructor(env: Env, db: NovaDatabase, files: AuthorityFiles) {
    super(env);
    this.#db = db;
    this.#authority = new Authority(env, files);
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(certApi, this)];
  }

  override *init_host(): Op<void> {
    this.#authority.ensure();
  }

  *generate_x509_cert(
    _ctxt: RequestContext,
    { user_id, project_id }: ArgsIn<typeof certApi, "generate_x509_cert">,
  ): Op<[string, string]> {
    return userCertificate(this.#db, this.#authority, user_id, project_id);
  }

  *fetch_ca(): Op<string> {
    return this.#authority.root;
  }

  *fetch_crl(): Op<string> {
    return this.#authority.revocations;
  }

  *revoke_certs_by_user(_ctxt: RequestContext, { user_id }: { user_id: string }): Op<null> {
    return this.#revoke({ user_id });
  }

  *revoke_certs_by_project(
    _ctxt: RequestContext,
    { project_id }: { project_id: string },
  ): Op<null> {
    return this.#revoke({ project_id });
  }

  *revoke_certs_by_user_and_project(
    _ctxt: RequestContext,
    whose: ArgsIn<typeof certApi, "revoke_certs_by_user_and_project">,
  ): Op<null> {
    return this.#revoke(whose);
  }

  #revoke(whose: { readonly user_id?: string; readonly project_id?: string }): null {
    for (const { file_name } of this.#db.certificates.find(whose)) {
      this.#authority.revoke(file_name);
    }
    return null;
  }
}
