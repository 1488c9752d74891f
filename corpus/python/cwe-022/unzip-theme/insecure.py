import zipfile
from pathlib import Path


def install_theme(archive, theme_dir):
    with zipfile.ZipFile(archive) as bundle:
        for info in bundle.infolist():
            destination = Path(theme_dir, info.filename)
            if info.is_dir():
                destination.mkdir(parents=True, exist_ok=True)
            else:
                destination.parent.mkdir(parents=True, exist_ok=True)
                destination.write_bytes(bundle.read(info))
