/** Cinder's REST library, for whoever needs volumes. Upstream: python-cinderclient 1.1.1. */
export { CinderClient } from "./cinder-client.js";
export { ConnectionError, UnsupportedVersion } from "./errors.js";
export { CinderHttpClient, type HttpClientOptions, type VolumeEndpoint } from "./http-client.js";
export { isResource, type ApiVersion, type Resource } from "./manager.js";
export type { NewSnapshot } from "./snapshots.js";
export type { ConnectionInfo, NewVolume } from "./volumes.js";
