    try:
        with urllib.request.urlopen(url, timeout=3) as response:
            text = response.read(100_000).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
    found = re.search(r"<title[^>]*>([^<]*)", text, re.IGNORECASE)
    return html.unescape(found.group(1)).strip() if found else ""
