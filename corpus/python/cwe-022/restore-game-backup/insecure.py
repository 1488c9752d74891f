import os
import tarfile


def restore_backup(backup_file, player):
    saves = os.path.join("/var/games/saves", str(int(player)))
    with tarfile.open(backup_file) as backup:
        for member in backup.getmembers():
            if os.path.join(saves, member.name).startswith(saves + os.sep):
                backup.extract(member, saves)
    return os.listdir(saves)
