  const sid = crypto.randomUUID();
  sessions.set(sid, user);
  res.setHeader("Set-Cookie", `sid=${sid}; Path=/; Max-Age=${8 * 3600}; HttpOnly; Secure; SameSite=Lax`);
}
