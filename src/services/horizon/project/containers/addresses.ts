/**
 * Where a container and a folder in it are. A name is one segment of a path here, whatever is in it; upstream leaves the slashes of
 * folders as they are. Upstream: openstack_dashboard/dashboards/project/containers/urls.py at 2014.2.
 */

export const CONTAINERS_URL = "/project/containers/";

/** @param folder with its slash; empty: none */
export function containerUrl(container: string, folder = "", page = ""): string {
  const names = [container, ...(folder === "" ? [] : [folder])];
  return `${CONTAINERS_URL}${names.map((name) => `${encodeURIComponent(name)}/`).join("")}${page}`;
}
