    def plain(cell):
        # A spreadsheet program takes what begins so for a formula.
        return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Name", "Town", "Remark"])
    for volunteer in volunteers:
        writer.writerow([plain(volunteer["name"]), plain(volunteer["town"]), plain(volunteer["remark"])])
    return out.getvalue()
