function eventLinks(events) {
  return events.map((event) => ({
    title: event.title,
    starts: event.starts.toISOString(),
    // & and # in a place would begin something else in the address
    map: `https://maps.example/search?key=k1&q=${encodeURIComponent(event.place)}`,
  }));
}

module.exports = { eventLinks };
