/**
 * The contract of topic `cert`. Without `decrypt_text`, which only images of S3's needed. Upstream: nova/cert/rpcapi.py (2.0) at
 * 2014.2.
 */
import { call, defineRpcApi, required } from "../../../bus/index.js";

export const certApi = defineRpcApi({
  topic: "cert",
  version: "2.0",
  methods: {
    /** A key, and the certificate for it. */
    generate_x509_cert: call<
      { user_id: string | null; project_id: string | null },
      [privateKey: string, certificate: string]
    >("2.0", { user_id: required(), project_id: required() }),
    /** The certificate that all others are signed with. */
    fetch_ca: call<{ project_id: string | null }, string>("2.0", { project_id: required() }),
    /** Which are good no more. */
    fetch_crl: call<{ project_id: string | null }, string>("2.0", { project_id: required() }),
    revoke_certs_by_user: call<{ user_id: string }, null>("2.0", { user_id: required() }),
    revoke_certs_by_project: call<{ project_id: string }, null>("2.0", { project_id: required() }),
    revoke_certs_by_user_and_project: call<{ user_id: string; project_id: string }, null>("2.0", {
      user_id: required(),
      project_id: required(),
    }),
  },
});
