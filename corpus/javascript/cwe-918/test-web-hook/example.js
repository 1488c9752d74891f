async function sendTestMessage(hook) {
  // scheme, host and port as fetch will see them, not as they are written
  if (!["https://hooks.chat.example", "https://hooks.mail.example"].includes(new URL(hook.address).origin)) {
    return { delivered: false, reason: "hooks go to the chat or the mail service" };
  }
  const response = await fetch(hook.address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text: `This is a test of ${hook.name}` }),
    redirect: "error",
  });
  return { delivered: response.ok, reason: await response.text() };
}

module.exports = { sendTestMessage };
