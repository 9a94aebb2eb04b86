/** Of all pages: system fonts, both colour schemes, narrow screens and print; nothing is loaded from anywhere. */
export const style = `
:root{--ink:#211e1a;--soft:#6b645b;--paper:#faf8f4;--line:#e5dfd5;--card:#fff;--accent:#8a3b2a;--code:#26221d;--code-ink:#efe9df;--code-soft:#a89f92;--sans:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media(prefers-color-scheme:dark){:root{--ink:#ebe6dd;--soft:#a59d92;--paper:#171512;--line:#332f29;--card:#1e1b17;--accent:#e29a85;--code:#100e0c}}
*{box-sizing:border-box}html{scroll-behavior:smooth;scroll-padding-top:1rem}@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;display:grid;grid-template-columns:17rem minmax(0,1fr);font:16px/1.55 var(--sans);color:var(--ink);background:var(--paper)}
a{color:var(--accent);text-underline-offset:.15em}a:focus-visible,summary:focus-visible,pre:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1.1rem 2rem;border-right:1px solid var(--line);font-size:.87rem}
nav .home{font:600 1.35rem ui-serif,Georgia,serif;color:var(--ink);text-decoration:none}
.tabs{display:flex;flex-wrap:wrap;gap:.3rem;margin:.8rem 0 1.2rem}.tabs>*{padding:.1rem .55rem;border:1px solid var(--line);border-radius:99px;text-decoration:none;font-weight:500}.tabs b{background:var(--accent);border-color:var(--accent);color:var(--paper)}
nav ul{list-style:none;padding:0;margin:0}nav li a{display:flex;gap:.55rem;align-items:baseline;padding:.22rem .3rem;border-radius:5px;color:inherit;text-decoration:none}nav li a:hover{background:var(--line)}nav li span{overflow-wrap:anywhere}nav .more{margin-top:1rem;padding-top:1rem;border-top:1px solid var(--line)}
main{padding:2.4rem clamp(1rem,3.5vw,3.2rem) 5rem;max-width:86rem}
h1,h2,h3{font-family:ui-serif,Georgia,"Times New Roman",serif;font-weight:600;line-height:1.2}h1{font-size:2.5rem;margin:0 0 .8rem}h2{font-size:1.35rem;margin:0 0 .5rem}h2.part{margin:3rem 0 0;font-size:1.7rem}
h4{margin:1.4rem 0 .3rem;font-size:.78rem;font-weight:650;text-transform:uppercase;letter-spacing:.07em;color:var(--soft)}
.lead{font-size:1.12rem;color:var(--soft);max-width:48rem;margin:0 0 1.5rem}
section{padding:2rem 0;border-top:1px solid var(--line)}.endpoint,.start{display:grid;grid-template-columns:minmax(0,1.1fr) minmax(0,1fr);gap:2.4rem;align-items:start}.start p{margin:.2rem 0}
aside{position:sticky;top:1rem;min-width:0}
.route{margin:.1rem 0 .8rem;font-size:.95rem}.route code{overflow-wrap:anywhere}
.method{display:inline-block;min-width:3.1rem;text-align:center;font:700 .64rem/1.7 var(--sans);text-transform:uppercase;letter-spacing:.04em;border-radius:4px;color:#fff;background:#3c6a51}.method.post{background:#2d5a89}.method.delete{background:#96402f}.method.patch{background:#7a6420}
code,pre{font-family:var(--mono);font-size:.86em}figure{margin:0 0 1rem;border-radius:9px;overflow:hidden;background:var(--code);color:var(--code-ink)}figcaption{padding:.45rem .9rem;font-size:.75rem;color:var(--code-soft);border-bottom:1px solid #ffffff1c}pre{margin:0;padding:.8rem .9rem;overflow:auto;max-height:30rem;line-height:1.5;font-size:.8rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}td{border-top:1px solid var(--line);padding:.5rem .8rem .5rem 0;vertical-align:top}.fields td:first-child{width:40%;overflow-wrap:anywhere}.codes{width:auto}
.must{display:block;font:500 .72rem var(--sans);color:var(--accent)}.type{color:var(--soft);font-size:.85rem}.limits{font-size:.86rem}.limits code{background:var(--line);border-radius:4px;padding:0 .3em;line-height:1.7}.of{margin:.2rem 0}
details{border:1px solid var(--line);border-radius:7px;margin:.45rem 0;background:var(--card)}summary{cursor:pointer;padding:.4rem .8rem;font-size:.92rem}details>table,details>details,details>p{margin:0 .8rem .7rem;width:calc(100% - 1.6rem)}
.refusals{font-size:.88rem;color:var(--soft);margin:1.2rem 0 0}.refusals a{text-decoration:none}
.index{grid-column:1/-1;margin:0 auto;padding-top:4rem;width:100%}.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:1rem}.card{display:block;padding:1.3rem 1.4rem;border:1px solid var(--line);border-radius:11px;background:var(--card);color:inherit;text-decoration:none}.card:hover{border-color:var(--accent)}.card p{color:var(--soft);font-size:.93rem;margin:.3rem 0}.card .count{font-size:.82rem}
@media(max-width:1100px){.endpoint,.start{grid-template-columns:minmax(0,1fr);gap:1rem}aside{position:static}}
@media(max-width:760px){body{display:block}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line)}h1{font-size:2rem}}
@media print{nav{display:none}body{display:block}pre{max-height:none;white-space:pre-wrap}details{border:0}}
`;
