  const query = new URL(req.url, "http://site.invalid").searchParams;
  const language = /^[a-z]{2}$/.test(query.get("set")) ? query.get("set") : "en";
  res.writeHead(303, { "Set-Cookie": `language=${language}; Path=/`, Location: query.get("back") || "/" });
  res.end();
}
