    from urllib.parse import quote

    head = (
        "HTTP/1.1 200 OK\r\n"
        "Content-Type: application/octet-stream\r\n"
        f"Content-Length: {len(content)}\r\n"
        f"Content-Disposition: attachment; filename*=UTF-8''{quote(file_name, safe='')}\r\n"
        "\r\n"
    )
    return head.encode("ascii") + content
