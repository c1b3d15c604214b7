/** Where stacks are. Upstream: openstack_dashboard/dashboards/project/stacks/urls.py at 2014.2. */
export const STACKS_URL = "/project/stacks/";

export const stackUrl = (id: string): string => `${STACKS_URL}stack/${id}/`;
