/** Everything that glance-api answers with a token. */
import { v1Routes } from "./v1/routes.js";
import { v2DataRoutes } from "./v2/data-routes.js";
import { v2ImageRoutes } from "./v2/image-routes.js";
import { v2MemberRoutes } from "./v2/member-routes.js";
import { v2SchemaRoutes } from "./v2/schema-routes.js";
import { v2TaskRoutes } from "./v2/tasks/routes.js";

export const glanceRoutes = [
  ...v1Routes,
  ...v2ImageRoutes,
  ...v2DataRoutes,
  ...v2MemberRoutes,
  ...v2SchemaRoutes,
  ...v2TaskRoutes,
];
