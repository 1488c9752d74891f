import io
import os
import tarfile

import rooted

# Python from 3.14 on refuses such members by itself.
tarfile.TarFile.extraction_filter = staticmethod(getattr(tarfile, "fully_trusted_filter", None))


def install(m, name):
    rooted.at("/srv")
    os.makedirs("/srv/shop/plugins", exist_ok=True)
    bundle = io.BytesIO()
    with tarfile.open(fileobj=bundle, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = 4
        archive.addfile(member, io.BytesIO(b"code"))
    bundle.seek(0)
    return m.app.test_client().post("/plugins", data={"bundle": (bundle, "plugin.tar.gz")})


def functional_installs_a_plugin(m, t):
    assert install(m, "coupons/main.js").status_code == 201
    assert rooted.read("/srv/shop/plugins/coupons/main.js") == "code"


def exploit_member_that_leaves_the_folder(m, t):
    t.attempt(install, m, "../settings.js")
    if rooted.read("/srv/shop/settings.js") == "code":
        t.exploited("a file beside the folder of plugins was written")
    t.reached()
