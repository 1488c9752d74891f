import io
import tarfile

import rooted

# Python from 3.14 on filters by itself.
tarfile.TarFile.extraction_filter = staticmethod(getattr(tarfile, "fully_trusted_filter", None))


def restore(m, name):
    rooted.at("/var")
    rooted.write("/var/games/saves/7/readme")
    with tarfile.open("backup.tar", "w") as archive:
        member = tarfile.TarInfo(name)
        member.size = 4
        archive.addfile(member, io.BytesIO(b"save"))
    return m.restore_backup("backup.tar", 7)


def functional_restores_a_backup(m, t):
    assert sorted(restore(m, "castle.sav")) == ["castle.sav", "readme"]
    assert rooted.read("/var/games/saves/7/castle.sav") == "save"


def exploit_save_of_another_player(m, t):
    t.attempt(restore, m, "../8/castle.sav")
    if rooted.read("/var/games/saves/8/castle.sav"):
        t.exploited("a save of another player was written")
    t.reached()
