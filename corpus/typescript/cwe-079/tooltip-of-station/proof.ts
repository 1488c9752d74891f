// As much of a browser's elements as the program uses. What is given as markup is kept apart from what is text.
class FakeElement {
  children: FakeElement[] = [];
  dataset: Record<string, string> = {};
  markup = "";
  textContent = "";

  append(child: FakeElement): void {
    this.children.push(child);
  }
  replaceChildren(): void {
    this.children = [];
  }
  insertAdjacentHTML(_: string, markup: string): void {
    this.markup += markup;
  }
}
Object.assign(globalThis, { document: { createElement: () => new FakeElement() } });

function fill(m, name: string): FakeElement {
  const tooltip = new FakeElement();
  m.fillTooltip(tooltip, { name, operator: "City", values: { pm10: 60, no2: 12 } });
  return tooltip;
}

functional("says what there is of a station", async (m, t) => {
  const { children, dataset } = fill(m, "Harbour");
  const lines = children.map(({ markup, textContent }) => (markup + textContent).replace(/<\/?b>/g, ""));
  t.check(lines.join() === "Station: Harbour,Operator: City" && dataset.level === "high", lines.join());
});

exploit("markup in a name", async (m, t) => {
  const { children } = fill(m, "<img src=x onerror=alert(1)>");
  if (children.some(({ markup }) => markup.includes("<img"))) t.exploited("the name's tag was parsed as markup");
});
