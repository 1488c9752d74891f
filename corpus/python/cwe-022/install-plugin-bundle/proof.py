import io
import os
import tarfile

import rooted

# Python from 3.14 on refuses such members by itself.
tarfile.TarFile.extraction_filter = staticmethod(getattr(tarfile, "fully_trusted_filter", None))


def install(m, *members):
    rooted.at("/srv")
    os.makedirs("/srv/shop/plugins", exist_ok=True)
    rooted.write("/srv/shop/prices.js", "price")
    bundle = io.BytesIO()
    with tarfile.open(fileobj=bundle, mode="w:gz") as archive:
        for name, kind, target in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.mode = kind, target, 0o755
            member.size = 4 if kind == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(b"code"))
    bundle.seek(0)
    return m.app.test_client().post("/plugins", data={"bundle": (bundle, "plugin.tar.gz")})


def functional_installs_a_plugin_with_folders(m, t):
    answer = install(m, ("coupons", tarfile.DIRTYPE, ""), ("coupons/main.js", tarfile.REGTYPE, ""))
    assert answer.status_code == 201
    assert rooted.read("/srv/shop/plugins/coupons/main.js") == "code"


def exploit_member_that_leaves_the_folder(m, t):
    t.attempt(install, m, ("../settings.js", tarfile.REGTYPE, ""))
    if rooted.read("/srv/shop/settings.js") == "code":
        t.exploited("a file beside the folder of plugins was written")
    t.reached()


def exploit_file_through_a_hard_link(m, t):
    t.attempt(install, m, ("main.js", tarfile.LNKTYPE, "../prices.js"), ("main.js", tarfile.REGTYPE, ""))
    if rooted.read("/srv/shop/prices.js") == "code":
        t.exploited("a file beside the folder of plugins was overwritten")
    t.reached()


def exploit_file_through_a_symbolic_link(m, t):
    t.attempt(install, m, ("main.js", tarfile.SYMTYPE, "../prices.js"), ("main.js", tarfile.REGTYPE, ""))
    if rooted.read("/srv/shop/prices.js") == "code" or os.path.islink("/srv/shop/plugins/main.js"):
        t.exploited("a link that leads out of the folder was made")
    t.reached()
