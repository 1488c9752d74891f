interface Station {
  name: string;
  operator: string;
  values: Record<string, number>;
}

export function fillTooltip(tooltip: HTMLElement, station: Station): void {
  tooltip.replaceChildren();
  for (const [label, text] of Object.entries({ Station: station.name, Operator: station.operator })) {
    const line = document.createElement("p");
    // names come from whoever runs a station: they are text here
    line.textContent = `${label}: ${text}`;
    tooltip.append(line);
  }
  const highest = Math.max(...Object.values(station.values));
  tooltip.dataset.level = highest > 50 ? "high" : "normal";
}
