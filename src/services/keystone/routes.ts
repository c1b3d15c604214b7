/** Everything that Keystone answers, port by port. */
import { certificateRoutes } from "./certificate-routes.js";
import { v2Ec2Routes, v3Ec2Routes } from "./ec2/routes.js";
import { v2Ec2TokenRoute, v3Ec2TokenRoute } from "./ec2/tokens.js";
import { v2CatalogRoutes } from "./v2/catalog-routes.js";
import { v2ExtensionRoutes } from "./v2/extension-routes.js";
import { v2RoleRoutes } from "./v2/role-routes.js";
import { v2OwnTenantRoutes, v2TenantRoutes } from "./v2/tenant-routes.js";
import { v2TokenRoutes } from "./v2/token-routes.js";
import { v2OwnUserRoutes, v2UserRoutes } from "./v2/user-routes.js";
import { v3AssignmentRoutes } from "./v3/assignment-routes.js";
import { v3CredentialRoutes } from "./v3/credential-routes.js";
import { v3CatalogRoutes } from "./v3/catalog-routes.js";
import { v3GrantRoutes } from "./v3/grant-routes.js";
import { v3IdentityRoutes } from "./v3/identity-routes.js";
import { v3RevokeRoutes } from "./v3/revoke-routes.js";
import { v3RoleAssignmentRoutes } from "./v3/role-assignment-routes.js";
import { v3TokenRoutes } from "./v3/token-routes.js";
import { v3TrustRoutes } from "./v3/trust-routes.js";
import { versionRoutes } from "./version-routes.js";

const v3 = [
  ...certificateRoutes,
  ...v3TokenRoutes,
  ...v3IdentityRoutes,
  ...v3AssignmentRoutes,
  ...v3CatalogRoutes,
  ...v3GrantRoutes,
  ...v3RoleAssignmentRoutes,
  ...v3CredentialRoutes,
  ...v3TrustRoutes,
  ...v3RevokeRoutes,
  ...v3Ec2Routes,
  v3Ec2TokenRoute,
];

export const keystoneRoutes = {
  /** Port 5000. */
  main: [
    ...versionRoutes,
    ...v2ExtensionRoutes.main,
    ...v2TokenRoutes,
    ...v2Ec2Routes,
    v2Ec2TokenRoute,
    ...v2OwnTenantRoutes,
    ...v2OwnUserRoutes,
    ...v3,
  ],
  /** Port 35357. */
  admin: [
    ...versionRoutes,
    ...v2ExtensionRoutes.admin,
    ...v2TokenRoutes,
    ...v2TenantRoutes,
    ...v2UserRoutes,
    ...v2RoleRoutes,
    ...v2CatalogRoutes,
    ...v2Ec2Routes,
    v2Ec2TokenRoute,
    ...v3,
  ],
} as const;
