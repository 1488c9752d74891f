import zipfile
from pathlib import Path


def install_theme(archive, theme_dir):
    with zipfile.ZipFile(archive) as bundle:
        for info in bundle.infolist():
            destination = Path(theme_dir, info.filename)
            # a member may be named "../x" or "/etc/x": it is passed over
            if not destination.resolve().is_relative_to(Path(theme_dir).resolve()):
                continue
            if info.is_dir():
                destination.mkdir(parents=True, exist_ok=True)
            else:
                destination.parent.mkdir(parents=True, exist_ok=True)
                destination.write_bytes(bundle.read(info))
