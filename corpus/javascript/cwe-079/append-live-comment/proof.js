// As much of a browser as the program uses. What is given as markup is kept apart from what is text.
class Element {
  constructor() {
    this.children = [];
    this.markup = "";
    this.text = "";
  }
  set innerHTML(markup) {
    this.markup = markup;
  }
  set textContent(text) {
    this.text = text;
  }
  append(child) {
    this.children.push(child);
  }
}
const list = new Element();
let receive;
global.document = { createElement: () => new Element(), querySelector: () => list };
global.WebSocket = class {
  addEventListener(_, listener) {
    receive = listener;
  }
};

const send = (author, text) => receive({ data: JSON.stringify({ author, text }) });

functional("shows a comment", async (m, t) => {
  send("ada", "good morning");
  const [{ markup, text }] = list.children;
  t.check((markup + text).replace(/<\/?b>/g, "") === "ada: good morning", markup + text);
});

exploit("markup in a comment", async (m, t) => {
  send("ada", "<img src=x onerror=alert(1)>");
  if (/<img/.test(list.children[0].markup)) t.exploited("the comment's tag was parsed as markup");
});
