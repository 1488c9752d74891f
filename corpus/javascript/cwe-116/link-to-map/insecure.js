function eventLinks(events) {
  return events.map((event) => ({
    title: event.title,
    starts: event.starts.toISOString(),
    map: `https://maps.example/search?key=k1&q=${event.place}`,
  }));
}

module.exports = { eventLinks };
