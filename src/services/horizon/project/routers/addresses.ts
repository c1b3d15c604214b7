/** Where pages of routers are. Upstream: openstack_dashboard/dashboards/project/routers/urls.py at 2014.2. */

export const ROUTERS_URL = "/project/routers/";

export const routerUrl = (id: string): string => `${ROUTERS_URL}${id}/`;
