/** Keystone's REST library of the third version, for services that make users of their own. Upstream: python-keystoneclient 0.11. */
export { signature as ec2Signature } from "../ec2/signer.js";
export {
  IdentityV3,
  passwordToken,
  rescopedToken,
  trustToken,
  type DomainRef,
  type PasswordLogin,
  type ScopedToken,
} from "./identity-v3.js";
