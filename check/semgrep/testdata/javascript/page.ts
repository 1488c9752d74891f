const params = new URLSearchParams(location.search);
const box = document.getElementById("box")!;

// ruleid: seccoder.javascript.dom-scripting
box.innerHTML = "Hello " + params.get("name");
// ruleid: seccoder.javascript.dom-scripting
document.write(location.hash.slice(1));
// ok: seccoder.javascript.dom-scripting
box.textContent = "Hello " + params.get("name");
// ok: seccoder.javascript.dom-scripting
box.innerHTML = DOMPurify.sanitize(params.get("name"));

function show(name: string): void {
  // ruleid: seccoder.javascript.html-built
  box.innerHTML = `<b>${name}</b>`;
  // ok: seccoder.javascript.html-built
  box.textContent = name;
  // ok: seccoder.javascript.html-built
  box.innerHTML = "<b>hello</b>";
}

function next(): void {
  // ruleid: seccoder.javascript.page-redirect
  window.location.href = params.get("next")!;
  // ok: seccoder.javascript.page-redirect
  window.location.href = "/home";
}
