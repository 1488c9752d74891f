import io
import os


def upload(m, name):
    os.mkdir("gallery")
    m.app.config["GALLERY"] = os.path.join(os.getcwd(), "gallery")
    return m.app.test_client().post("/gallery", data={"photo": (io.BytesIO(b"photo"), name)})


def functional_stores_a_photo(m, t):
    assert upload(m, "sunset.png").status_code == 302
    assert os.listdir("gallery") == ["sunset.png"]


def exploit_name_with_dots(m, t):
    t.attempt(upload, m, "../logo.png")
    if os.path.exists("logo.png"):
        t.exploited("a photo was stored beside the gallery")
    t.reached()
