function bandLink(band) {
  const link = document.createElement("a");
  link.textContent = band.name;
  link.rel = "noopener nofollow";
  // URL reads the address as the browser will, so " jaVascript:" is seen for what it is
  if (URL.canParse(band.website) && ["http:", "https:"].includes(new URL(band.website).protocol)) {
    link.href = band.website;
  }
  return link;
}
