/** Glance, as a cloud is told of it: the API, the registry behind its v1, and the images it holds. */
import { z } from "zod";
import { FEW, name, whole } from "../../framework/option-values.js";
import { defineProject, onController, process, store } from "../../framework/project.js";
import { glanceApi } from "./api/index.js";
import { GlanceDatabase } from "./database.js";
import { ImageFiles } from "./stores/file-store.js";
import {
  glanceApiFlags,
  glanceAuthFlags,
  glanceRegistryFlags,
  glanceScrubberFlags,
} from "./flags.js";
import { cleaner } from "./image-cache/cleaner.js";
import { CacheDirectory } from "./image-cache/directory.js";
import { imageCacheFlags, prefetcherFlags } from "./image-cache/flags.js";
import { prefetcher } from "./image-cache/prefetcher.js";
import { pruner } from "./image-cache/pruner.js";
import { imageMirror, MirrorFiles } from "./mirror/index.js";
import { glanceRegistry } from "./registry/index.js";
import { Scrubber } from "./scrubber/index.js";
import { seedImage } from "./seed.js";
import { glanceInventory } from "./inventory.js";

const MEGABYTE = 1024 * 1024;

const checksumRight = "an MD5 in 32 digits from 0 to f";

const image = z.strictObject({
  name: name.meta({ description: "Its name, as in --image NAME." }),
  size_mb: whole(0, 1e7).optional().meta({ description: "Its size, in MB. Default 13." }),
  min_disk_gb: whole(0, 1e6)
    .optional()
    .meta({ description: "The smallest disk of a flavor, in GB. Default 0." }),
  min_ram_mb: whole(0, 1e7)
    .optional()
    .meta({ description: "The least memory of a flavor, in MB. Default 0." }),
  checksum: z
    .string({ error: checksumRight })
    .regex(/^[0-9a-f]{32}$/, { error: checksumRight })
    .optional()
    .meta({ description: "The MD5 of its data, for who has the data. Default: drawn." }),
});

const mirrored = z.strictObject({
  name: name.meta({ description: "Its name: that of the URL's path." }),
  size_mb: whole(0, 1e7).optional().meta({ description: "Its size, in MB. Default 13." }),
});

/** An image that Glance holds from the start. */
export type ImageOptions = z.input<typeof image>;

export const glanceDatabase = store((kernel) => new GlanceDatabase(kernel));
/** The disk of the controller, where the file store keeps them. */
const imageFiles = store(() => new ImageFiles());

/** On the same disk, what glance-api keeps of what it has read. */
const cacheDirectory = store(() => new CacheDirectory());

const mirrorFiles = store((kernel) => ({
  files: new MirrorFiles(),
  checksums: kernel.stream("image-mirror", "checksum"),
}));

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
      uses: { db: glanceDatabase, files: imageFiles, cache: cacheDirectory },
      flags: [glanceAuthFlags, glanceApiFlags, imageCacheFlags],
      make: (env, { db, ...disk }) => glanceApi(env, db, disk),
    }),
    process({
      binary: "glance-scrubber",
      on: "controller",
      optional: true,
      uses: { db: glanceDatabase, files: imageFiles },
      flags: [glanceScrubberFlags],
      make: (env, { db, files }) => new Scrubber(env, db, files),
    }),
    process({
      binary: "glance-cache-prefetcher",
      on: "controller",
      optional: true,
      uses: { files: imageFiles, cache: cacheDirectory },
      flags: [imageCacheFlags, prefetcherFlags],
      configFiles: ["glance-cache.conf"],
      make: (env, { files, cache }) => prefetcher(env, files, cache),
    }),
    process({
      binary: "glance-cache-pruner",
      on: "controller",
      optional: true,
      uses: { cache: cacheDirectory },
      flags: [imageCacheFlags],
      configFiles: ["glance-cache.conf"],
      make: (env, { cache }) => pruner(env, cache),
    }),
    process({
      binary: "glance-cache-cleaner",
      on: "controller",
      optional: true,
      uses: { cache: cacheDirectory },
      flags: [imageCacheFlags],
      configFiles: ["glance-cache.conf"],
      make: (env, { cache }) => cleaner(env, cache),
    }),
    process({
      binary: "image-mirror",
      on: "controller",
      optional: true,
      uses: { mirror: mirrorFiles },
      flags: [],
      rates: { mirror_mb_per_s: 50 },
      make: (env, { mirror }, { mirror_mb_per_s }) =>
        imageMirror(env, mirror.files, mirror_mb_per_s * MEGABYTE),
    }),
  ],
  stores: { db: glanceDatabase, files: imageFiles, mirror: mirrorFiles },
  states: {
    images: { thing: "image", columns: ["status"] },
  },
  catalog: [{ type: "image", url: onController(9292) }],
  serviceUser: "glance",
  options: {
    images: z
      .array(image)
      .max(FEW)
      .optional()
      .meta({ description: "Public images, instead of the default one, cirros." }),
    mirror: z.array(mirrored).max(FEW).optional().meta({
      description:
        "Files of image-mirror, which images can be copied from: http://controller:8088/NAME.",
    }),
  },
  seed(
    { db, files, mirror },
    { images = [{ name: "cirros" }], mirror: mirrored = [] },
    { operator, images: brought },
  ) {
    for (const { name, size_mb = 13 } of mirrored) {
      mirror.files.add(name, size_mb * MEGABYTE, mirror.checksums.hex32());
    }
    for (const { name, size_mb = 13, min_disk_gb = 0, min_ram_mb = 0, checksum } of images) {
      seedImage(db, files, {
        name,
        ...(checksum !== undefined && { checksum }),
        size: size_mb * MEGABYTE,
        min_disk: min_disk_gb,
        min_ram: min_ram_mb,
        owner: operator(),
      });
    }
    for (const { name, size_mb, properties } of brought) {
      const size = size_mb * MEGABYTE;
      seedImage(db, files, { name, size, properties, owner: operator() });
    }
  },
  resolve: ({ db }) => ({
    image: (name) => db.images.find().find((row) => row.name === name)?.uuid,
  }),
  exceptions: {
    "upload-ends-with-its-process": {
      says: "An upload whose process dies stays half done, and nobody looks for such images or their files.",
      source: "glance/api/v1/upload_utils.py at 2014.2 (upload_data_to_store); other-services §2",
    },
  },
  inventory: ({ db, files }, premises) => glanceInventory(db, files, premises),
});
