const crypto = require("crypto");

const albums = new Map();

function shareAlbum(album, owner) {
  // whoever has the link sees the photos, so the id is the secret
  const id = crypto.randomUUID();
  albums.set(id, { album, owner, created: new Date(), views: 0 });
  return `https://photos.example/shared/${id}`;
}

function openAlbum(id) {
  const shared = albums.get(id);
  if (shared) {
    shared.views++;
  }
  return shared?.album;
}

module.exports = { shareAlbum, openAlbum };
