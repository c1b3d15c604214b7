/** Where pages of volumes are. Upstream: openstack_dashboard/dashboards/project/volumes/urls.py, volumes/urls.py, snapshots/urls.py at 2014.2. */

export const VOLUMES_URL = "/project/volumes/";
export const VOLUMES_TAB = `${VOLUMES_URL}?tab=volumes_and_snapshots__volumes_tab`;
export const SNAPSHOTS_TAB = `${VOLUMES_URL}?tab=volumes_and_snapshots__snapshots_tab`;
export const CREATE_URL = `${VOLUMES_URL}create/`;

export const volumeUrl = (id: string): string => `${VOLUMES_URL}${id}/`;
export const snapshotUrl = (id: string): string => `${VOLUMES_URL}snapshots/${id}/`;
