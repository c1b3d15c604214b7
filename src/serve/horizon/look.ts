/**
 * How Horizon's pages look here, and the one script that they need: a row whose status is unknown is asked for again until
 * it is settled. Upstream: horizon/static/horizon/js/horizon.tables.js (horizon.datatables.update), horizon/conf/default.py
 * (ajax_poll_interval) at 2014.2. Their images and styles are not here.
 */
import { createHash } from "node:crypto";

export const STYLE = `
*{box-sizing:border-box}
body{margin:0;font:14px/20px "Open Sans","Helvetica Neue",Helvetica,Arial,sans-serif;color:#333;background:#fff}
body.inside{display:grid;grid-template:48px 1fr/210px minmax(0,1fr);grid-template-areas:"top top" "side main";min-height:100vh}
a{color:#2a6f9e;text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid #2a6f9e;outline-offset:1px}
header{grid-area:top;display:flex;align-items:center;gap:16px;padding:0 16px;background:#f5f5f5;border-bottom:1px solid #ddd;min-width:0}
.brand a{color:#b3202c;font-size:15px;white-space:nowrap}
.project{border:1px solid #bbb;border-radius:4px;background:#fff;padding:2px 10px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.user{margin-left:auto}
nav{grid-area:side;background:#fafafa;border-right:1px solid #ddd;padding:8px 0}
nav summary{padding:8px 16px;font-weight:600;cursor:pointer}
nav h4{margin:8px 16px 2px;font-size:12px;color:#5a5a5a;font-weight:600}
nav ul{list-style:none;margin:0;padding:0}
nav a{display:block;padding:4px 16px 4px 28px;color:#333}
nav a[aria-current]{background:#b3202c;color:#fff}
main{grid-area:main;padding:16px 24px 48px;min-width:0}
h2{font-weight:400;font-size:24px;line-height:30px;margin:0 0 16px;padding-bottom:8px;border-bottom:1px solid #ddd}
h3{font-size:15px;margin:0}
.alone main{max-width:420px;margin:10vh auto 0}.alone .brand{display:block;margin:0 0 16px;color:#b3202c;font-size:20px}
.alert{border:1px solid;border-radius:4px;padding:8px 14px;margin:0 0 12px}
.success{background:#dff0d8;color:#2d5a2e;border-color:#b9d8a9}
.info{background:#d9edf7;color:#1f5674;border-color:#a9d2e3}
.warning{background:#fcf8e3;color:#6a5120;border-color:#e6d9a8}
.error,.danger.alert{background:#f2dede;color:#8b2a28;border-color:#dfb1b4}
.tabs{display:flex;gap:4px;list-style:none;margin:0 0 16px;padding:0;border-bottom:1px solid #ddd}
.tabs a{display:block;padding:8px 14px;border:1px solid transparent;border-radius:4px 4px 0 0}
.tabs a[aria-current]{border-color:#ddd #ddd #fff;margin-bottom:-1px;background:#fff;color:#333}
.btn{display:inline-block;border:1px solid #bbb;border-radius:4px;background:#fff;color:#333;padding:3px 10px;font:inherit;font-size:13px;cursor:pointer;white-space:nowrap}
.btn:hover{background:#eee;text-decoration:none}
.primary{background:#2a6f9e;border-color:#235d85;color:#fff}.primary:hover{background:#235d85}
.danger.btn{background:#c9302c;border-color:#ac2925;color:#fff}.danger.btn:hover{background:#ac2925}
.off{color:#666;background:#f3f3f3;cursor:default}
form.table{border:1px solid #ddd;border-radius:4px;margin-bottom:24px}
.caption{display:flex;flex-wrap:wrap;gap:8px;justify-content:space-between;align-items:center;padding:8px 12px;background:#f5f5f5;border-bottom:1px solid #ddd}
.caption .btn{margin-left:6px}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse}
table{font-size:13px}
th,td{text-align:left;vertical-align:top;padding:7px 8px;border-bottom:1px solid #e6e6e6}
th{font-size:12px;line-height:15px}
tbody tr:nth-child(odd){background:#fafafa}
tr.status_down td{background:#f9eaea}
tr.status_unknown td{background:#fdf9e7}
.line{display:block;white-space:nowrap}
.empty{text-align:center;color:#5a5a5a}
.footer{margin:0;padding:8px 12px;color:#5a5a5a;font-size:13px}
.actions{white-space:nowrap}
.acts{display:flex;gap:4px;align-items:flex-start}
.menu summary{list-style:none}.menu summary::-webkit-details-marker{display:none}
.menu ul{list-style:none;margin:4px 0 0;padding:4px;background:#fff;border:1px solid #bbb;border-radius:4px;min-width:170px}
.menu ul .btn{display:block;width:100%;text-align:left;border-color:transparent;margin:1px 0}
form.form{border:1px solid #ccc;border-radius:6px;max-width:720px}
form.form h3{padding:12px 16px;border-bottom:1px solid #ddd}
form.form>.alert{margin:12px 16px 0}
form.form .footer{border-top:1px solid #ddd;display:flex;justify-content:flex-end;gap:8px;padding:12px 16px}
fieldset{border:0;margin:0;padding:0 0 8px}
legend{width:100%;padding:10px 16px 2px;font-weight:600}
.field{display:grid;grid-template-columns:200px minmax(0,1fr);gap:12px;padding:5px 16px}
.field .label{text-align:right;padding-top:5px}
.field label{display:block}
.must{color:#b3202c}
.alone .field{grid-template-columns:1fr;gap:2px}.alone .field .label{text-align:left}
input[type=text],input[type=password],select,textarea{width:100%;font:inherit;color:inherit;background:#fff;border:1px solid #aaa;border-radius:4px;padding:4px 8px}
textarea{font-family:monospace}
.has-error .label,.help-block{color:#a01c18}
.has-error input,.has-error select{border-color:#a01c18}
.help-block{display:block}
dl{display:grid;grid-template-columns:minmax(120px,auto) 1fr;gap:4px 16px}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
pre{background:#f5f5f5;border:1px solid #ddd;border-radius:4px;padding:12px;overflow:auto}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media(max-width:760px){body.inside{display:block}nav{border-right:0;border-bottom:1px solid #ddd}main{padding:12px}header{height:48px}.field{grid-template-columns:1fr;gap:2px}.field .label{text-align:left}}
`.trim();

