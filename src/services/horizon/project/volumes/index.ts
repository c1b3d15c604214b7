/** Project, Volumes: a tab each for volumes and snapshots, loaded when it is looked at. Upstream: openstack_dashboard/dashboards/project/volumes/tabs.py at 2014.2. */
import { tableTab, type TabGroup } from "../../tabs/tabs.js";
import { bound } from "../../tables/view.js";
import { volumesView } from "./volumes-table.js";
import { snapshotsView } from "./snapshots-table.js";

export const volumesAndSnapshots = (): TabGroup => ({
  slug: "volumes_and_snapshots",
  title: "Volumes",
  sticky: true,
  tabs: [
    tableTab({
      slug: "volumes_tab",
      name: "Volumes",
      preload: false,
      table: bound(volumesView),
    }),
    tableTab({
      slug: "snapshots_tab",
      name: "Volume Snapshots",
      preload: false,
      table: bound(snapshotsView),
    }),
  ],
});
