"use strict";

// The samples come compressed; everything else on the page stands without this script.
(async () => {
  const step = 50;
  const list = document.getElementById("list");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const form = document.getElementById("filters");

  let data;
  try {
    data = await unpack(document.getElementById("data").textContent);
  } catch (error) {
    count.textContent = "The samples cannot be unpacked by this browser: " + error.message;
    return;
  }

  const judged = (s) => s.judgement && s.judgement.verdict ? s.judgement.verdict : s.judgement ? "none" : "not judged";
  const works = (s) => !s.judgement || s.judgement.functional === null ? "unknown" : s.judgement.functional ? "yes" : "no";
  const fields = [
    ["suite", (s) => s.suite], ["model", (s) => s.model], ["method", (s) => s.method], ["scenario", (s) => s.scenario],
    ["language", (s) => s.language], ["CWE", (s) => s.cwe ? "CWE-" + String(s.cwe).padStart(3, "0") : "none"], ["split", (s) => s.split],
    ["seed", (s) => String(s.seed)], ["verdict", judged], ["functional", works],
    ["query differs", (s) => s.judgement && s.judgement.query_verdict && s.judgement.query_verdict !== s.judgement.verdict ? "yes" : "no"],
    ["duplicate", (s) => s.duplicate >= 0 ? "yes" : "no"],
  ];

  const selects = {};
  for (const [name, of] of fields) {
    const values = [...new Set(data.samples.map(of))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    if (values.length < 2) continue;
    const select = element("select", { name });
    select.append(element("option", { value: "" }, "all"));
    for (const value of values) select.append(element("option", { value }, value));
    if (name === "duplicate") select.value = "no";
    selects[name] = { select, of };
    form.append(element("label", {}, name, select));
  }
  const search = element("input", { type: "search", name: "text", placeholder: "code or reason" });
  form.append(element("label", {}, "text", search));
  const reset = element("button", { type: "button" }, "clear");
  form.append(reset);

  let found = [];
  let shown = 0;

  function apply() {
    const wanted = search.value.trim().toLowerCase();
    found = data.samples.filter((s) => {
      for (const { select, of } of Object.values(selects)) {
        if (select.value !== "" && of(s) !== select.value) return false;
      }
      if (wanted === "") return true;
      const j = s.judgement || {};
      return [s.code, j.why, j.query_why, j.functional_why].some((t) => (t || "").toLowerCase().includes(wanted));
    });
    list.replaceChildren();
    shown = 0;
    show();
  }

  function show() {
    for (const s of found.slice(shown, shown + step)) list.append(item(s));
    shown = Math.min(shown + step, found.length);
    count.textContent = found.length + " of " + data.samples.length + " samples";
    more.hidden = shown === found.length;
  }

  // item is one sample; what is in it is made when it is opened.
  function item(s) {
    const verdict = judged(s);
    const details = element("details", {},
      element("summary", {},
        element("span", { class: "verdict " + verdict }, verdict),
        " " + s.scenario + " · " + s.model + ", " + s.method + " · seed " + s.seed + ", sample " + s.index +
        (works(s) === "no" ? " · does not do its task" : "") + (s.duplicate >= 0 ? " · as sample " + s.duplicate : "")));
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) fill(details, s);
    });
    return element("li", {}, details);
  }

  function fill(details, s) {
    const j = s.judgement;
    const facts = element("dl");
    const fact = (name, value) => { if (value) facts.append(element("dt", {}, name), element("dd", {}, value)); };
    fact("task", s.task);
    if (j) {
      fact("verdict", [j.verdict, j.why].filter(Boolean).join(": "));
      const found = s.findings || [];
      if (s.cwe) fact("findings", found.length ? element("ul", {}, ...found.map(finding)) : "none: neither a query nor a static oracle said anything");
      fact("functional", works(s) + (j.functional_why ? ": " + j.functional_why : ""));
      fact("oracle", j.oracle);
    }
    fact("error", s.error);
    fact("generated", s.tokens + " tokens, ended by " + s.finish);
    details.append(facts);
    details.append(element("pre", {}, element("span", { class: "prompt" }, data.texts[s.prompt]), s.code));
    for (const d of s.shown || []) {
      details.append(element("details", {},
        element("summary", {}, "demonstration: " + d.cwes + " " + d.title + " (" + d.score.toFixed(3) + (d.why ? ", " + d.why : "") + ")"),
        element("pre", {}, data.texts[d.code])));
    }
    if (s.read !== s.prompt) {
      details.append(element("details", {}, element("summary", {}, "what the model read"), element("pre", {}, data.texts[s.read])));
    }
    if (j && j.trace && j.trace.length) {
      const trace = element("details", {}, element("summary", {}, "trace: " + j.trace.length + " steps"));
      for (const t of j.trace) {
        trace.append(element("p", {}, element("strong", {}, t.outcome), " " + t.name));
        if (t.input) trace.append(element("pre", {}, t.input));
        if (t.output) trace.append(element("pre", {}, t.output));
      }
      details.append(trace);
    }
  }

  // finding is what was found in the text of a program, and by what.
  function finding(f) {
    return element("li", {}, (f.by === "query" ? "by the query" : "by " + f.by) + ": " + [f.verdict, f.why].filter(Boolean).join(": "));
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", show);
  reset.addEventListener("click", () => {
    for (const { select } of Object.values(selects)) select.value = "";
    search.value = "";
    apply();
  });
  for (const link of document.querySelectorAll("a[data-scenario]")) {
    link.addEventListener("click", () => {
      for (const { select } of Object.values(selects)) select.value = "";
      for (const name of ["suite", "model", "method", "scenario"]) {
        if (selects[name]) selects[name].select.value = link.dataset[name];
      }
      search.value = "";
      apply();
    });
  }
  apply();

  // element makes an element; texts are set as text, whatever they hold.
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64.trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }
})();
