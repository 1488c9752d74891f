const albums = new Map();

function shareAlbum(album, owner) {
  const id = Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
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
