// Built from page/src by `make page`: change it there.
"use strict";
(() => {
  // ../kpr_validator/report/report.css
  var report_default = ':root {\n  --page: #ffffff; --soft: #f4f6f8; --ink: #1c2329; --muted: #505c66; --line: #d5dbe1; --link: #0a4d8c; --open: #87939d;\n  --fatal: #8a1020; --fatal-soft: #fbe9ea; --error: #a3260f; --error-soft: #fdeee9;\n  --warning: #7a4b00; --warning-soft: #fdf3dc; --info: #1d4f73; --info-soft: #e9f2f8;\n  --good: #1b5e2f; --good-soft: #e8f4eb; --doubt: #5a3575; --doubt-soft: #f2ecf7;\n}\n@media screen and (prefers-color-scheme: dark) {\n  :root {\n    --page: #14191e; --soft: #1d242b; --ink: #e4e9ed; --muted: #a7b3bd; --line: #36414b; --link: #8cc4f5; --open: #6f7d89;\n    --fatal: #ff9aa5; --fatal-soft: #3a1a1f; --error: #ffa48f; --error-soft: #38201a;\n    --warning: #f0c36c; --warning-soft: #332a16; --info: #93c9ec; --info-soft: #182b38;\n    --good: #8fd3a2; --good-soft: #182d1f; --doubt: #d0b0ec; --doubt-soft: #2a2033;\n  }\n}\n* { box-sizing: border-box; }\nhtml { color-scheme: light dark; background: var(--page); }\nbody {\n  margin: 0 auto; padding: 0 1.25rem 3rem; max-width: 68rem; color: var(--ink);\n  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif;\n  overflow-wrap: break-word;\n}\nh1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }\nh1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 1.25rem; }\nh1 span { display: block; font-size: 1.1rem; font-weight: 400; color: var(--muted); }\nh2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); }\nh3 { font-size: 1.08rem; margin: 0 0 .5rem; }\nh4 { font-size: 1rem; margin: 1rem 0 .25rem; }\np { margin: .4rem 0; max-width: 46rem; }\na { color: var(--link); }\na:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }\ncode { font: .9em ui-monospace, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }\n.muted, .brand { color: var(--muted); }\n.brand { margin: 1.5rem 0 0; font-size: .9rem; letter-spacing: .03em; }\n.mark { display: inline-block; margin: .5rem 0 .75rem; padding: .2rem .7rem; border: 2px solid var(--fatal); border-radius: .3rem; color: var(--fatal); font-weight: 600; }\n.mark.shareable { border-color: var(--good); color: var(--good); }\n.of { margin: -1rem 0 1.25rem; color: var(--muted); overflow-wrap: anywhere; }\n.skip { position: absolute; left: -99rem; }\n.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--page); }\n\n.verdict { padding: 1.1rem 1.4rem; border-left: .45rem solid; border-radius: .3rem; }\n.verdict p { color: var(--ink); }\n.verdict .word { margin: 0; font-size: 1.65rem; font-weight: 700; color: inherit; line-height: 1.3; }\n.verdict .symbol { display: inline-block; min-width: 1.2em; }\n.verdict .sentence { font-size: 1.12rem; }\n.verdict.accepted { color: var(--good); background: var(--good-soft); }\n.verdict.accepted_with_findings { color: var(--warning); background: var(--warning-soft); }\n.verdict.rejected { color: var(--fatal); background: var(--fatal-soft); }\n.verdict.undecided { color: var(--doubt); background: var(--doubt-soft); }\n.failed { margin-top: 1.25rem; padding: .25rem 1.4rem 1rem; border: 2px solid var(--doubt); border-radius: .3rem; }\n.failed h2 { margin-top: .75rem; border: 0; color: var(--doubt); }\n\n.counts { display: grid; grid-template-columns: repeat(4, 1fr); gap: .75rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }\n.counts li { padding: .7rem 1rem; border: 1px solid var(--line); border-radius: .3rem; }\n.counts strong { font-size: 1.5rem; margin-right: .25rem; font-variant-numeric: tabular-nums; }\n.counts .muted { display: block; font-size: .87rem; }\n.counts .fatal strong { color: var(--fatal); }\n.counts .error strong { color: var(--error); }\n.counts .warning strong { color: var(--warning); }\n.counts .info strong { color: var(--info); }\n.counts .zero strong { color: var(--muted); font-weight: 400; }\n\n.facts { margin: .5rem 0; }\n.facts > div { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 0 1rem; padding: .18rem 0; }\n.facts dt { color: var(--muted); }\n.facts dd { margin: 0; overflow-wrap: anywhere; }\n.facts dd p { margin: 0 0 .4rem; }\n.contents { margin: 1.75rem 0 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .3rem; }\n.contents ul { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: 0; padding: 0; list-style: none; }\n.contents li { max-width: 100%; overflow-wrap: anywhere; }\n.contents .themes { flex-basis: 100%; }\n.contents .themes ul { margin-top: .2rem; padding-left: 1rem; }\n.remark, .advice { padding: .5rem .9rem; background: var(--soft); border-radius: .3rem; max-width: none; }\n.effects { padding-left: 1.2rem; }\n\n.badge { display: inline-block; padding: .05rem .5rem; border-radius: .25rem; font-size: .85rem; font-weight: 600; white-space: nowrap; }\n.badge.fatal { color: var(--fatal); background: var(--fatal-soft); }\n.badge.error { color: var(--error); background: var(--error-soft); }\n.badge.warning { color: var(--warning); background: var(--warning-soft); }\n.badge.info { color: var(--info); background: var(--info-soft); }\n\n.result { margin: 1.25rem 0 2rem; padding: 1rem 1.25rem 1.1rem; border: 1px solid var(--line); border-left-width: .3rem; border-radius: .3rem; }\n.result.fatal { border-left-color: var(--fatal); }\n.result.error { border-left-color: var(--error); }\n.result.warning { border-left-color: var(--warning); }\n.result.info { border-left-color: var(--info); }\n.result .id { color: var(--muted); font-weight: 400; margin: 0 .2rem; }\n.result .facts { font-size: .94rem; margin-top: .8rem; }\n.tally { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .7rem; }\n.bar { width: 9rem; height: .35rem; align-self: center; }\n.bar .all { fill: var(--line); }\n.bar .part { fill: var(--muted); }\n.fields { columns: 18rem; padding-left: 1.2rem; margin: .25rem 0; }\n\nsection section { margin-top: 2rem; }\n.indicator { margin: 1.5rem 0 2.25rem; }\n.bars { display: block; width: 26rem; max-width: 100%; height: auto; margin: .6rem 0; }\n.bars text { font-size: 12.5px; fill: var(--ink); }\n.bars .all { fill: var(--soft); stroke: var(--line); }\n.bars .part { fill: var(--link); }\n.bars .open { fill: var(--open); }\n.bars-told { display: none; }\n.persons dt { color: var(--muted); margin-top: .4rem; }\n.persons dd { margin: 0; max-width: 46rem; }\n.kpr { color: var(--muted); white-space: nowrap; }\ntbody th { color: var(--ink); font-weight: 400; border-bottom-color: var(--line); }\n.tabell, .parts { width: auto; min-width: min(100%, 46rem); }\n.tabell :is(th, td) { padding-right: 1.5rem; }\n.tabell td { overflow-wrap: break-word; }\n.tabell th[scope=row] { min-width: 6rem; }\n.tabell > caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }\n\n.wide { position: relative; overflow-x: auto; margin-top: .8rem; }\n.wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }\ntable { width: 100%; border-collapse: separate; border-spacing: 0; font-size: .92rem; font-variant-numeric: tabular-nums; }\ncaption { text-align: left; color: var(--muted); padding-bottom: .35rem; }\nth, td { padding: .32rem .7rem .32rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }\nth { color: var(--muted); font-weight: 600; border-bottom-color: var(--muted); overflow-wrap: normal; }\ntd.line, td.rule, td.count, td.share { white-space: nowrap; }\ntd.person, td.record { min-width: 5rem; }\ntd.field { min-width: 8.5rem; }\ntd.observed { min-width: 6.5rem; white-space: pre-wrap; }\ntd.title { overflow-wrap: break-word; }\ntd.message { min-width: 16rem; overflow-wrap: break-word; }\ndetails { margin-top: .7rem; }\nsummary { cursor: pointer; color: var(--link); padding: .2rem 0; }\nfooter { font-size: .94rem; color: var(--ink); }\nfooter h3 { margin-top: 1rem; }\n\n@media screen and (max-width: 40rem) {\n  body { padding: 0 .8rem 2rem; }\n  .result { padding: .8rem .8rem .9rem; }\n  .facts > div { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); padding: .3rem 0; }\n  .result .facts > div { grid-template-columns: 1fr; }\n  .counts { grid-template-columns: 1fr 1fr; }\n  h1, h2, h3, .word { hyphens: auto; }\n  .tabell { font-size: .88rem; }\n  .tabell :is(th, td) { padding-right: .5rem; }\n  section > .wide > .tabell td { white-space: nowrap; }\n  .tabell .kpr { display: block; }\n  [role=table]:not(.parts) {\n    &, caption, tbody, tr, td { display: block; }\n    thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }\n    tr { padding: .45rem 0; border-bottom: 1px solid var(--line); }\n    td { display: flow-root; padding: .08rem 0 .08rem 8.5rem; border: 0; }\n    td:empty { display: none; }\n    td::before { content: attr(data-label); float: left; width: 8rem; margin-left: -8.5rem; color: var(--muted); }\n    td[class] { min-width: 0; }\n    &.ranked tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem .7rem; }\n    &.ranked td { display: block; padding: 0; }\n    &.ranked td.title { order: 1; flex-basis: 100%; }\n    &.ranked td::before { content: none; }\n    &.ranked :is(.own, .following, .share) { order: 2; }\n    &.ranked :is(.own, .following, .share)::before { content: attr(data-label) ": "; float: none; margin: 0; }\n  }\n}\n@media screen and (min-width: 22rem) and (max-width: 40rem) {\n  .tabell th[scope=row] { position: sticky; left: 0; max-width: 10rem; background: var(--page) padding-box; }\n}\n@media screen and (max-width: 22rem) {\n  .bars { display: none; }\n  .bars-told { display: block; }\n  .verdict { padding: .8rem; }\n  .counts, .facts > div { grid-template-columns: minmax(0, 1fr); }\n  [role=table]:not(.parts, .ranked) td { padding-left: 0; }\n  [role=table]:not(.parts, .ranked) td::before { float: none; display: block; width: auto; margin: 0; }\n  .parts { display: block; }\n  .parts thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }\n  .parts :is(caption, tbody) { display: block; }\n  .parts tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .3rem 0; border-bottom: 1px solid var(--line); }\n  .parts td { border: 0; padding: 0; }\n  .parts td:first-child { flex-basis: 100%; }\n  .parts td:not(:first-child)::before { content: attr(data-label) ": "; color: var(--muted); }\n}\n@media screen {\n  .result, .indicator, section section { content-visibility: auto; contain-intrinsic-size: auto 30rem; }\n}\n@media print {\n  :root { --soft: #ffffff; }\n  html { font-size: 9.5pt; }\n  body { max-width: none; padding: 0; }\n  .skip, .contents { display: none; }\n  .wide { overflow: visible; }\n  h2, h3, h4, summary, dt, caption, .tally, .message, .indicator > p:first-of-type { break-after: avoid; }\n  tr, .verdict, .counts li, .bars, .indicator { break-inside: avoid; }\n  .bars, tbody tr:first-child { break-before: avoid; }\n  p { orphans: 3; widows: 3; }\n  thead { display: table-header-group; }\n  th, td { padding-top: .2rem; padding-bottom: .2rem; }\n  a { color: inherit; text-decoration: none; }\n  details:not(.persons)::details-content { content-visibility: visible; block-size: auto; }\n  .persons:not([open]) { display: none; }\n  * { print-color-adjust: exact; }\n}\n@page {\n  size: A4; margin: 16mm 15mm 18mm; font: 8pt sans-serif; color: #505c66;\n  @bottom-left { font: 8pt sans-serif; color: #505c66; }\n  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #505c66; }\n}\n';

  // src/dom.ts
  var report = new CSSStyleSheet();
  function paint(scheme) {
    const when = { dark: "(min-width: 0)", light: "(max-width: 0)" }[scheme];
    report.replaceSync(
      report_default.replaceAll(/(:root|\bhtml|\bbody)(?=\s*[{,])/g, ":host").replaceAll("(prefers-color-scheme: dark)", when ?? "(prefers-color-scheme: dark)")
    );
  }
  function h(tag, props = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (typeof value === "function") element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== null && value !== void 0 && value !== false)
        element.setAttribute(name, String(value));
    }
    element.append(...children.filter((child) => Boolean(child)));
    return element;
  }
  function byId(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`#${id} is missing`);
    return found;
  }
  function show(host, html, language) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    parsed.querySelectorAll("script").forEach((script) => script.remove());
    root.adoptedStyleSheets = [report];
    const body = h("div", { lang: language });
    body.append(...parsed.body.childNodes);
    root.replaceChildren(body);
    root.querySelectorAll('a[href^="#"]').forEach(
      (link) => link.addEventListener("click", (event) => {
        event.preventDefault();
        const target = root.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (!target) return;
        for (let up = target; up; up = up.parentElement)
          if (up instanceof HTMLDetailsElement) up.open = true;
        target.setAttribute("tabindex", "-1");
        target.focus();
        target.scrollIntoView();
      })
    );
  }
  function save(blob, name) {
    const link = h("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
  }

  // src/engine.ts
  var EngineError = class extends Error {
  };
  var Cancelled = class extends Error {
  };

  // src/findings.ts
  var ROWS = 50;
  var WAIT_FOR_TYPING = 200;
  var COLUMNS = [
    ["severity", "severity"],
    ["rule", "rule"],
    ["line", "line"],
    ["person", "person"],
    ["unit", "unit"],
    ["field", "field"],
    ["message", "message"]
  ];
  var SORTED_BY = /* @__PURE__ */ new Set(["severity", "rule", "line", "person", "unit"]);
  var MARKS = { fatal: "✕", error: "●", warning: "▲", info: "○" };
  var COLOURS = { fatal: "danger", error: "danger", warning: "warning", info: "info" };
  var ALL = { sort: "severity", descending: false, offset: 0, limit: ROWS };
  var Findings = class {
    constructor(engine2, host, said, language) {
      this.engine = engine2;
      this.host = host;
      this.said = said;
      this.language = language;
    }
    engine;
    host;
    said;
    language;
    query = { ...ALL };
    left = { ...ALL };
    // what was shown before one person's findings
    asked = 0;
    typing = 0;
    /** Forget what was chosen among the findings of another run. */
    reset() {
      this.query = { ...ALL };
    }
    /** Draw what is chosen, in the language that is chosen. */
    async open() {
      const facets = await this.engine.facets(this.language());
      this.host.replaceChildren(
        h("p", { class: "ds-paragraph" }, this.said()("findingsHelp")),
        ...this.query.person ? [] : [this.filters(facets)],
        h("div", { id: "findings-person" }),
        h("p", { id: "findings-count", class: "ds-paragraph", role: "status", tabindex: -1 }),
        h(
          "div",
          { class: "wide", tabindex: 0, role: "region", "aria-labelledby": "findings-count" },
          h("table", { class: "ds-table", "data-size": "sm", id: "findings-table" }, h("thead"), h("tbody"))
        ),
        h("nav", { class: "pages", id: "findings-pages" })
      );
      await this.draw();
    }
    filters(facets) {
      const w = this.said();
      const choice = (name, label) => h(
        "div",
        { class: "ds-field" },
        h("label", { class: "ds-label", for: `filter-${name}` }, label),
        h(
          "select",
          {
            id: `filter-${name}`,
            class: "ds-input",
            onchange: (event) => this.set(name, event.target.value)
          },
          h("option", { value: "" }, w("all")),
          ...facets[name].map((one) => h(
            "option",
            { value: one.id, selected: this.query[name] === one.id },
            `${one.name} (${one.n.toLocaleString(this.language())})`
          ))
        )
      );
      const text = h("input", {
        id: "filter-text",
        class: "ds-input",
        type: "search",
        value: this.query.text ?? "",
        oninput: (event) => {
          clearTimeout(this.typing);
          const value = event.target.value;
          this.typing = window.setTimeout(() => this.set("text", value), WAIT_FOR_TYPING);
        }
      });
      return h(
        "form",
        { class: "filters", "aria-label": w("filter"), onsubmit: (event) => event.preventDefault() },
        choice("severity", w("severity")),
        choice("theme", w("themeFilter")),
        facets.unit.length ? choice("unit", w("unit")) : null,
        h("div", { class: "ds-field" }, h("label", { class: "ds-label", for: "filter-text" }, w("text")), text)
      );
    }
    /** Show all findings of one person, whatever is chosen else, or go back from them. */
    async person(person) {
      if (person !== null) this.left = this.query;
      this.query = person === null ? this.left : { ...ALL, sort: "line", person };
      await this.open();
      byId(person === null ? "findings-count" : "person-heading").focus();
    }
    set(name, value) {
      if (value) this.query[name] = value;
      else delete this.query[name];
      this.query.offset = 0;
      void this.draw();
    }
    async draw() {
      const number = ++this.asked;
      const page = await this.engine.findings(this.query, this.language());
      if (number !== this.asked) return;
      const w = this.said();
      const { offset } = this.query;
      byId("findings-count").textContent = page.total ? w("shown", {
        from: (offset + 1).toLocaleString(this.language()),
        to: (offset + page.rows.length).toLocaleString(this.language()),
        total: page.total.toLocaleString(this.language())
      }) : w("none");
      const table = byId("findings-table");
      table.querySelector("thead")?.replaceChildren(this.heads());
      table.querySelector("tbody")?.replaceChildren(...page.rows.map((row) => this.row(row)));
      byId("findings-pages").replaceChildren(...this.pages(page.total));
      byId("findings-person").replaceChildren(...this.personHead());
    }
    personHead() {
      const { person } = this.query;
      if (!person) return [];
      const w = this.said();
      return [
        h(
          "h3",
          { class: "ds-heading", "data-size": "xs", id: "person-heading", tabindex: -1 },
          w("personHeading", { person })
        ),
        h(
          "button",
          { class: "ds-button", "data-variant": "secondary", type: "button", onclick: () => void this.person(null) },
          w("allPersons")
        )
      ];
    }
    heads() {
      const w = this.said();
      return h("tr", {}, ...COLUMNS.map(([name, label]) => {
        if (!SORTED_BY.has(name)) return h("th", { scope: "col" }, w(label));
        const sorted = this.query.sort === name;
        const order = !sorted ? null : this.query.descending ? "descending" : "ascending";
        return h(
          "th",
          { scope: "col", "aria-sort": order },
          h("button", {
            type: "button",
            title: w("sortBy", { name: w(label) }),
            onclick: () => {
              this.query = { ...this.query, sort: name, descending: sorted && !this.query.descending, offset: 0 };
              void this.draw();
            }
          }, w(label))
        );
      }));
    }
    row(row) {
      const w = this.said();
      const cells = {
        severity: h(
          "span",
          { class: "ds-tag severity", "data-color": COLOURS[row.severity] },
          h("span", { "aria-hidden": "true" }, MARKS[row.severity]),
          w.of(`severity.${row.severity}`)
        ),
        rule: h("button", { class: "linklike", type: "button", onclick: () => void this.rule(row) }, row.rule),
        line: row.line.toLocaleString(this.language()),
        person: row.person === null ? "" : h("button", {
          class: "linklike",
          type: "button",
          onclick: () => void this.person(row.person)
        }, row.person),
        unit: row.unit ?? "",
        field: row.told.field,
        message: row.follows ? h("span", {}, row.told.message, " ", h("em", {}, w("follows", row.follows))) : row.told.message
      };
      return h("tr", {}, ...COLUMNS.map(([name, label]) => h("td", { "data-label": w(label), class: name }, cells[name] ?? "")));
    }
    pages(total) {
      const w = this.said();
      const { offset } = this.query;
      byId("findings-pages").setAttribute("aria-label", w("pages"));
      if (total <= ROWS) return [];
      const turn = (to, label, possible) => h("button", {
        class: "ds-button",
        "data-variant": "secondary",
        type: "button",
        disabled: !possible,
        onclick: () => {
          this.query.offset = to;
          void this.draw();
        }
      }, label);
      return [
        turn(Math.max(0, offset - ROWS), w("previous"), offset > 0),
        turn(offset + ROWS, w("next"), offset + ROWS < total)
      ];
    }
    /** Show the page of the rule behind a finding. */
    async rule(row) {
      const w = this.said();
      const page = await this.engine.rule(row.rule, this.language());
      const dialog = h(
        "dialog",
        { class: "ds-dialog", "aria-labelledby": "rule-title", closedby: "any" },
        h("h2", { class: "ds-heading", "data-size": "sm", id: "rule-title", tabindex: -1, autofocus: true }, `${page.id} ${page.title}`),
        h("p", { class: "ds-paragraph" }, row.told.message),
        h("h3", { class: "ds-heading", "data-size": "2xs" }, w("fix")),
        h("p", { class: "ds-paragraph" }, row.told.fix),
        page.why.length ? h("h3", { class: "ds-heading", "data-size": "2xs" }, w("why")) : null,
        ...page.why.map((text) => h("p", { class: "ds-paragraph", lang: "nb" }, text)),
        page.sources.length ? h("h3", { class: "ds-heading", "data-size": "2xs" }, w("sources")) : null,
        page.sources.length ? h("ul", { lang: "nb" }, ...page.sources.map((source) => h("li", {}, source))) : null,
        h("button", { class: "ds-button", type: "button", onclick: () => dialog.close() }, w("close"))
      );
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
    }
  };

  // src/asking.ts
  var Asking = class {
    words(language) {
      return this.call("words", { language });
    }
    files(language) {
      return this.call("files", { language });
    }
    remove(id, language) {
      return this.call("remove", { id, language });
    }
    setRole(id, role, language) {
      return this.call("set_role", { id, role, language });
    }
    summary(language) {
      return this.call("summary", { language });
    }
    report(language) {
      return this.call("report_html", { language });
    }
    facets(language) {
      return this.call("facets", { language });
    }
    findings(query, language) {
      return this.call("findings", { query, language });
    }
    rule(id, language) {
      return this.call("rule", { id, language });
    }
    async compare(id, language) {
      return (await this.call("compare", { id, language })).html;
    }
    downloads(language) {
      return this.call("downloads", { language });
    }
  };

  // src/server.ts
  var LOOK_EVERY = 250;
  var LIVES_EVERY = 6e4;
  var Server = class extends Asking {
    place = "server";
    token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
    desk = "";
    largest = Infinity;
    async ask(path, init = {}) {
      const headers = { "X-Kpr-Token": this.token, "X-Kpr-Desk": this.desk, ...init.headers };
      const answer = await fetch(path, { ...init, headers });
      if (answer.ok) return answer;
      const told = await answer.json().catch(() => ({}));
      if (told.cancelled) throw new Cancelled();
      throw new EngineError(told.error ?? `HTTP ${answer.status}`);
    }
    async call(method, named) {
      const answer = await this.ask(`/api/${method}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(named)
      });
      return await answer.json();
    }
    async ready() {
      const opened = await this.call("open", {});
      this.desk = opened.desk;
      this.largest = opened.largest;
      setInterval(() => void this.call("progress", {}).catch(() => void 0), LIVES_EVERY);
      return opened.about;
    }
    async add(file, language) {
      if (file.size > this.largest) {
        const words2 = await this.call("words", { language });
        throw new EngineError(words2["web.error.large"]);
      }
      const path = `/api/files?name=${encodeURIComponent(file.name)}&language=${language}`;
      return await (await this.ask(path, { method: "PUT", body: file })).json();
    }
    async run(language, tell) {
      const look = setInterval(
        () => void this.call("progress", {}).then((told) => told && tell(told), () => void 0),
        LOOK_EVERY
      );
      try {
        return await this.call("run", { language });
      } finally {
        clearInterval(look);
      }
    }
    async cancel() {
      await this.call("cancel", {});
    }
    async download(name, language) {
      return (await this.ask(`/api/download/${encodeURIComponent(name)}?language=${language}`)).blob();
    }
    leave() {
      const body = new Blob([JSON.stringify({ desk: this.desk, token: this.token })], { type: "application/json" });
      navigator.sendBeacon("/api/leave", body);
    }
  };

  // src/texts.ts
  var nb = {
    title: "Kontroller IPLOS-filen før den sendes til KPR",
    lead: "Legg inn årets fil. Du får vite hva som er feil, hva KPR gjør med det, og hva som skal rettes i fagsystemet.",
    skip: "Hopp til innholdet",
    language: "Språk",
    theme: "Mørke farger",
    loading: "Gjør klar …",
    loadFailed: "Kontrollen kunne ikke startes her.",
    privacyServer: "Filene blir på denne maskinen. Siden snakker bare med programmet du startet.",
    privacyBrowser: "Filene blir på denne maskinen. Alt skjer i denne siden, som ikke kan sende noe.",
    privacyHow: "Slik kan du se det selv",
    privacyHowServer: "Slå av nettet og kontroller en fil: alt virker som før. I nettleserens utviklerverktøy, under «Nettverk», går alle kall til 127.0.0.1.",
    privacyHowBrowser: "Slå av nettet og kontroller en fil: alt virker som før. I nettleserens utviklerverktøy, under «Nettverk», er det ingen kall. Sidens innholdsregler nekter den å sende noe.",
    files: "Filer",
    drop: "Slipp filene her",
    choose: "Velg filer",
    dropHelp: "Årets innsending. Gjerne også identmeldingen, fjorårets innsending og en liste over enheter. XML eller zip.",
    name: "Fil",
    recognised: "Gjenkjent som",
    use: "Brukes som",
    remove: "Fjern",
    removeNamed: "Fjern {name}",
    useOf: "Hva {name} brukes som",
    run: "Kontroller",
    cancel: "Avbryt",
    cancelled: "Avbrutt. Ingenting er kontrollert.",
    ready: "Kontrollen er ferdig.",
    noFile: "Legg inn årets innsending, eller velg hvilken fil som er det, under «Brukes som».",
    changed: "Filene er endret. Kontroller på nytt for å få med endringen.",
    answer: "Svar",
    findings: "Funn",
    compare: "Sammenlign",
    downloads: "Last ned",
    filter: "Vis bare",
    themeFilter: "Tema",
    severity: "Alvor",
    unit: "Enhet",
    text: "Søk i teksten",
    all: "alle",
    person: "Person",
    findingsHelp: "Velg en regel for å se hvorfor det er galt og hvordan det rettes, eller en person for å se alt som gjelder personen.",
    allPersons: "Tilbake til utvalget",
    personHeading: "Alle funn for person {person}",
    rule: "Regel",
    line: "Linje",
    field: "Felt",
    message: "Hva er galt",
    sortBy: "Sorter etter {name}",
    shown: "{from}–{to} av {total} funn",
    none: "Ingen funn.",
    previous: "Forrige",
    next: "Neste",
    pages: "Sider",
    follows: "Følger av {rule} på linje {line}.",
    fix: "Slik retter du",
    why: "Hvorfor",
    sources: "Kilder",
    close: "Lukk",
    compareHelp: "Legg inn en tidligere innsending, eller rapporten (JSON) fra en tidligere kontroll, blant filene. Da kan du velge den her.",
    comparing: "Sammenligner med {name} …",
    compared: "Sammenlignet med {name}.",
    reading: "Leser {name} …",
    fetching: "Lager {name} …",
    fetched: "{name} er lastet ned.",
    all_files: "Alle filene samlet",
    page: "Tilbakemeldingen som nettside",
    sheet: "Tilbakemeldingen for utskrift",
    worklist: "Arbeidsliste i Excel",
    table: "Funnene som tabell",
    data: "Rapporten for andre programmer",
    receipt: "Kvittering for kontrollen",
    letter: "Utkast til brev til kommunen",
    internal: "Inneholder opplysninger om enkeltpersoner. Skal ikke deles.",
    shareable: "Kan deles: bare summer, små tall er skjult.",
    version: "Versjon {version}, regelsett {rules}.",
    hash: "Sidens SHA-256: {sha}",
    failed: "Det gikk ikke: {why}"
  };
  var nn = {
    ...nb,
    title: "Kontroller IPLOS-fila før ho blir send til KPR",
    lead: "Legg inn fila for året. Du får vite kva som er feil, kva KPR gjer med det, og kva som skal rettast i fagsystemet.",
    skip: "Hopp til innhaldet",
    theme: "Mørke fargar",
    loading: "Gjer klar …",
    loadFailed: "Kontrollen kunne ikkje startast her.",
    privacyServer: "Filene blir på denne maskina. Sida snakkar berre med programmet du starta.",
    privacyBrowser: "Filene blir på denne maskina. Alt skjer i denne sida, som ikkje kan sende noko.",
    privacyHow: "Slik kan du sjå det sjølv",
    privacyHowServer: "Slå av nettet og kontroller ei fil: alt verkar som før. I utviklarverktøya til nettlesaren, under «Nettverk», går alle kall til 127.0.0.1.",
    privacyHowBrowser: "Slå av nettet og kontroller ei fil: alt verkar som før. I utviklarverktøya til nettlesaren, under «Nettverk», er det ingen kall. Innhaldsreglane til sida nektar henne å sende noko.",
    files: "Filer",
    drop: "Slepp filene her",
    choose: "Vel filer",
    dropHelp: "Innsendinga for året. Gjerne òg identmeldinga, innsendinga frå i fjor og ei liste over einingar. XML eller zip.",
    recognised: "Kjend att som",
    use: "Blir brukt som",
    removeNamed: "Fjern {name}",
    useOf: "Kva {name} blir brukt som",
    cancelled: "Avbrote. Ingenting er kontrollert.",
    cancel: "Avbryt",
    noFile: "Legg inn innsendinga for året, eller vel kva fil som er det, under «Blir brukt som».",
    changed: "Filene er endra. Kontroller på nytt for å få med endringa.",
    compare: "Samanlikn",
    filter: "Vis berre",
    unit: "Eining",
    findingsHelp: "Vel ein regel for å sjå kvifor det er gale og korleis det blir retta, eller ein person for å sjå alt som gjeld personen.",
    allPersons: "Tilbake til utvalet",
    message: "Kva er gale",
    sortBy: "Sorter etter {name}",
    previous: "Førre",
    follows: "Følgjer av {rule} på linje {line}.",
    fix: "Slik rettar du",
    why: "Kvifor",
    sources: "Kjelder",
    close: "Lukk",
    compareHelp: "Legg inn ei tidlegare innsending, eller rapporten (JSON) frå ein tidlegare kontroll, blant filene. Då kan du velje henne her.",
    comparing: "Samanliknar med {name} …",
    compared: "Samanlikna med {name}.",
    reading: "Les {name} …",
    fetching: "Lagar {name} …",
    fetched: "{name} er lasta ned.",
    all_files: "Alle filene samla",
    page: "Tilbakemeldinga som nettside",
    sheet: "Tilbakemeldinga for utskrift",
    table: "Funna som tabell",
    data: "Rapporten for andre program",
    letter: "Utkast til brev til kommunen",
    internal: "Inneheld opplysningar om einskildpersonar. Skal ikkje delast.",
    shareable: "Kan delast: berre summar, små tal er skjulte.",
    hash: "SHA-256 for sida: {sha}",
    failed: "Det gjekk ikkje: {why}"
  };
  var en = {
    title: "Check the IPLOS file before it is sent to KPR",
    lead: "Add this year's file. You are told what is wrong, what KPR does with it, and what to correct in the record system.",
    skip: "Skip to the content",
    language: "Language",
    theme: "Dark colours",
    loading: "Getting ready …",
    loadFailed: "The check could not be started here.",
    privacyServer: "The files stay on this computer. The page talks to the program that you started, and to nothing else.",
    privacyBrowser: "The files stay on this computer. Everything happens in this page, which can't send anything.",
    privacyHow: "How to see it for yourself",
    privacyHowServer: "Turn off the network and check a file: all works as before. In the browser's developer tools, under “Network”, all requests go to 127.0.0.1.",
    privacyHowBrowser: "Turn off the network and check a file: all works as before. In the browser's developer tools, under “Network”, there are no requests. The page's content policy forbids it to send any.",
    files: "Files",
    drop: "Drop the files here",
    choose: "Choose files",
    dropHelp: "This year's submission. The ident message, last year's submission and a list of units help. XML or zip.",
    name: "File",
    recognised: "Recognised as",
    use: "Used as",
    remove: "Remove",
    removeNamed: "Remove {name}",
    useOf: "What {name} is used as",
    run: "Check",
    cancel: "Cancel",
    cancelled: "Cancelled. Nothing has been checked.",
    ready: "The check is done.",
    noFile: "Add this year's submission, or choose which file it is, under “Used as”.",
    changed: "The files have changed. Check again to take the change in.",
    answer: "Answer",
    findings: "Findings",
    compare: "Compare",
    downloads: "Download",
    filter: "Show only",
    themeFilter: "Theme",
    severity: "Severity",
    unit: "Unit",
    text: "Search the text",
    all: "all",
    person: "Person",
    findingsHelp: "Choose a rule to see why it is wrong and how to correct it, or a person to see all that concerns the person.",
    allPersons: "Back to the selection",
    personHeading: "All findings for person {person}",
    rule: "Rule",
    line: "Line",
    field: "Field",
    message: "What is wrong",
    sortBy: "Sort by {name}",
    shown: "{from}–{to} of {total} findings",
    none: "No findings.",
    previous: "Previous",
    next: "Next",
    pages: "Pages",
    follows: "Follows from {rule} on line {line}.",
    fix: "How to correct it",
    why: "Why",
    sources: "Sources",
    close: "Close",
    compareHelp: "Add an earlier submission, or the report (JSON) of an earlier check, to the files. Then you can choose it here.",
    comparing: "Comparing with {name} …",
    compared: "Compared with {name}.",
    reading: "Reading {name} …",
    fetching: "Making {name} …",
    fetched: "{name} has been downloaded.",
    all_files: "All the files in one",
    page: "The feedback as a web page",
    sheet: "The feedback to print",
    worklist: "Work list in Excel",
    table: "The findings as a table",
    data: "The report for other programs",
    receipt: "Receipt for the check",
    letter: "Draft of a letter to the municipality",
    internal: "Holds information about persons. Not to be shared.",
    shareable: "May be shared: totals only, small numbers are hidden.",
    version: "Version {version}, rule set {rules}.",
    hash: "SHA-256 of the page: {sha}",
    failed: "It did not work: {why}"
  };
  var ALL2 = { nb, nn, en };
  function words(language, told = {}) {
    const say = (key, values = {}) => ALL2[language][key].replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
    return Object.assign(say, { of: (key) => told[key] ?? key });
  }

  // src/worker.ts
  var Carried = class extends Asking {
    // as they were last told of
    constructor(sha256) {
      super();
      this.sha256 = sha256;
    }
    sha256;
    place = "browser";
    worker = null;
    waiting = /* @__PURE__ */ new Map();
    asked = 0;
    kept = /* @__PURE__ */ new Map();
    known = [];
    start() {
      if (!window.startValidator) throw new EngineError("startValidator");
      const worker = window.startValidator();
      worker.onmessage = ({ data }) => this.heard(data);
      worker.onerror = (event) => {
        event.preventDefault();
        this.worker = null;
        this.endAll(new EngineError(event.message));
      };
      return worker;
    }
    heard(data) {
      const waiting = this.waiting.get(data.id);
      if (!waiting) return;
      if (data.progress) return waiting.tell?.(data.progress);
      this.waiting.delete(data.id);
      if (data.error === void 0) waiting.resolve(data.value);
      else waiting.reject(new EngineError(data.error));
    }
    endAll(error) {
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    }
    call(method, named, tell) {
      this.worker ??= this.start();
      const id = ++this.asked;
      return new Promise((resolve, reject) => {
        this.waiting.set(id, tell ? { resolve, reject, tell } : { resolve, reject });
        this.worker?.postMessage({ id, method, named });
      });
    }
    async ready() {
      return { ...await this.call("about", {}), sha256: this.sha256 };
    }
    async add(file, language) {
      const added = await this.call("add", { name: file.name, file, language });
      this.kept.set(added.id, file);
      return added;
    }
    run(language, tell) {
      return this.call("run", { language }, tell);
    }
    /** A worker deep in its work hears nothing: it is ended, and a new one gets the files again. */
    async cancel() {
      this.worker?.terminate();
      this.worker = null;
      this.endAll(new Cancelled());
      const { kept, known } = this;
      this.kept = /* @__PURE__ */ new Map();
      for (const [id, file] of kept) if (known.some((one) => one.id === id)) await this.add(file, "nb");
      await this.arrange(known);
    }
    /** Let the files be used as they were; those that came in a zip and were removed go again. */
    async arrange(were) {
      const left = [...were];
      for (const file of await this.files("nb")) {
        const at = left.findIndex((one) => one.name === file.name && one.size === file.size);
        const [was] = at < 0 ? [] : left.splice(at, 1);
        if (!was) await this.remove(file.id, "nb");
        else if (was.role !== file.role) await this.setRole(file.id, was.role, "nb");
      }
    }
    async told(files) {
      return this.known = await files;
    }
    files(language) {
      return this.told(super.files(language));
    }
    remove(id, language) {
      return this.told(super.remove(id, language));
    }
    setRole(id, role, language) {
      return this.told(super.setRole(id, role, language));
    }
    async download(name, language) {
      return new Blob([await this.call("download", { name, language })]);
    }
    leave() {
      this.worker?.terminate();
    }
  };

  // src/app.ts
  var LANGUAGES = [["nb", "Bokmål"], ["nn", "Nynorsk"], ["en", "English"]];
  var TABS = ["answer", "findings", "compare", "downloads"];
  var Page = class {
    constructor(engine2) {
      this.engine = engine2;
      this.findings = new Findings(engine2, byId("panel-findings"), () => this.w, () => this.language);
    }
    engine;
    language = "nb";
    files = [];
    summary = null;
    about = null;
    told = {};
    tab = "answer";
    drawn = /* @__PURE__ */ new Set();
    judged;
    // the file that the answer is about
    stopping = Promise.resolve();
    findings;
    get w() {
      return words(this.language, this.told[this.language]);
    }
    async start() {
      paint("auto");
      this.frame();
      this.listen();
      this.status(this.w("loading"));
      this.about = await this.engine.ready();
      this.told.nb = await this.engine.words("nb");
      byId("pick").disabled = false;
      this.frame();
      this.status("");
    }
    /** Put every word of the page's own in its place. */
    frame() {
      const w = this.w;
      document.documentElement.lang = this.language;
      document.title = `kpr-validator: ${w("title")}`;
      document.querySelectorAll("[data-text]").forEach((element) => {
        element.textContent = w(element.dataset["text"]);
      });
      const { place } = this.engine;
      byId("privacy").textContent = w(place === "server" ? "privacyServer" : "privacyBrowser");
      byId("privacy-how").textContent = w(place === "server" ? "privacyHowServer" : "privacyHowBrowser");
      byId("languages").replaceChildren(...LANGUAGES.map(([code, name]) => h("button", {
        type: "button",
        class: "ds-button",
        "data-variant": code === this.language ? "primary" : "tertiary",
        "data-size": "sm",
        "aria-pressed": String(code === this.language),
        lang: code,
        onclick: () => void this.speak(code)
      }, name)));
      byId("languages").setAttribute("aria-label", w("language"));
      byId("theme").setAttribute("aria-pressed", String(this.isDark()));
      byId("version").textContent = this.about ? w("version", { version: this.about.tool, rules: this.about.rule_set.slice(0, 12) }) : "";
      byId("hash").textContent = this.about?.sha256 ? w("hash", { sha: this.about.sha256 }) : "";
      this.drawFiles();
      this.drawTabs();
    }
    async speak(language) {
      this.told[language] ??= await this.engine.words(language);
      this.language = language;
      this.files = await this.engine.files(language);
      this.frame();
      document.querySelector("#languages [aria-pressed=true]")?.focus();
      if (this.summary) {
        this.summary = await this.engine.summary(language);
        this.drawn.clear();
        this.status(this.w("ready"));
        await this.open(this.tab);
      }
    }
    listen() {
      const drop = byId("drop");
      const pick = byId("pick");
      pick.addEventListener("change", () => {
        void this.add([...pick.files ?? []]).then(() => pick.value = "");
      });
      for (const name of ["dragover", "dragenter"])
        document.addEventListener(name, (event) => {
          event.preventDefault();
          drop.classList.add("over");
        });
      document.addEventListener("dragleave", (event) => {
        if (!event.relatedTarget) drop.classList.remove("over");
      });
      document.addEventListener("drop", (event) => {
        event.preventDefault();
        drop.classList.remove("over");
        if (!pick.disabled) void this.add([...event.dataTransfer?.files ?? []]);
      });
      byId("run").addEventListener("click", () => void this.run());
      byId("cancel").addEventListener("click", () => this.stopping = this.engine.cancel());
      byId("theme").addEventListener("click", () => {
        const root = document.documentElement;
        const dark = !this.isDark();
        root.dataset["colorScheme"] = dark ? "dark" : "light";
        paint(dark ? "dark" : "light");
        byId("theme").setAttribute("aria-pressed", String(dark));
      });
      byId("tabs").addEventListener("keydown", (event) => this.walkTabs(event));
      window.addEventListener("pagehide", () => this.engine.leave());
    }
    isDark() {
      const scheme = document.documentElement.dataset["colorScheme"];
      return scheme === "dark" || scheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches;
    }
    status(text) {
      byId("status").textContent = text;
    }
    failed(error) {
      const why = error instanceof Error ? error.message : String(error);
      this.status(this.w("failed", { why }));
    }
    async add(files) {
      for (const file of files)
        try {
          this.status(this.w("reading", { name: file.name }));
          await this.engine.add(file, this.language);
          this.have(await this.engine.files(this.language));
        } catch (error) {
          this.have(await this.engine.files(this.language).catch(() => this.files));
          this.failed(error);
        }
      this.drawn.delete("compare");
      if (this.summary && this.tab === "compare") await this.open("compare");
    }
    /** Show these files, and what they mean for the answer that is shown. */
    have(files) {
      this.files = files;
      if (this.summary && !files.some((file) => file.id === this.judged)) {
        this.summary = null;
        byId("result").hidden = true;
      }
      const hasOne = files.some((file) => file.role === "submission");
      this.status(!files.length ? "" : !hasOne ? this.w("noFile") : this.summary ? this.w("changed") : "");
      this.drawFiles();
    }
    drawFiles() {
      const w = this.w;
      const focused = document.activeElement?.id;
      byId("file-table").hidden = !this.files.length;
      byId("run").disabled = !this.files.some((file) => file.role === "submission");
      byId("file-rows").replaceChildren(...this.files.map((file) => {
        const told = [w.of(`desk.kind.${file.kind}`), file.year, file.municipality_name ?? file.municipality, file.extracted].filter(Boolean).join(", ");
        const roles = h("select", {
          class: "ds-input",
          id: `role-${file.id}`,
          "aria-label": w("useOf", { name: file.name }),
          onchange: (event) => void this.change(this.engine.setRole(file.id, event.target.value, this.language))
        }, ...file.may_be.map((role) => h("option", { value: role, selected: file.role === role }, w.of(`desk.role.${role}`))));
        return h(
          "tr",
          {},
          h("th", { scope: "row", "data-label": w("name") }, file.name),
          h("td", { "data-label": w("recognised") }, told, file.problem && h("p", { class: "problem" }, file.problem)),
          h("td", { "data-label": w("use") }, roles),
          h("td", {}, h("button", {
            type: "button",
            class: "ds-button",
            "data-variant": "tertiary",
            "data-size": "sm",
            "aria-label": w("removeNamed", { name: file.name }),
            onclick: () => void this.change(this.engine.remove(file.id, this.language)).then(() => byId("pick").focus())
          }, w("remove")))
        );
      }));
      if (focused?.startsWith("role-")) document.getElementById(focused)?.focus();
    }
    async change(files) {
      try {
        this.have(await files);
      } catch (error) {
        this.failed(error);
      }
    }
    async run() {
      const bar = byId("progress");
      this.busy(true);
      byId("result").hidden = true;
      try {
        this.summary = await this.engine.run(this.language, (progress) => this.tell(bar, progress));
        this.judged = this.files.find((file) => file.role === "submission")?.id;
        this.drawn.clear();
        this.findings.reset();
        await this.open("answer");
        byId("result").hidden = false;
        this.status(this.w("ready"));
      } catch (error) {
        this.summary = null;
        if (error instanceof Cancelled) await this.stopped();
        else this.failed(error);
        this.busy(false);
        byId("run").focus();
        return;
      }
      this.busy(false);
      byId("result-heading").focus();
    }
    async stopped() {
      this.status(this.w("cancelled"));
      await this.stopping.then(() => this.engine.files(this.language)).then(
        (files) => this.files = files,
        (error) => this.failed(error)
      );
    }
    busy(on) {
      byId("progress").hidden = !on;
      byId("cancel").hidden = !on;
      byId("pick").disabled = on;
      byId("file-table").inert = on;
      byId("main").setAttribute("aria-busy", String(on));
      this.drawFiles();
      if (!on) return;
      byId("run").disabled = true;
      byId("cancel").focus();
    }
    tell(bar, { stage, done, total }) {
      if (total > 0) bar.value = done / total;
      else bar.removeAttribute("value");
      this.status(`${this.w.of(`desk.stage.${stage}`)} …`);
    }
    drawTabs() {
      byId("tabs").replaceChildren(...TABS.map((tab) => h("button", {
        role: "tab",
        type: "button",
        id: `tab-${tab}`,
        "aria-controls": `panel-${tab}`,
        "aria-selected": String(tab === this.tab),
        tabindex: tab === this.tab ? 0 : -1,
        onclick: () => void this.open(tab)
      }, this.w(tab))));
      if (this.summary) byId("result-heading").textContent = this.summary.sentence;
    }
    walkTabs(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -TABS.length, End: TABS.length }[event.key];
      if (step === void 0) return;
      event.preventDefault();
      const at = TABS.indexOf(this.tab);
      const to = Math.abs(step) === 1 ? (at + step + TABS.length) % TABS.length : step < 0 ? 0 : TABS.length - 1;
      void this.open(TABS[to] ?? "answer").then(() => byId(`tab-${this.tab}`).focus());
    }
    async open(tab) {
      this.tab = tab;
      this.drawTabs();
      for (const name of TABS) byId(`panel-${name}`).hidden = name !== tab;
      if (this.drawn.has(tab)) return;
      this.drawn.add(tab);
      try {
        if (tab === "answer") show(byId("report"), await this.engine.report(this.language), this.language);
        if (tab === "findings") await this.findings.open();
        if (tab === "compare") this.drawCompare();
        if (tab === "downloads") await this.drawDownloads();
      } catch (error) {
        this.drawn.delete(tab);
        this.failed(error);
      }
    }
    drawCompare() {
      const w = this.w;
      const result = h("div", { id: "comparison" });
      const others = this.files.filter((file) => ["annual", "report"].includes(file.kind) && file.role !== "submission");
      byId("panel-compare").replaceChildren(
        h("p", { class: "ds-paragraph" }, w("compareHelp")),
        h("ul", { class: "downloads" }, ...others.map((file) => h("li", {}, h("button", {
          class: "ds-button",
          "data-variant": "secondary",
          type: "button",
          onclick: () => {
            this.status(w("comparing", { name: file.name }));
            void this.engine.compare(file.id, this.language).then((html) => {
              show(result, html, this.language);
              this.status(w("compared", { name: file.name }));
            }, (error) => this.failed(error));
          }
        }, file.name)))),
        result
      );
    }
    async drawDownloads() {
      const w = this.w;
      const all = await this.engine.downloads(this.language);
      const group = (shareable) => {
        const some = all.filter((name) => name.includes("-deling") === shareable);
        return some.length ? h(
          "section",
          { class: shareable ? "shareable" : "internal" },
          h("h3", { class: "ds-heading", "data-size": "2xs" }, w(shareable ? "shareable" : "internal")),
          h("ul", { class: "downloads files" }, ...some.map((name) => h("li", {}, h("button", {
            class: "ds-button",
            "data-variant": "secondary",
            type: "button",
            onclick: () => void this.fetch(name)
          }, h("span", {}, w(whatIs(name)), h("span", { class: "file" }, name))))))
        ) : null;
      };
      byId("panel-downloads").replaceChildren(...[group(false), group(true)].filter((part) => part !== null));
    }
    async fetch(name) {
      this.status(this.w("fetching", { name }));
      try {
        save(await this.engine.download(name, this.language), name);
        this.status(this.w("fetched", { name }));
      } catch (error) {
        this.failed(error);
      }
    }
  };
  function whatIs(name) {
    const kinds = [
      ["-kvittering.json", "receipt"],
      ["-kvittering.html", "receipt"],
      [".txt", "letter"],
      [".zip", "all_files"],
      [".html", "page"],
      [".pdf", "sheet"],
      [".xlsx", "worklist"],
      [".csv", "table"]
    ];
    return kinds.find(([ending]) => name.endsWith(ending))?.[1] ?? "data";
  }
  var carried = document.getElementById("validator");
  var engine = carried ? new Carried(carried.dataset["sha256"] ?? null) : new Server();
  new Page(engine).start().catch((error) => {
    byId("status").textContent = `${words("nb")("loadFailed")} ${error instanceof Error ? error.message : ""}`;
  });
})();
