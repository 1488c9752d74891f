async function sendTestMessage(hook) {
  const response = await fetch(hook.address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text: `This is a test of ${hook.name}` }),
    redirect: "error",
  });
  return { delivered: response.ok, reason: await response.text() };
}

module.exports = { sendTestMessage };
