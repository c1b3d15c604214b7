/**
 * Credentials and policy files: stored, and nothing is asked about who or what they name. An access key
 * of EC2 is the one sort whose id is made from what it holds. Upstream: keystone/credential/controllers.py,
 * keystone/credential/backends/sql.py, keystone/policy/backends/sql.py at 2014.2.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Row } from "../../../framework/index.js";
import { dumps, isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { NotFound, ValidationError } from "../exception.js";
import { change, dictOf, duplicate, insert } from "../store/model.js";
import { CREDENTIAL, POLICY } from "../store/models.js";
import type { Credential, PolicyFile } from "../store/rows.js";

export const credentialDict = (row: Row<Credential>): JsonObject => dictOf(CREDENTIAL, row);
export const policyDict = (row: Row<PolicyFile>): JsonObject => dictOf(POLICY, row);

/** The id of an access key. Upstream: keystone/common/utils.py (hash_access_key). */
export const hashedAccess = (access: string): string => bytesToHex(sha256(utf8ToBytes(access)));

/** @throws NotFound */
export function getCredential({ database }: KeystoneApp, id: string): Row<Credential> {
  const credential = database.credentials.get(id);
  if (credential === undefined) throw new NotFound({ what: "credential", id });
  return credential;
}

/** @param trust the trust of whoever asks, which an access key keeps. @throws ValidationError, Conflict */
export function createCredential(
  app: KeystoneApp,
  ref: JsonObject,
  trust: string | null,
): Row<Credential> {
  const isKey = str(ref["type"] ?? null).toLowerCase() === "ec2";
  const whole = isKey ? accessKey(ref, trust) : { ...ref, id: app.newId() };
  if (app.database.credentials.get(whole.id) !== undefined) throw duplicate(CREDENTIAL);
  return insert(CREDENTIAL, app.database.credentials, whole);
}

/** @throws NotFound */
export const updateCredential = (app: KeystoneApp, id: string, ref: JsonObject): Row<Credential> =>
  change(CREDENTIAL, app.database.credentials, getCredential(app, id), ref);

/** @throws NotFound */
export function deleteCredential(app: KeystoneApp, id: string): void {
  app.database.credentials.remove(getCredential(app, id).uuid);
}

/** @throws NotFound */
export function getPolicy({ database }: KeystoneApp, id: string): Row<PolicyFile> {
  const policy = database.policies.get(id);
  if (policy === undefined) throw new NotFound({ what: "policy", id });
  return policy;
}

export const createPolicy = (app: KeystoneApp, ref: JsonObject): Row<PolicyFile> =>
  insert(POLICY, app.database.policies, { ...ref, id: app.newId() });

/** @throws NotFound */
export const updatePolicy = (app: KeystoneApp, id: string, ref: JsonObject): Row<PolicyFile> =>
  change(POLICY, app.database.policies, getPolicy(app, id), ref);

/** @throws NotFound */
export function deletePolicy(app: KeystoneApp, id: string): void {
  app.database.policies.remove(getPolicy(app, id).uuid);
}

function accessKey(ref: JsonObject, trust_id: string | null): JsonObject & { readonly id: string } {
  const blob = blobOf(ref["blob"] ?? null);
  if (!isObject(blob) || Object.keys(blob).length === 0) {
    throw new ValidationError({ attribute: "blob", target: "credential" });
  }
  const access = blob["access"] ?? null;
  if (access === null) throw new ValidationError({ attribute: "access", target: "blob" });
  const id = hashedAccess(str(access));
  return trust_id === null ? { ...ref, id } : { ...ref, id, blob: dumps({ ...blob, trust_id }) };
}

function blobOf(text: Json): Json {
  try {
    return JSON.parse(str(text)) as Json;
  } catch {
    throw new ValidationError({}, "Invalid blob in credential");
  }
}
