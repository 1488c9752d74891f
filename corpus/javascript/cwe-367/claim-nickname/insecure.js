const fs = require("fs/promises");

async function claimNickname(nickname, player) {
  if (!/^[a-z]{3,12}$/.test(nickname)) {
    return false;
  }
  try {
    if (await fs.stat(`players/${nickname}.json`).catch(() => null)) {
      return false;
    }
    await fs.writeFile(`players/${nickname}.json`, JSON.stringify({ player }));
    return true;
  } catch (err) {
    if (err.code === "EEXIST") {
      return false;
    }
    throw err;
  }
}

module.exports = { claimNickname };
