import os

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 32


def functional_png_and_jpeg(m, t):
    os.makedirs("public/pictures")
    for name, data, want in (("me.png", PNG, "17.png"), ("holiday.jpg", JPEG, "17.jpg")):
        path = m.store_picture(17, name, data)
        assert os.path.basename(path) == want
        with open(os.path.join("public/pictures", want), "rb") as f:
            assert f.read() == data


def attack(m, t, name, data):
    os.makedirs("public/pictures", exist_ok=True)
    t.attempt(m.store_picture, 17, name, data)
    harmful = (".php", ".phtml", ".html", ".htm", ".svg", ".js", ".py", ".cgi", ".jsp", ".asp", ".htaccess")
    for folder, _, files in os.walk("."):
        for file in files:
            if file.lower().endswith(harmful):
                t.exploited(f"the upload {name} lies at {os.path.join(folder, file)}")


def exploit_php(m, t):
    os.makedirs("public/pictures")
    t.attempt(m.store_picture, 16, "me.png", PNG)
    if any(files for _, _, files in os.walk("public")):
        t.reached()
    attack(m, t, "me.php", b"<?php system($_GET['c']); ?>")


def exploit_html_in_capitals(m, t):
    attack(m, t, "me.HTML", b"<script>alert(1)</script>")


def exploit_two_endings(m, t):
    attack(m, t, "me.png.php", PNG + b"<?php system($_GET['c']); ?>")
