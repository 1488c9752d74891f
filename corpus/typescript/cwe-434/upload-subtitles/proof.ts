import { readFileSync } from "node:fs";

functional("keeps subtitles", async (m, t) => {
  const file = await m.keepSubtitles(7, { name: "english.vtt", text: "WEBVTT" });
  t.check(/^media\/films\/7\/subtitles\/.*\.vtt$/.test(file) && readFileSync(file, "utf8") === "WEBVTT", file);
});

for (const name of ["page.html", "picture.svg"]) {
  exploit(`the upload ${name}`, async (m, t) => {
    const file = await t.attempt(() => m.keepSubtitles(7, { name, text: "<script>alert(1)</script>" }));
    if (/\.(html|svg)$/.test(file ?? "")) t.exploited(`a script was kept among the films: ${file}`);
  });
}
