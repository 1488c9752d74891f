const { execFile } = require("child_process");

function resizePhoto(photo, width, done) {
  const small = photo.replace(/\.jpe?g$/i, "-small.jpg");
  // each element is one argument, whatever characters it has; ./ keeps it from being an option
  execFile("convert", [`./${photo}`, "-resize", `${Number(width)}x`, `./${small}`], (err) => {
    if (err) {
      done(new Error(`cannot resize ${photo}`));
      return;
    }
    done(null, small);
  });
}

module.exports = { resizePhoto };
