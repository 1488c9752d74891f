  return http.createServer((req, res) => {
    let file;
    try {
      file = path.join(themeFolder, decodeURIComponent(req.url.split("?")[0]));
    } catch {
      res.writeHead(400).end();
      return;
    }
    fs.readFile(file, (error, data) => {
      if (error) {
        res.writeHead(404).end();
        return;
      }
      res.writeHead(200, { "Content-Type": TYPES[path.extname(file)] || "application/octet-stream" });
      res.end(data);
    });
  });
}
