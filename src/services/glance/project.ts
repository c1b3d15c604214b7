/** Glance, as a cloud is told of it: the API, the registry behind its v1, and the images it holds. */
import { z } from "zod";
import { FEW, name, whole } from "../../framework/option-values.js";
import { defineProject, onController, process, store } from "../../framework/project.js";
import { glanceApi } from "./api/index.js";
import { GlanceDatabase } from "./database.js";
import { ImageFiles } from "./file-store.js";
import { glanceApiFlags, glanceAuthFlags, glanceRegistryFlags } from "./flags.js";
import { glanceRegistry } from "./registry/index.js";
import { seedImage } from "./seed.js";

const MEGABYTE = 1024 * 1024;

const image = z.strictObject({
  name: name.meta({ description: "Its name, as in --image NAME." }),
  size_mb: whole(0, 1e7).optional().meta({ description: "Its size, in MB. Default 13." }),
  min_disk_gb: whole(0, 1e6)
    .optional()
    .meta({ description: "The smallest disk of a flavor, in GB. Default 0." }),
  min_ram_mb: whole(0, 1e7)
    .optional()
    .meta({ description: "The least memory of a flavor, in MB. Default 0." }),
});

/** An image that Glance holds from the start. */
export type ImageOptions = z.input<typeof image>;

const glanceDatabase = store((kernel) => new GlanceDatabase(kernel));
/** The disk of the controller, where the file store keeps them. */
const imageFiles = store(() => new ImageFiles());

export const glance = defineProject({
  name: "glance",
  processes: [
    process({
      binary: "glance-registry",
      on: "controller",
      uses: { db: glanceDatabase },
      flags: [glanceAuthFlags, glanceRegistryFlags],
      make: (env, { db }) => glanceRegistry(env, db),
    }),
    process({
      binary: "glance-api",
      on: "controller",
      uses: { db: glanceDatabase, files: imageFiles },
      flags: [glanceAuthFlags, glanceApiFlags],
      make: (env, { db, files }) => glanceApi(env, db, files),
    }),
  ],
  stores: { db: glanceDatabase, files: imageFiles },
  catalog: [{ type: "image", url: onController(9292) }],
  serviceUser: "glance",
  options: {
    images: z
      .array(image)
      .max(FEW)
      .optional()
      .meta({ description: "Public images, instead of the default one, cirros." }),
  },
  seed({ db, files }, { images = [{ name: "cirros" }] }, { operator }) {
    for (const { name, size_mb = 13, min_disk_gb = 0, min_ram_mb = 0 } of images) {
      seedImage(db, files, {
        name,
        size: size_mb * MEGABYTE,
        min_disk: min_disk_gb,
        min_ram: min_ram_mb,
        owner: operator(),
      });
    }
  },
  resolve: ({ db }) => ({
    image: (name) => db.images.find().find((row) => row.name === name)?.uuid,
  }),
});
