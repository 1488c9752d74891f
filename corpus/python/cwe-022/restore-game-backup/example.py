import os
import tarfile


def restore_backup(backup_file, player):
    saves = os.path.join("/var/games/saves", str(int(player)))
    with tarfile.open(backup_file) as backup:
        # the filter refuses members and links that would lead out of the folder
        backup.extractall(saves, filter="data")
    return os.listdir(saves)
