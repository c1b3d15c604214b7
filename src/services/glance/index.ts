/** Glance: the API that users and Nova speak to, and the registry behind its v1. */
export { glanceApi } from "./api/index.js";
export { glanceRegistry } from "./registry/index.js";
export { GlanceDatabase } from "./database.js";
export { ImageFiles } from "./file-store.js";
export { seedImage, type SeedImage } from "./seed.js";
