/** python-heatclient 0.2.12 as a library: Heat's API, and the files that templates name. */
export { HeatHttpException, isMissing } from "./errors.js";
export { HeatClient, type HeatEndpoint, type HeatQuestion } from "./heat-client.js";
export {
  environmentContents,
  templateContents,
  URLError,
  type Reader,
  type TemplateSource,
  type WithFiles,
} from "./template-files.js";
