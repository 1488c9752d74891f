  const items = messages.map(({ author, text, color }) => {
    const lines = text.replace(/\n/g, "<br>");
    return `<li><b style="color: ${color}">${author}</b> ${lines}</li>`;
  });
  return `<ul>\n${items.join("\n")}\n</ul>`;
}
