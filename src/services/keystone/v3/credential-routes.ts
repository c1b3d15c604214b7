/**
 * Credentials and policy files in v3. Upstream: keystone/credential/controllers.py,
 * keystone/policy/controllers.py at 2014.2.
 */
import * as credentials from "../managers/credentials.js";
import { resourceRoutes, type Kind } from "./resource.js";

const credential: Kind = {
  member: "credential",
  part: "credential",
  filters: ["user_id"],
  all: ({ database }) => database.credentials.find().map(credentials.credentialDict),
  one: (app, id) => credentials.credentialDict(credentials.getCredential(app, id)),
  *create({ app, caller }, ref) {
    const trust = caller.bootstrap ? null : caller.token().trust_id;
    return credentials.credentialDict(credentials.createCredential(app, ref, trust));
  },
  *update({ app }, id, ref) {
    return credentials.credentialDict(credentials.updateCredential(app, id, ref));
  },
  *remove({ app }, id) {
    credentials.deleteCredential(app, id);
  },
};

const policy: Kind = {
  member: "policy",
  part: "policy",
  loaded: false,
  anyId: true,
  filters: ["type"],
  columns: [],
  cut: "afterwards",
  all: ({ database }) => database.policies.find().map(credentials.policyDict),
  one: (app, id) => credentials.policyDict(credentials.getPolicy(app, id)),
  *create({ app }, ref) {
    return credentials.policyDict(credentials.createPolicy(app, ref));
  },
  *update({ app }, id, ref) {
    return credentials.policyDict(credentials.updatePolicy(app, id, ref));
  },
  *remove({ app }, id) {
    credentials.deletePolicy(app, id);
  },
};

export const v3CredentialRoutes = [credential, policy].flatMap(resourceRoutes);
