/** Where pages of Access & Security are. Upstream: the urls.py of openstack_dashboard/dashboards/project/access_and_security at 2014.2. */

export const ACCESS_URL = "/project/access_and_security/";
export const SECURITY_GROUPS_URL = `${ACCESS_URL}security_groups/`;
export const KEYPAIRS_URL = `${ACCESS_URL}keypairs/`;
export const FLOATING_IPS_URL = `${ACCESS_URL}floating_ips/`;
export const API_ACCESS_URL = `${ACCESS_URL}api_access/`;

export const groupUrl = (id: string): string => `${SECURITY_GROUPS_URL}${id}/`;
