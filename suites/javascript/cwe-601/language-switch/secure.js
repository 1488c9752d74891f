  const query = new URL(req.url, "http://site.invalid").searchParams;
  let back = "/";
  try {
    const target = new URL(query.get("back") || "/", "http://site.invalid");
    if (target.origin === "http://site.invalid") back = "/" + (target.pathname + target.search).replace(/^\/+/, "");
  } catch {
    // Not an address at all.
  }
  const language = /^[a-z]{2}$/.test(query.get("set")) ? query.get("set") : "en";
  res.writeHead(303, { "Set-Cookie": `language=${language}; Path=/`, Location: back });
  res.end();
}
