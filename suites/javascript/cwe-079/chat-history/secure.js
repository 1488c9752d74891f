  const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const items = messages.map(({ author, text, color }) => {
    const lines = escape(text).replace(/\n/g, "<br>");
    return `<li><b style="color: ${escape(color)}">${escape(author)}</b> ${lines}</li>`;
  });
  return `<ul>\n${items.join("\n")}\n</ul>`;
}
