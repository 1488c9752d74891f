// As much of a browser as the program uses: its setTimeout takes source text, as all browsers' do.
const notice = { hidden: false, textContent: "" };
let submit;
global.document = {
  querySelector: (selector) => (selector === "#notice" ? notice : { addEventListener: (_, listener) => (submit = listener) }),
};
global.FormData = Map;
global.setTimeout = (what) => (typeof what === "string" ? (0, eval)(what) : what());

const remind = (task) => submit({ preventDefault() {}, target: [["task", task], ["minutes", "5"]] });

functional("reminds", async (m, t) => {
  remind("tea");
  t.check(notice.textContent === "Time for tea" && !notice.hidden, notice.textContent);
});

exploit("code for a task", async (m, t) => {
  await t.attempt(() => remind('"; globalThis.pwned = true; "'));
  if (globalThis.pwned) t.exploited("the code in the task was run");
});
