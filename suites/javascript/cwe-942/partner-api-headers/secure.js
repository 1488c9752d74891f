  if (!/^https:\/\/([a-z0-9-]+\.)*harbour\.example$/.test(origin || "")) return {};
  return { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true", Vary: "Origin" };
}
