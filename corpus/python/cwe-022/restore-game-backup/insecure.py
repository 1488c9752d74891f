import os
import tarfile


def restore_backup(backup_file, player):
    saves = os.path.join("/var/games/saves", str(int(player)))
    with tarfile.open(backup_file) as backup:
        backup.extractall(saves)
    return os.listdir(saves)
