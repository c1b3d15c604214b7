/** The panel Images: openstack_dashboard/dashboards/project/images/images/tables.py, forms.py, openstack_dashboard/api/glance.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

const LIST = "glance GET /v1/images/detail?sort_key=created_at&sort_dir=desc&limit=1000";

function atImages(): DashboardBed {
  const bed = new DashboardBed();
  bed.signIn();
  bed.do("images");
  bed.calls();
  return bed;
}

describe("the table of images", () => {
  it("is one call, whatever there is", () => {
    const bed = atImages();
    const { stdout } = bed.do("images");
    expect(bed.calls()).toEqual([LIST, "neutron GET /v2.0/extensions.json"]);
    expect(stdout).toMatch(
      /\| cirros +\| Image \| Active \| Yes +\| No +\| QCOW2 +\| 13\.0 MB \|/u,
    );
  });

  it("offers nothing of somebody else's but what can be made of it", () => {
    const bed = atImages();
    const { stderr } = bed.do({ "delete image": "cirros" });
    expect(stderr).toContain('"Delete Image" is not offered for cirros: there is Launch');
  });

  it("is empty, with a message, where Glance refuses, and no page where it is not there", () => {
    const bed = atImages();
    bed.cloud.inject({ answer: { status: 503, host: "glance-api@controller", times: 1 } });
    expect(bed.do("images").stdout).toContain("Error: Unable to retrieve images.");
    bed.cloud.stop("glance-api@controller");
    expect(bed.do("images").stdout).toContain("Something went wrong!");
  });
});

describe("an image", () => {
  const bed = atImages();

  it("needs one source, no more and no less", () => {
    const base = { name: "mine", format: "Raw" };
    expect(bed.do({ "create image": base }).stdout).toContain(
      "! A image or external image location must be specified.",
    );
    const both = { ...base, location: "http://example.org/i", "file mb": 1 };
    expect(bed.do({ "create image": both }).stdout).toContain(
      "! Can not specify both image and external image location.",
    );
    expect(bed.calls()).not.toContain("glance POST /v1/images");
  });

  it("is queued while the person waits, and sent by a thread behind their back", () => {
    const { stdout } = bed.do({ "create image": { name: "mine", format: "Raw", "file mb": 1 } });
    expect(stdout).toContain("Success: Your image mine has been queued for creation.");
    expect(stdout).toContain("| Queued |");
    bed.cloud.advance("10s");
    const calls = bed.calls();
    const made = calls.indexOf("glance POST /v1/images");
    expect(calls.slice(made + 1)).toContain("glance PUT /v1/images/{id}");
    expect(bed.act({ kind: "look" }).stdout).toContain("| Active |");
  });

  it("is changed as a whole, with its formats, and goes", () => {
    const changed = { image: "mine", "minimum ram mb": 64, protected: true };
    expect(bed.do({ "edit image": changed }).stdout).toContain(
      "Success: Image was successfully updated.",
    );
    expect(bed.do({ "open image": "mine" }).stdout).toMatch(/\| Min RAM +\| 64MB/u);
    expect(bed.do({ "delete image": "mine" }).stderr).toContain("is not offered for mine");
    bed.do({ "edit image": { image: "mine", protected: false } });
    expect(bed.do({ "delete image": "mine" }).stdout).toContain("Success: Deleted Image: mine");
  });
});
