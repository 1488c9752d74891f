const fs = require("fs");
const { execFileSync } = require("child_process");

function project(name) {
  fs.mkdirSync(`projects/${name}`, { recursive: true });
  fs.mkdirSync("archives");
  fs.writeFileSync(`projects/${name}/plan.txt`, "first things first");
}

functional("packs the folder", async (m, t) => {
  project("garden");
  const archive = await m.archiveProject("garden");
  t.check(fs.existsSync("archives/garden.tar.gz"), "the archive is there");
  t.check(String(archive).endsWith("garden.tar.gz"), `the path, got ${archive}`);
  const list = execFileSync("tar", ["-tzf", "archives/garden.tar.gz"]).toString();
  t.check(/(^|\/)plan\.txt$/m.test(list), `the archive holds the project: ${list}`);
});

for (const [name, project_name] of [
  ["semicolon", "garden; touch pwned #"],
  ["substitution", "$(touch pwned)"],
  ["quotes", `x"; touch pwned; "`],
  ["single quotes", "x'; touch pwned; '"],
  ["option of tar", "--checkpoint-action=exec=touch pwned"],
]) {
  exploit(name, async (m, t) => {
    project("garden");
    await t.attempt(() => m.archiveProject("garden"));
    if (fs.existsSync("archives/garden.tar.gz")) t.reached();
    await t.attempt(() => m.archiveProject(project_name));
    if (fs.existsSync("pwned") || fs.existsSync("projects/pwned")) t.exploited(`the name ${project_name} ran a command`);
  });
}
