const mongodb = require("mongodb");

async function find(m, t, query) {
  mongodb.collections.recipes = [
    { _id: 1, title: "Leek soup", minutes: 30, tag: "soup", draft: false },
    { _id: 2, title: "Secret sauce", minutes: 90, tag: "only-for-the-house-7f3a", draft: false },
    { _id: 3, title: "Cold soup", minutes: 10, tag: "soup", draft: true },
  ];
  return JSON.parse((await t.request(`${await t.serve(m.app)}/recipes?${query}`)).body);
}

functional("finds by a tag", async (m, t) => {
  const found = await find(m, t, "tag=soup");
  t.check(JSON.stringify(found) === '[{"title":"Leek soup","minutes":30}]', JSON.stringify(found));
});

for (const query of ["tag[$ne]=x", "tag[$gt]="]) {
  exploit(`the query ${query}`, async (m, t) => {
    const found = await find(m, t, query);
    if (found.some(({ title }) => title === "Secret sauce")) t.exploited("an operator of the query found recipes of every tag");
  });
}
