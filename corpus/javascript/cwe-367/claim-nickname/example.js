const fs = require("fs/promises");

async function claimNickname(nickname, player) {
  if (!/^[a-z]{3,12}$/.test(nickname)) {
    return false;
  }
  try {
    // one call that makes the file or fails: between a look and a write another could come
    await fs.writeFile(`players/${nickname}.json`, JSON.stringify({ player }), { flag: "wx" });
    return true;
  } catch (err) {
    if (err.code === "EEXIST") {
      return false;
    }
    throw err;
  }
}

module.exports = { claimNickname };
