/**
 * A certificate for a user of a project, which is on record from then on. Upstream: nova/crypto.py (generate_x509_cert,
 * _user_cert_subject) at 2014.2.
 */
import type { NovaDatabase } from "../db/database.js";
import type { Authority } from "./authority.js";

export function userCertificate(
  db: NovaDatabase,
  authority: Authority,
  user_id: string | null,
  project_id: string | null,
): [privateKey: string, certificate: string] {
  const now = `${db.utcnow().slice(0, 19)}Z`;
  const part = (id: string | null): string => (id ?? "None").slice(0, 16);
  const signed = authority.sign([
    ["C", "US"],
    ["ST", "California"],
    ["O", "OpenStack"],
    ["OU", "NovaDev"],
    ["CN", `${part(project_id)}-${part(user_id)}-${now}`],
  ]);
  db.certificates.insert({ user_id, project_id, file_name: signed.file });
  return [signed.privateKey, signed.certificate];
}
