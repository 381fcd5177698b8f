#include "report_html_parts.hpp"

namespace sandoq::tool::report_parts {

// Bars are borders, because paper and forced colours drop backgrounds. Logical properties
// (inline-start, ...) serve both directions.
std::string_view style() noexcept {
  return R"css(
:root { --ink:#1b2330; --quiet:#586274; --paper:#ffffff; --sheet:#f3f5f8; --line:#d8dde5;
  --elected:#0b7261; --alternate:#a65a00; --tied:#7a3bb8; --runoff:#1d5fb4; --none:#7d899b; --blank:#b3bcc9;
  --good:#0b6b45; --good-sheet:#e6f4ec; --bad:#b3261e; --bad-sheet:#fcebea; --warn:#7a4d00;
  --warn-sheet:#fff4dc; }
* { box-sizing:border-box; }
html { -webkit-text-size-adjust:100%; }
body { margin:0; background:var(--sheet); color:var(--ink); line-height:1.6;
  font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif; }
main { max-width:60rem; margin:0 auto 3rem; padding:1.5rem clamp(1rem,4vw,3rem) 2rem;
  background:var(--paper); border-radius:.75rem; box-shadow:0 1px 4px rgb(20 30 50 / .12); }
main.fa { line-height:1.9; font-family:Vazirmatn,Vazir,IRANSansX,IRANSans,Sahel,Samim,
  "Noto Sans Arabic","Noto Naskh Arabic","Segoe UI",Tahoma,Roya,sans-serif; }
#in-fa:checked ~ main.en, #in-en:checked ~ main.fa { display:none; }
input[name=language] { position:absolute; opacity:0; }
.switch { display:flex; justify-content:center; gap:.5rem; padding:1rem; }
.switch label { padding:.25rem 1.1rem; border:1px solid var(--line); border-radius:2rem;
  background:var(--paper); color:var(--quiet); cursor:pointer; }
.switch label[lang=fa] { font-family:Vazirmatn,Vazir,"Noto Sans Arabic",Tahoma,sans-serif; }
#in-fa:checked ~ .switch label[lang=fa], #in-en:checked ~ .switch label[lang=en] {
  background:var(--ink); border-color:var(--ink); color:var(--paper); }
#in-fa:focus-visible ~ .switch label[lang=fa], #in-en:focus-visible ~ .switch label[lang=en] {
  outline:3px solid var(--tied); outline-offset:2px; }
h1 { font-size:clamp(1.5rem,4.5vw,2.2rem); line-height:1.35; margin:.1rem 0 1rem;
  overflow-wrap:anywhere; }
h2 { font-size:1.3rem; margin:2.5rem 0 .5rem; padding-block-end:.3rem;
  border-block-end:2px solid var(--line); break-after:avoid; }
h3 { font-size:1.1rem; margin:0; display:inline; overflow-wrap:anywhere; }
h3.group { display:block; font-size:1.15rem; margin:2rem 0 .6rem; scroll-margin-top:1rem; }
h3 code { color:var(--quiet); font-weight:400; }
p { margin:.5rem 0; }
a { color:var(--elected); }
bdi, th, td, dd, li { overflow-wrap:anywhere; }
/* Towers of combining marks stay in their line. */
h1, summary, caption, .name, dd, li, td, .tie-note { overflow:clip; overflow-clip-margin:.3em; }
code { font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
  font-size:.85em; overflow-wrap:anywhere; }
.kind { color:var(--quiet); margin:1rem 0 0; }
.note, .quiet { color:var(--quiet); font-size:.92em; font-weight:400; }
.drill { display:flex; flex-wrap:wrap; align-items:baseline; gap:.2rem 1.2rem; margin:0 0 1rem;
  padding:.6rem 1.2rem; border:.3rem solid var(--bad); border-radius:.5rem; color:var(--bad); }
.drill strong { font-size:clamp(2.4rem,9vw,4rem); line-height:1.3; }
.en .drill strong { letter-spacing:.08em; text-transform:uppercase; }
.drill span { flex:1 1 14rem; font-weight:600; }
.verdict { padding:.8rem 1.2rem; border-radius:.5rem; border-inline-start:.5rem solid; }
.verdict .word { font-size:1.4rem; font-weight:700; margin:0; }
.verdict p { margin:.2rem 0; }
.accepted { background:var(--good-sheet); border-color:var(--good); }
.accepted .word { color:var(--good); }
.accepted .word::before { content:"\2713\a0"; }
.rejected { background:var(--bad-sheet); border-color:var(--bad); }
.rejected .word { color:var(--bad); }
.rejected .word::before { content:"\2717\a0"; }
.pin.warn { background:var(--warn-sheet); color:var(--warn); padding:.3rem .8rem; margin-top:.6rem;
  border-radius:.4rem; border:1px solid; }
dl { margin:1rem 0; }
dt { color:var(--quiet); font-size:.88em; }
dd { margin:0; font-weight:600; }
dl.head { display:grid; grid-template-columns:repeat(auto-fit,minmax(13rem,1fr)); gap:.7rem 1.5rem; }
dl.head code { font-weight:400; }
dl.head .wide { grid-column:1 / -1; }
.wide code, footer code, .keys code { display:inline-block; text-align:left; }
dl.facts { display:flex; flex-wrap:wrap; gap:.4rem 2rem; margin:.8rem 0; }
details.contest, details.subtotal { margin:.8rem 0; border:1px solid var(--line); border-radius:.5rem;
  padding:0 1rem; }
details.contest[open], details.subtotal[open] { padding-block-end:.8rem; }
summary { padding:.6rem 0; cursor:pointer; break-after:avoid; }
.winners { display:block; color:var(--quiet); font-size:.92em; padding-inline-start:1.1rem; }
details.contest[open] .winners { display:none; }
.tie-note { padding:.4rem .9rem; border-inline-start:.3rem solid var(--tied); }
.index ul { columns:14rem; padding-inline-start:1.2rem; }
table { width:100%; border-collapse:collapse; margin:.5rem 0 1rem; }
caption { text-align:start; font-weight:600; padding:.4rem 0; }
.counts caption, .places caption, .checks caption, .notes caption { position:absolute; width:1px;
  height:1px; overflow:hidden; clip-path:inset(50%); white-space:nowrap; }
th, td { text-align:start; vertical-align:top; padding:.4rem .5rem;
  border-block-end:1px solid var(--line); font-weight:400; }
tr { break-inside:avoid; }
thead th { color:var(--quiet); font-size:.88em; white-space:nowrap; vertical-align:bottom; }
.counts td:nth-of-type(3) { min-width:6.5rem; }
.counts td, .places td { white-space:nowrap; width:1%; font-variant-numeric:tabular-nums; }
.counts td:nth-of-type(-n+2), .counts thead th:nth-child(2), .counts thead th:nth-child(3),
.places td:nth-of-type(1), .places td:nth-of-type(3), .places thead th:nth-child(2),
.places thead th:nth-child(4) { text-align:end; }
.line { display:flex; align-items:center; gap:.2rem 1rem; }
.name { flex:0 0 45%; min-width:0; padding-inline-start:calc(var(--depth,0) * 1.1rem); }
.name code { color:var(--quiet); }
.bar { flex:1 1 auto; min-width:0; }
.bar i { display:block; height:0; border-block-start:.8rem solid; border-radius:.15rem;
  color:var(--none); }
tr.elected i { color:var(--elected); }
tr.alternate i { color:var(--alternate); }
tr.tied i { color:var(--tied); }
tr.runoff i { color:var(--runoff); }
tr.blank i { color:var(--blank); }
tr.elected th, tr.elected td:first-of-type { font-weight:700; }
tr.blank th { color:var(--quiet); font-style:italic; }
.fa tr.blank th { font-style:normal; }
td b { display:inline-block; padding:0 .7em; border:1px solid; border-radius:1rem; font-size:.85em;
  font-weight:600; white-space:nowrap; }
b.elected { color:var(--elected); }
b.alternate { color:var(--alternate); }
b.tied { color:var(--tied); }
b.runoff { color:var(--runoff); }
b.pass { color:var(--good); }
b.fail { color:var(--paper); background:var(--bad); border-color:var(--bad); }
b.not-run { color:var(--quiet); }
.checks td { width:1%; white-space:nowrap; }
.checks td:last-child, .failed li > code { color:var(--quiet); }
.notes th[scope=row] { font-weight:600; width:22%; }
.notes td code { color:var(--quiet); }
.why { margin:.3rem 0; font-size:.92em; color:var(--bad); }
.failed li { margin-block-end:.6rem; }
.allocation ol { padding-inline-start:2rem; }
.fa .allocation ol { list-style-type:persian; }
.written td { width:1%; white-space:nowrap; text-align:end; font-variant-numeric:tabular-nums; }
.written thead th:last-child { text-align:end; }
.steps { width:auto; }
.steps td { text-align:end; white-space:nowrap; font-variant-numeric:tabular-nums; }
.keys td { width:1%; white-space:nowrap; }
.keys code { font-size:.8em; }
footer { margin-top:2rem; font-size:.95em; }
@media (max-width:40rem) {
  body { background:var(--paper); }
  main { box-shadow:none; border-radius:0; margin-bottom:0; padding-top:.5rem; }
  details.contest, details.subtotal { border:0; border-block-start:2px solid var(--line); border-radius:0; padding:0; }
  .line, .name { display:block; }
  .bar { display:block; margin-top:.2rem; }
  .bar i { border-block-start-width:.55rem; }
  th, td { padding-inline:.25rem; }
  .checks td:last-child, .checks th:last-child:not([scope=row]) { display:none; }
  .places td:nth-of-type(n+2), .places thead th:nth-child(n+3) { display:none; }
  .keys tr, .keys th, .keys td { display:block; width:auto; white-space:normal; border:0;
    padding-block:.1rem; }
  .keys thead { display:none; }
}
@media screen and (prefers-color-scheme:dark) {
  :root { --ink:#e7ebf1; --quiet:#a3aec0; --paper:#171c24; --sheet:#0d1117; --line:#364050;
    --elected:#3fc1a7; --alternate:#e8a04c; --tied:#c39af0; --runoff:#7fb2f5; --none:#8190a6; --blank:#566275;
    --good:#58cf98; --good-sheet:#12271d; --bad:#ff9b93; --bad-sheet:#331816; --warn:#f1c36b;
    --warn-sheet:#2e2410; }
}
@media print {
  @page { size:A4; margin:16mm 14mm; }
  html { font-size:10pt; }
  body { background:none; }
  main { max-width:none; margin:0; padding:0; box-shadow:none; border-radius:0; }
  .switch, input[name=language], .screen { display:none; }
  * { print-color-adjust:exact; -webkit-print-color-adjust:exact; }
  main.en { line-height:1.4; }
  main.fa { line-height:1.6; }
  th, td { padding-block:.2rem; }
  h2 { margin-top:1.4rem; }
  details.contest, details.subtotal, .keys { break-inside:avoid; }
}
)css";
}

}  // namespace sandoq::tool::report_parts
