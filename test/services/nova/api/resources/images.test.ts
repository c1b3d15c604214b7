/** nova/api/openstack/compute/images.py, image_metadata.py, views/images.py at 2014.2; nova §5.3. */
import { describe, expect, it } from "vitest";
import { errorOf } from "../../../../../src/services/glance/client/errors.js";
import {
  ImageNotAuthorized,
  Invalid,
  NotFound,
} from "../../../../../src/services/nova/exception.js";
import { ApiBed, CIRROS, IMAGE, NOWHERE } from "../bed.js";

const UNFORESEEN =
  "500 The server has either erred or is incapable of performing the requested operation.";

describe("an image by way of Nova", () => {
  it("is shown in Nova's words, one HEAD each", () => {
    const bed = new ApiBed();
    const { project } = bed.demo;
    expect(bed.ask("GET", `/images/${IMAGE}`).body).toEqual({
      image: {
        id: IMAGE,
        name: "cirros",
        status: "ACTIVE",
        progress: 100,
        minRam: 0,
        minDisk: 0,
        metadata: {},
        created: "2014-09-18T04:03:09Z",
        updated: "2014-09-18T04:03:09Z",
        "OS-EXT-IMG-SIZE:size": 13_000_000,
        links: [
          { rel: "self", href: `http://controller:8774/v2/${project}/images/${IMAGE}` },
          { rel: "bookmark", href: `http://controller:8774/${project}/images/${IMAGE}` },
          {
            rel: "alternate",
            type: "application/vnd.openstack.image",
            href: `http://controller:9292/${project}/images/${IMAGE}`,
          },
        ],
      },
    });
    expect(bed.asked).toEqual([`image get ${IMAGE}`]);
    expect(bed.told(bed.ask("GET", "/images/cirros"))).toBe("404 Image not found.");
  });

  // contrib/disk_config.py, nova/image/glance.py (_convert_from_string).
  it("has its server, its disk config and what it keeps as JSON", () => {
    const bed = new ApiBed();
    const properties = {
      instance_uuid: NOWHERE,
      auto_disk_config: "on",
      mappings: '[{"virtual": "swap"}]',
    };
    bed.images.set(IMAGE, { ...CIRROS, status: "killed", properties });
    expect(bed.ask("GET", `/images/${IMAGE}`).body).toMatchObject({
      image: {
        status: "ERROR",
        progress: 0,
        "OS-DCF:diskConfig": "AUTO",
        metadata: { ...properties, mappings: [{ virtual: "swap" }] },
        server: { id: NOWHERE, links: [{ rel: "self" }, { rel: "bookmark" }] },
      },
    });
    bed.images.set(IMAGE, { ...CIRROS, properties: { mappings: "swap" } });
    expect(bed.told(bed.ask("GET", `/images/${IMAGE}`))).toBe(UNFORESEEN);
  });

  it("that is not the caller's to see is told by each controller in its own way", () => {
    const bed = new ApiBed();
    const refused = new ImageNotAuthorized({ image_id: IMAGE });
    bed.failures.set("image get", refused);
    bed.failures.set("image delete", refused);
    expect(bed.told(bed.ask("GET", `/images/${IMAGE}`))).toBe(UNFORESEEN);
    expect(bed.told(bed.ask("GET", `/images/${IMAGE}/metadata`))).toBe(
      `403 Not authorized for image ${IMAGE}.`,
    );
    expect(bed.told(bed.ask("DELETE", `/images/${IMAGE}`))).toBe(
      "403 You are not allowed to delete the image.",
    );
  });

  // nova/api/openstack/__init__.py (FaultWrapper): `getattr(inner, 'code', 500)`.
  it("has the status of Glance's client where nobody translates its error", () => {
    const bed = new ApiBed();
    const told = (status: number): string => {
      bed.failures.set("image delete", errorOf({ status, body: null, headers: {} }));
      return bed.told(bed.ask("DELETE", `/images/${IMAGE}`));
    };
    expect(told(409)).toBe("409 There was a conflict when trying to complete your request.");
    expect(told(500)).toBe(UNFORESEEN);
  });

  it("is deleted with 204 and never made here: webob has the words of 400 for 405", () => {
    const bed = new ApiBed();
    expect(bed.ask("DELETE", `/images/${IMAGE}`).status).toBe(204);
    expect(bed.told(bed.ask("POST", "/images", {}))).toBe(
      "405 The server could not comply with the request since it is either malformed or otherwise incorrect.",
    );
  });

  it("has metadata, whole and one by one", () => {
    const bed = new ApiBed();
    bed.images.set(IMAGE, { ...CIRROS, properties: { os: "linux" } });
    const path = `/images/${IMAGE}/metadata`;
    expect(bed.ask("GET", path).body).toEqual({ metadata: { os: "linux" } });
    expect(bed.ask("GET", `${path}/os`).body).toEqual({ meta: { os: "linux" } });
    expect(bed.told(bed.ask("GET", `${path}/__proto__`))).toBe(
      "404 The resource could not be found.",
    );
    expect(bed.told(bed.ask("GET", "/images/x/metadata/os"))).toBe("404 Image not found.");
  });
});

describe("the list of images by way of Nova", () => {
  const list = (bed: ApiBed, query: string) => bed.ask("GET", `/images${query}`);

  it("hands filters and pages to Glance under its names", () => {
    const bed = new ApiBed();
    const query =
      "?name=a&status=ACTIVE&server=http://x/v2/servers/s1&type=snapshot&minRam=1&minDisk=2" +
      "&changes-since=2014&property-os=linux&is_public=true&limit=5&page_size=7&marker=m";
    list(bed, query);
    expect(bed.listings).toEqual([
      [
        {
          name: "a",
          status: "active",
          "property-instance_uuid": "s1",
          "property-image_type": "snapshot",
          min_ram: "1",
          min_disk: "2",
          "changes-since": "2014",
          "property-os": "linux",
        },
        { limit: 5, pageSize: 7, marker: "m" },
      ],
    ]);
  });

  it("goes on where it is as long as it may be, with a link to the short list", () => {
    const bed = new ApiBed();
    expect(bed.ask("GET", "/images/detail?limit=1").body).toMatchObject({
      images_links: [
        {
          rel: "next",
          href: `http://controller:8774/v2/${bed.demo.project}/images?limit=1&marker=${IMAGE}`,
        },
      ],
    });
    for (const query of ["", "?limit=2", "?limit=0"]) {
      expect(list(bed, query).body).toHaveProperty("images.0");
      expect(list(bed, query).body).not.toHaveProperty("images_links");
    }
  });

  it.each([
    ["?limit=x", "400 limit param must be an integer"],
    ["?limit=-1", "400 limit param must be positive"],
    ["?page_size=x", "400 page_size param must be an integer"],
    ["?page_size=-1", "400 page_size param must be positive"],
  ])("refuses %s", (query, says) => {
    expect(new ApiBed().told(list(new ApiBed(), query))).toBe(says);
  });

  it("is a 400 in Glance's words for a marker that Glance does not know, and a bare 404", () => {
    const bed = new ApiBed();
    bed.failures.set("image detail", new Invalid({}, "400 Bad Request Invalid marker (HTTP 400)"));
    expect(bed.told(list(bed, "?marker=x"))).toBe("400 400 Bad Request Invalid marker (HTTP 400)");
    bed.failures.set("image detail", new NotFound({}, "gone"));
    expect(bed.told(list(bed, ""))).toBe("404 The resource could not be found.");
  });
});
