/**
 * What v3's controllers look at before they hand an object on. Upstream: keystone/common/controller.py
 * (V3Controller), keystone/common/wsgi.py (_require_attribute) at 2014.2.
 */
import { type Json, type JsonObject, asDict, contains, get, item } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { Unauthorized, ValidationError } from "../exception.js";
import { DEFAULT_DOMAIN } from "../store/database.js";
import type { V3Call } from "../web/v3-action.js";

/** @throws ValidationError */
export function requireAttribute(ref: Json, attribute: string): void {
  const value = get(ref, attribute);
  if (value !== null && value !== "") return;
  throw new ValidationError({}, `${attribute} field is required and cannot be empty`);
}

/** The changes to the object `id`. @throws ValidationError if they are to another id */
export function requireSameId(id: string, ref: Json): JsonObject {
  if (contains(ref, "id") && item(ref, "id") !== id) {
    throw new ValidationError({}, "Cannot change ID");
  }
  return asDict(ref, "copy");
}

/** Nothing moves from one domain to another. @throws ValidationError */
export function requireSameDomain(
  { flags }: KeystoneApp,
  ref: JsonObject,
  domain: () => string,
): void {
  if (!flags.domain_id_immutable || !("domain_id" in ref)) return;
  if (ref["domain_id"] !== domain()) throw new ValidationError({}, "Cannot change Domain ID");
}

/** Without a domain, that of the token or the default one. The admin token has none, and fails. */
export function ownDomain({ caller }: V3Call, ref: JsonObject): JsonObject {
  if ("domain_id" in ref) return ref;
  if (caller.bootstrap) throw new Unauthorized();
  return { ...ref, domain_id: caller.token().domain_id ?? DEFAULT_DOMAIN };
}
