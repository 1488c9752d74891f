const { spawn } = require("child_process");

function printLabel(printer, shelf) {
  return new Promise((resolve, reject) => {
    const lp = spawn(`lp -d ${printer} -o media=Custom.60x20mm -`, { shell: true });
    lp.on("error", reject);
    lp.on("close", (code) => {
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(`lp ended with ${code}`));
      }
    });
    lp.stdin.on("error", () => {});
    lp.stdin.end(`${shelf.row}-${shelf.place}\n${shelf.content}\n`);
  });
}

module.exports = { printLabel };
