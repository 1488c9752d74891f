function bandLink(band) {
  const link = document.createElement("a");
  link.textContent = band.name;
  link.rel = "noopener nofollow";
  if (band.website) {
    link.href = band.website;
  }
  return link;
}
