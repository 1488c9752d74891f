    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        return ""
    try:
        address = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)[0][4]
        if not ipaddress.ip_address(address[0]).is_global:
            return ""
        # It is the checked address that is connected to, and redirects are not followed.
        connection = http.client.HTTPConnection(address[0], address[1], timeout=3)
        connection.request("GET", (parts.path or "/") + ("?" + parts.query if parts.query else ""), headers={"Host": parts.netloc})
        text = connection.getresponse().read(100_000).decode("utf-8", "replace")
    except (OSError, ValueError, http.client.HTTPException):
        return ""
    found = re.search(r"<title[^>]*>([^<]*)", text, re.IGNORECASE)
    return html.unescape(found.group(1)).strip() if found else ""
