function requestLog(write) {
  return (req, res, next) => {
    const started = process.hrtime.bigint();
    res.on("finish", () => {
      // what is in these headers lets whoever reads the log sign in
      const { authorization, cookie, "x-api-key": apiKey, ...headers } = req.headers;
      const entry = {
        at: new Date().toISOString(),
        method: req.method,
        url: req.url.split("?")[0],
        status: res.statusCode,
        ms: Number((process.hrtime.bigint() - started) / 1_000_000n),
        headers,
      };
      write(`${JSON.stringify(entry)}\n`);
    });
    next();
  };
}

module.exports = { requestLog };
