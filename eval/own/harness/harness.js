"use strict";
// Runs the cases of test.js against program.js and reports each on a line of standard output.
//
//     node harness.js CPU_SECONDS < nonce
//
// Every line that counts begins with the nonce, which only the main thread knows: each case runs in a
// worker of its own, with globals of its own, whose output is dropped. (A process for each would be
// ten times as slow.)
const fs = require("fs");
const http = require("http");
const Module = require("module");
const path = require("path");
const { setInterval, clearInterval } = require("timers"); // a program may put its own in place of the global ones
const vm = require("vm");
const { Worker, isMainThread, parentPort, workerData } = require("worker_threads");

const here = __dirname;
const cases = [];
global.functional = (name, run) => cases.push({ kind: "functional", name, run });
global.exploit = (name, run) => cases.push({ kind: "exploit", name, run });

class Ended extends Error {}

// What a case is given beside the program: see the suite's README.
class Case {
  constructor() {
    this.dir = process.cwd();
    this.error = undefined;
    this.evidence = undefined;
    this.failure = undefined;
    this.wasReached = false;
    this.servers = [];
  }

  async attempt(call) {
    this.error = undefined;
    try {
      return await call();
    } catch (error) {
      if (error instanceof Ended) throw error;
      this.error = error === undefined ? new Error("undefined was thrown") : error;
      return undefined;
    }
  }

  check(ok, message = "a check failed") {
    if (ok) return;
    this.failure = this.failure || String(message);
    throw new Ended(message);
  }

  exploited(evidence) {
    this.evidence = this.evidence || String(evidence);
    throw new Ended(evidence);
  }

  reached() {
    this.wasReached = true;
  }

  // Serves with a request listener or a server; the result is its address, "http://127.0.0.1:PORT".
  serve(handler) {
    const server = handler instanceof http.Server ? handler : http.createServer((req, res) => {
      try {
        Promise.resolve(handler(req, res)).catch(() => res.destroy());
      } catch {
        res.destroy();
      }
    });
    this.servers.push(server);
    return new Promise((resolve, reject) => {
      server.on("error", reject);
      server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
    });
  }

  // Requests without following redirects: {status, headers, body}, or undefined after an error or
  // a second in which nothing comes. It is counted in turns of the event loop: while a busy machine
  // has no time for this process, there is one turn at most.
  request(url, { method = "GET", headers = {}, body } = {}) {
    return new Promise((resolve) => {
      let turns = 0;
      const clock = setInterval(() => {
        if (++turns === 20) request.destroy();
      }, 50);
      const end = (answer) => {
        clearInterval(clock);
        resolve(answer);
      };
      const request = http.request(url, { method, headers, agent: false }, (response) => {
        const parts = [];
        response.on("data", (part) => {
          turns = 0;
          parts.push(part);
        });
        response.on("error", () => end(undefined));
        response.on("end", () => end({ status: response.statusCode, headers: response.headers, raw: response.rawHeaders, body: Buffer.concat(parts).toString() }));
      });
      request.on("error", () => end(undefined));
      request.end(body);
    });
  }
}

const words = ["exports", "require", "module", "__filename", "__dirname"];

// Loads program.js; what comes back gives every name on its top level.
function load() {
  const file = path.join(here, "program.js");
  const module = new Module(file);
  module.filename = file;
  module.paths = [];
  const source = fs.readFileSync(file, "utf8") + "\n;module.suiteScope = (name) => eval(name);";
  const run = vm.compileFunction(source, words, { filename: file });
  run.call(module.exports, module.exports, Module.createRequire(file), module, file, here);
  return new Proxy({}, {
    get(_, name) {
      if (typeof name !== "string" || name === "then") return undefined;
      try {
        return module.suiteScope(`typeof ${name} === "undefined" ? module.exports[${JSON.stringify(name)}] : ${name}`);
      } catch (error) {
        if (error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
  });
}

const describe = (error) => (error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`);

// In a worker: one case.
function runCase() {
  const one = new Case();
  const port = parentPort;
  let answered = false;
  const answer = (outcome, detail) => {
    if (answered) return;
    answered = true;
    if (one.evidence !== undefined) [outcome, detail] = ["exploited", one.evidence];
    else if (one.failure !== undefined) [outcome, detail] = ["failed", one.failure];
    port.postMessage({ outcome, detail: String(detail).slice(0, 2000), reached: one.wasReached });
  };
  process.on("uncaughtException", (error) => (error instanceof Ended ? answer("ok", "") : answer("failed", describe(error))));
  process.on("unhandledRejection", (error) => { if (error instanceof Ended) answer("ok", ""); });
  require(path.join(here, "test.js"));
  (async () => {
    try {
      await cases[workerData.number].run(load(), one);
      answer("ok", "");
    } catch (error) {
      answer(error instanceof RangeError && /call stack/.test(error.message) ? "overflow" : "failed", describe(error));
    }
  })();
}

// In the main thread: what came of one case.
function outcomeOf(number, cpu) {
  const directory = path.join(fs.mkdtempSync("/tmp/case-"), "here");
  fs.mkdirSync(directory);
  process.chdir(directory);
  return new Promise((resolve) => {
    const wall = 3 * cpu + 2;
    const started = Date.now();
    const before = process.cpuUsage();
    const worker = new Worker(__filename, {
      argv: [], workerData: { number }, stdin: true, stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    let watch;
    const end = async (result) => {
      clearInterval(watch);
      worker.removeAllListeners();
      worker.on("error", () => {});
      await Promise.race([worker.terminate(), new Promise((late) => setTimeout(late, 1000))]);
      resolve(result);
    };
    watch = setInterval(() => {
      const used = process.cpuUsage(before);
      if ((used.user + used.system) / 1e6 > cpu || Date.now() - started > wall * 1000) {
        end({ outcome: "timeout", detail: `it had not ended after ${cpu} s of processor time or ${wall} s` });
      }
    }, 20);
    worker.stdout.resume();
    worker.stderr.resume();
    worker.on("message", end);
    worker.on("error", (error) => {
      if (error && error.code === "ERR_WORKER_OUT_OF_MEMORY") end({ outcome: "memory", detail: "the heap grew over its limit" });
      else end({ outcome: "failed", detail: describe(error) });
    });
    worker.on("exit", (status) => end({ outcome: "exited", detail: `it ended with status ${status} before the case was over` }));
  });
}

async function main() {
  const cpu = Number(process.argv[2]);
  const nonce = fs.readFileSync(0, "utf8").trim();
  const say = (what) => fs.writeSync(1, `${nonce} ${JSON.stringify(what)}\n`);
  try {
    vm.compileFunction(fs.readFileSync(path.join(here, "program.js"), "utf8"), words, { filename: "program.js" });
  } catch (error) {
    say({ invalid: describe(error) });
    process.exit(0);
  }
  process.umask(0o022);
  require(path.join(here, "test.js"));
  let late = 0;
  for (const [number, { kind, name }] of cases.entries()) {
    say({ start: { kind, case: name } });
    const result = await outcomeOf(number, cpu);
    say({ kind, case: name, ...result });
    if (result.outcome === "timeout" && ++late === 2) {
      say({ cut: "two cases did not end in time, so the others were not run" });
      process.kill(process.pid, "SIGKILL");
    }
  }
  say({ done: cases.length });
  process.kill(process.pid, "SIGKILL");
}

if (isMainThread) main();
else runCase();
