import os
import zipfile


def install(m, *names):
    os.mkdir("theme")
    with zipfile.ZipFile("theme.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "" if name.endswith("/") else "p {}")
    m.install_theme("theme.zip", "theme")


def functional_installs_a_theme_with_folders(m, t):
    install(m, "css/", "fonts/", "css/main.css", "img/dark/readme")
    for name in ("theme/css/main.css", "theme/img/dark/readme"):
        with open(name) as f:
            assert f.read() == "p {}"
    assert os.path.isdir("theme/fonts")


def exploit_member_that_leaves_the_folder(m, t):
    t.attempt(install, m, "../pwned.css")
    if os.path.exists("pwned.css"):
        t.exploited("a file beside the theme was written")
    t.reached()