/** Milliseconds, as upstream; each time it takes one such span more, thirty seconds at most. */
export const SCRIPT = `
(()=>{const interval=2500;let turn=1;
const later=()=>setTimeout(update,Math.min(30000,interval*turn++));
const update=async()=>{const rows=[...document.querySelectorAll("tr[data-update]")];
if(rows.length===0)return;
if(rows.some((row)=>row.querySelector("details[open]"))){later();return}
for(const row of rows){const asked=location.pathname+row.dataset.update;
try{const answer=await fetch(asked,{headers:{"X-Requested-With":"XMLHttpRequest"}});
if(answer.status===404)row.remove();
else if(answer.ok){const made=document.createElement("tbody");made.innerHTML=await answer.text();
const fresh=made.querySelector("tr");if(fresh!==null){if(fresh.innerHTML!==row.innerHTML)turn=1;row.replaceWith(fresh)}}
else row.removeAttribute("data-update")}catch{row.removeAttribute("data-update")}}
later()};
later()})();
`.trim();

/** `html` puts white space around them, which belongs to what is hashed. */
const hashOf = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** @param page what is sent: only its own style and its own script may be in it */
export function policyOf(page: string): string {
  const within = (name: string): string => {
    const [, text = ""] = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, "u").exec(page) ?? [];
    return hashOf(text);
  };
  return `default-src 'none'; style-src ${within("style")}; script-src ${within("script")}; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}
