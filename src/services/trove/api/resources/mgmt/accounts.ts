/** Tenants that have instances, for administrators. Upstream: trove/extensions/account at 2014.2. */
import { done } from "../../../../../kernel/index.js";
import { dictOrder } from "../../../../../python/index.js";
import { adminRoute, shown, type TroveRoute } from "../../route.js";

export const accountRoutes: readonly TroveRoute[] = [
  adminRoute("GET", "/mgmt/accounts", ({ app, params }) => {
    app.env.log("info", `Showing all accounts with instances for '${params.tenant_id}'`);
    const tenants = app.db.instances.find().map(({ tenant_id }) => tenant_id ?? "None");
    const accounts = dictOrder([...new Set(tenants)]).map((id) => ({
      id,
      num_instances: tenants.filter((tenant) => tenant === id).length,
    }));
    return done(shown({ accounts }));
  }),
  adminRoute("GET", "/mgmt/accounts/{id}", ({ app, params: { id, tenant_id } }) => {
    app.env.log("info", `Showing account information for '${id}' to '${tenant_id}'`);
    const instance_ids = app.db.instances.find({ tenant_id: id }).map(({ uuid }) => uuid);
    return done(shown({ account: { id, instance_ids } }));
  }),
];
