/** Where pages of networks are. Upstream: openstack_dashboard/dashboards/project/networks/urls.py at 2014.2. */

export const NETWORKS_URL = "/project/networks/";

export const networkUrl = (id: string): string => `${NETWORKS_URL}${id}/detail`;
