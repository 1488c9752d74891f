    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Name", "Town", "Remark"])
    for volunteer in volunteers:
        writer.writerow([volunteer["name"], volunteer["town"], volunteer["remark"]])
    return out.getvalue()
