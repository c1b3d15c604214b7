/** Horizon as a browser knows it: pages, cookies, the headers that its scripts read. */
export {
  MESSAGE_WORDS,
  SITE_BRANDING,
  type FormPart,
  type ListPart,
  type MessageTag,
  type Page,
  type PageAction,
  type PageField,
  type PageMessage,
  type PagePanel,
  type PagePart,
  type PageRow,
  type PageTab,
  type PageTabs,
  type RowStatus,
  type TablePart,
  type TextPart,
} from "./page.js";
export { cookiesOf, cookieHeader, setCookies, storeCookies, type Cookie } from "./cookies.js";
