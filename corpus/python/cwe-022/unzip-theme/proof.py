import os
import zipfile


def install(m, name):
    os.mkdir("theme")
    with zipfile.ZipFile("theme.zip", "w") as archive:
        archive.writestr(name, "p {}")
    m.install_theme("theme.zip", "theme")


def functional_installs_a_theme(m, t):
    install(m, "css/main.css")
    with open("theme/css/main.css") as f:
        assert f.read() == "p {}"


def exploit_member_that_leaves_the_folder(m, t):
    t.attempt(install, m, "../pwned.css")
    if os.path.exists("pwned.css"):
        t.exploited("a file beside the theme was written")
    t.reached()
